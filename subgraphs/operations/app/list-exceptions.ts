import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { FieldFilter } from '../../../kernel/ports/documents.ts';
import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';
import type { ExceptionState, ExceptionStatus } from '../domain/exception-state.ts';
import type { OperationsParts } from './operations-parts.ts';

const STATUSES_MAX = 4;
const CLASSES_MAX = 20;
const EXCEPTIONS_PER_READ_MAX = 200;

export interface ExceptionsQuery {
  readonly limit: number;
  readonly after?: { readonly openedAtMs: number; readonly id: string } | undefined;
  readonly statuses?: readonly ExceptionStatus[] | undefined;
  readonly classes?: readonly ExceptionClass[] | undefined;
  readonly severity?: ExceptionSeverity | undefined;
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
  readonly channel?: string | undefined;
  readonly source?: string | undefined;
}

/**
 * Exceptions, the newest first.
 * @throws {Refusal} LIMIT_EXCEEDED
 */
export async function listExceptions(
  { store }: OperationsParts,
  { limit, after, statuses, classes, ...exact }: ExceptionsQuery,
): Promise<readonly ExceptionState[]> {
  const where: Record<string, FieldFilter> = {
    ...(statuses && { status: { in: atMost(statuses, 'statuses', STATUSES_MAX) } }),
    ...(classes && { class: { in: atMost(classes, 'classes', CLASSES_MAX) } }),
  };
  for (const [field, value] of Object.entries(exact)) if (value !== undefined) where[field] = { eq: value };
  const rows = await store.exceptions.find({
    where,
    orderBy: { path: 'openedAtMs', direction: 'desc' },
    limit,
    ...(after && { after: { id: after.id, value: after.openedAtMs } }),
  });
  return rows.map((row) => row.document);
}

export type ExceptionLoader = Loader<string, ExceptionState>;

/** Exceptions by id for one client operation. */
export function createExceptionLoader({ store, platform }: OperationsParts): ExceptionLoader {
  return createLoader<string, ExceptionState>({
    name: 'exceptions',
    batchKeysMax: EXCEPTIONS_PER_READ_MAX,
    load: async (ids) => {
      const rows = await store.exceptions.getMany(ids);
      return new Map(rows.map(({ document }) => [document.id, document]));
    },
    telemetry: platform.telemetry,
  });
}

function atMost<Value>(values: readonly Value[], field: string, max: number): readonly Value[] {
  if (values.length <= max) return values;
  throw new Refusal('LIMIT_EXCEEDED', `${field} must be at most ${max}.`, { field, max });
}
