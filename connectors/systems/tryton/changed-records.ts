import { Type } from '@sinclair/typebox';
import type { RecordId, TrytonApi } from './tryton-api.ts';
import { wireInstant } from './wire-values.ts';

/**
 * Dates of records are the start of the transaction that wrote them, and become visible at its end. A round therefore
 * begins this long before the last one ended; what takes longer is found by the full comparison.
 */
export const LONGEST_TRANSACTION_MS = 300_000;

/** Where to look for changes: a model, and the related records whose change counts as one of its own. */
export interface ChangedModel {
  readonly model: string;
  /** Such as `template`. */
  readonly related?: readonly string[];
  /** Only records that fit. */
  readonly domain?: readonly unknown[];
}

export interface ChangedRecords {
  /** In the order of their change, without repeats. */
  readonly ids: readonly RecordId[];
  /** Everything up to this instant is among them; `afterMs` itself when nothing changed. */
  readonly lastMs: number;
  readonly hasMore: boolean;
}

const PER_QUESTION_MAX = 500;
const FIELDS = ['create_date', 'write_date'] as const;
const Id = Type.Object({ id: Type.Integer() });

interface Seen {
  readonly id: RecordId;
  readonly atMs: number;
}

/**
 * The records that were made or changed at an instant or after it. A record that was never changed has no date of change,
 * and a deleted one leaves no trace.
 */
export async function changedRecords(api: TrytonApi, changed: ChangedModel, afterMs: number): Promise<ChangedRecords> {
  const paths = FIELDS.flatMap((field) => [field, ...(changed.related ?? []).map((each) => `${each}.${field}`)]);
  const answers = await Promise.all(paths.map((path) => seenBy(api, { ...changed, path }, afterMs)));
  // Where a question was cut off, what follows its last row is not known yet, and later rows of the others have to wait.
  const cutOffMs = answers
    .filter(({ length }) => length === PER_QUESTION_MAX)
    .map((seen) => seen.at(-1)?.atMs ?? afterMs);
  const boundMs = Math.min(Number.MAX_SAFE_INTEGER, ...cutOffMs);
  const seen = answers.flat().filter(({ atMs }) => atMs <= boundMs);
  seen.sort((a, b) => a.atMs - b.atMs);
  return {
    ids: [...new Set(seen.map(({ id }) => id))],
    lastMs: Math.max(afterMs, seen.at(-1)?.atMs ?? afterMs),
    hasMore: cutOffMs.length > 0,
  };
}

async function seenBy(
  api: TrytonApi,
  { model, domain = [], path }: ChangedModel & { readonly path: string },
  afterMs: number,
): Promise<readonly Seen[]> {
  const rows = await api.search(
    model,
    {
      domain: [domain, [path, '>=', wireInstant(afterMs)]],
      fields: [path],
      order: [
        [path, 'ASC'],
        ['id', 'ASC'],
      ],
      limit: PER_QUESTION_MAX,
      context: { active_test: false },
    },
    Id,
  );
  return rows.map((row) => ({ id: row.id, atMs: Date.parse(valueAt(row, path)) }));
}

/** `template.write_date` of a row that holds the related record under `template.`. */
function valueAt(row: object, path: string): string {
  const [first = '', second] = path.split('.');
  const holder = (second === undefined ? row : (row as Record<string, unknown>)[`${first}.`]) as Record<
    string,
    unknown
  >;
  return String(holder[second ?? first]);
}
