import { isRefusal, Refusal, toRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import { describeMapping } from '../../../schema/commands/inbox.ts';
import { mappingActivated, mappingWithdrawn } from '../../../schema/events/operations.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { meaningOf } from '../../../schema/mapping-domains.ts';
import {
  activateMapping as activate,
  draftMapping as draft,
  emptyMappingSet,
  holdingVersion,
  mappingSetId,
  withdrawMapping as withdraw,
  type Deed,
  type MappingSet,
  type MappingVersion,
} from '../domain/mapping-set.ts';
import { askOwner } from './ask-owner.ts';
import { mappingRowsId } from './mapping-store.ts';
import type { OperationsParts } from './operations-parts.ts';

type Rows = Readonly<Record<string, string>>;

export interface MappingCaller {
  readonly identity: Identity;
  readonly correlationId: string;
}

export interface NamedMapping {
  readonly system: string;
  readonly domain: string;
}

export interface MappingOutcome {
  readonly set: MappingSet;
  readonly version: MappingVersion;
}

export interface DraftInput extends NamedMapping {
  /** Rows that are added or changed. */
  readonly put: readonly { readonly external: string; readonly canonical: string }[];
  /** Values that lose their meaning. */
  readonly remove: readonly string[];
  /** True: only what is put. Otherwise the draft begins with the rows that hold now. */
  readonly isWhole: boolean;
  readonly because: string;
}

const NAME = /^[a-z0-9][a-zA-Z0-9.-]{0,63}$/;
const ROWS_MAX = 10_000;
/** One event carries all rows, and an event has to fit into one message. */
const ROWS_BYTES_MAX = 524_288;
const REASON_LENGTH_MAX = 1_000;
const VALUE_LENGTH_MAX = 200;

/** @throws {Refusal} BAD_USER_INPUT naming the row that may not mean that, LIMIT_EXCEEDED */
export async function draftMapping(
  parts: OperationsParts,
  caller: MappingCaller,
  input: DraftInput,
): Promise<MappingOutcome> {
  const { store, platform } = parts;
  const id = mappingSetId(assertName(input.system, 'system'), assertName(input.domain, 'domain'));
  const drafted = deedOf(parts, caller, input.because);
  return changeSet(parts, input, async (set) => {
    const base = input.isWhole ? { rows: {}, basedOn: null } : await currentRows(parts, caller, set);
    const rows = changedRows(base.rows, input);
    assertRows(input.domain, rows);
    const nowMs = platform.clock.nowMs();
    const changed = draft(set, { rowCount: Object.keys(rows).length, basedOn: base.basedOn, drafted }, nowMs);
    // Rows first: a draft without its rows must not be seen. Rows of a lost attempt are written over.
    const rowsId = mappingRowsId(id, changed.versionCount);
    const known = await store.mappings.rows.get(rowsId);
    await store.mappings.rows.save({ id: rowsId, rows }, known?.version ?? 0);
    await dropRows(parts, set, changed);
    return { changed, version: changed.versionCount, told: () => [] };
  });
}

/** @throws {Refusal} BAD_USER_INPUT, ILLEGAL_TRANSITION */
export async function activateMapping(
  parts: OperationsParts,
  caller: MappingCaller,
  input: NamedMapping & { readonly version: number; readonly effectiveFromMs?: number; readonly because: string },
): Promise<MappingOutcome> {
  const decided = deedOf(parts, caller, input.because);
  const effectiveFromMs = input.effectiveFromMs ?? decided.atMs;
  return changeSet(parts, input, async (set) => {
    const changed = activate(set, { version: input.version, effectiveFromMs, decided });
    const rows = await rowsOf(parts, set.id, input.version);
    const told = () => [activatedEvent(parts, caller, { set, version: input.version, effectiveFromMs, decided, rows })];
    return { changed, version: input.version, told };
  });
}

/** @throws {Refusal} BAD_USER_INPUT, ILLEGAL_TRANSITION */
export async function withdrawMapping(
  parts: OperationsParts,
  caller: MappingCaller,
  input: NamedMapping & { readonly version: number; readonly because: string },
): Promise<MappingOutcome> {
  const decided = deedOf(parts, caller, input.because);
  return changeSet(parts, input, async (set) => {
    const told = () => [withdrawnEvent(parts, caller, { set, version: input.version, decided })];
    return { changed: withdraw(set, { version: input.version, decided }), version: input.version, told };
  });
}

/**
 * Lets the rows of an earlier version hold again, from now on, as a version of their own.
 * @throws {Refusal} BAD_USER_INPUT
 */
export async function rollBackMapping(
  parts: OperationsParts,
  caller: MappingCaller,
  input: NamedMapping & { readonly toVersion: number; readonly because: string },
): Promise<MappingOutcome> {
  const { system, domain, because } = input;
  const rows = await rowsOf(parts, mappingSetId(system, domain), input.toVersion);
  const put = Object.entries(rows).map(([external, canonical]) => ({ external, canonical }));
  const { version } = await draftMapping(parts, caller, { system, domain, put, remove: [], isWhole: true, because });
  return activateMapping(parts, caller, { system, domain, version: version.version, because });
}

/** @throws {Refusal} BAD_USER_INPUT when there is no such version */
export async function rowsOf({ store }: OperationsParts, set: string, version: number): Promise<Rows> {
  const found = await store.mappings.rows.get(mappingRowsId(set, version));
  if (found) return found.document.rows;
  throw new Refusal('BAD_USER_INPUT', `There is no version ${version} of this mapping set.`, { set, version });
}

interface Change {
  readonly changed: MappingSet | RefusalValue;
  readonly version: number;
  readonly told: () => readonly OutboxEvent[];
}

async function changeSet(
  { store, limits }: OperationsParts,
  { system, domain }: NamedMapping,
  decide: (set: MappingSet) => Promise<Change>,
): Promise<MappingOutcome> {
  const id = mappingSetId(system, domain);
  for (let attempt = 1; ; attempt++) {
    const known = await store.mappings.sets.get(id);
    const before = known?.document ?? emptyMappingSet(system, domain);
    const { changed, version, told } = await decide(before);
    if (isRefusal(changed)) throw toRefusal(changed);
    const found = changed.versions.find((each) => each.version === version) as MappingVersion;
    if (changed === before) return { set: changed, version: found };
    try {
      await store.mappings.sets.save(changed, known?.version ?? 0, told());
      return { set: changed, version: found };
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= limits.saveAttemptsMax) throw error;
    }
  }
}

/** What holds now: the rows of the set, or, before there is one, those that the adapter was given. */
async function currentRows(
  parts: OperationsParts,
  { correlationId }: MappingCaller,
  set: MappingSet,
): Promise<{ readonly rows: Rows; readonly basedOn: number | null }> {
  const holding = holdingVersion(set, parts.platform.clock.nowMs());
  if (holding) return { rows: await rowsOf(parts, set.id, holding.version), basedOn: holding.version };
  const { sets } = await askOwner(parts.platform.rpc, describeMapping, {
    request: { system: set.system },
    correlationId,
    timeoutMs: parts.limits.askTimeoutMs,
  });
  return { rows: sets.find(({ domain }) => domain === set.domain)?.rows ?? {}, basedOn: null };
}

/** Rows of versions that are no longer in the history. */
async function dropRows({ store }: OperationsParts, before: MappingSet, after: MappingSet): Promise<void> {
  const kept = new Set(after.versions.map(({ version }) => version));
  for (const { version } of before.versions) {
    if (kept.has(version)) continue;
    const known = await store.mappings.rows.get(mappingRowsId(before.id, version));
    if (known) await store.mappings.rows.delete(known.document.id, known.version);
  }
}

function changedRows(base: Rows, { put, remove }: DraftInput): Rows {
  const rows = new Map(Object.entries(base));
  for (const external of remove) rows.delete(external);
  for (const { external, canonical } of put) rows.set(external, canonical);
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function assertRows(domain: string, rows: Rows): void {
  const schema = meaningOf(domain);
  for (const [external, canonical] of Object.entries(rows)) {
    if (external.length < 1 || external.length > VALUE_LENGTH_MAX) {
      throw new Refusal('BAD_USER_INPUT', `A value has 1 to ${VALUE_LENGTH_MAX} characters.`, { external });
    }
    parseAs(schema, canonical, `what "${external}" means`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(rows));
  if (Object.keys(rows).length <= ROWS_MAX && bytes <= ROWS_BYTES_MAX) return;
  throw new Refusal('LIMIT_EXCEEDED', `A mapping set has at most ${ROWS_MAX} rows and ${ROWS_BYTES_MAX} bytes.`, {
    rowsMax: ROWS_MAX,
    bytesMax: ROWS_BYTES_MAX,
  });
}

function assertName(name: string, field: string): string {
  if (NAME.test(name)) return name;
  throw new Refusal('BAD_USER_INPUT', `"${name}" cannot be the name of a ${field}.`, { field });
}

function deedOf({ platform }: OperationsParts, { identity }: MappingCaller, because: string): Deed {
  if (because.trim() === '' || because.length > REASON_LENGTH_MAX) {
    throw new Refusal('BAD_USER_INPUT', `reason must be 1 to ${REASON_LENGTH_MAX} characters.`, { field: 'reason' });
  }
  return { atMs: platform.clock.nowMs(), by: identity.subject, because };
}

interface Activated {
  readonly set: MappingSet;
  readonly version: number;
  readonly effectiveFromMs: number;
  readonly decided: Deed;
  readonly rows: Rows;
}

function activatedEvent(
  parts: OperationsParts,
  caller: MappingCaller,
  { set, version, effectiveFromMs, decided, rows }: Activated,
): OutboxEvent {
  const { id: key, system, domain } = set;
  return publicationOf(mappingActivated, {
    ...headOf(parts, caller, { key, atMs: decided.atMs }),
    data: {
      system,
      domain,
      mappingVersion: version,
      effectiveFrom: new Date(effectiveFromMs).toISOString(),
      decidedAt: new Date(decided.atMs).toISOString(),
      rows: { ...rows },
    },
  });
}

function withdrawnEvent(
  parts: OperationsParts,
  caller: MappingCaller,
  { set, version, decided }: Pick<Activated, 'set' | 'version' | 'decided'>,
): OutboxEvent {
  const { id: key, system, domain } = set;
  const data = { system, domain, mappingVersion: version };
  return publicationOf(mappingWithdrawn, { ...headOf(parts, caller, { key, atMs: decided.atMs }), data });
}

function headOf(
  { platform }: OperationsParts,
  { correlationId }: MappingCaller,
  { key, atMs }: { readonly key: string; readonly atMs: number },
) {
  const id = platform.ids.next();
  return {
    id,
    key,
    source: { system: 'operations', eventId: id },
    occurredAtMs: atMs,
    recordedAtMs: atMs,
    correlationId,
  };
}
