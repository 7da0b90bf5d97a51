import { canonicalJson } from '../../../../kernel/model/canonical-json.ts';
import { Refusal } from '../../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../../kernel/ports/document-errors.ts';
import { FIND_LIMIT_MAX } from '../../../../kernel/ports/documents.ts';
import type { Tolerance } from '../../domain/compare-balances.ts';
import {
  NO_COUNTS,
  NO_VARIANCE,
  type ReconciledLocation,
  type ReconciliationRun,
} from '../../domain/reconciliation-run.ts';
import { balanceSources, type BalanceSourceTold } from '../../../../schema/commands/balances.ts';
import { askOwner } from '../ask-owner.ts';
import type { MappingCaller } from '../change-mapping.ts';
import { sourceOf } from './compare-books.ts';
import { LOCATIONS_ASKED_MAX } from './reconciliation-limits.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';

export interface AskedReconciliation {
  readonly system: string;
  /** Empty: all that the system tells of. */
  readonly locations: readonly string[];
  readonly tolerance: Tolerance;
  readonly because: string;
  /** The same key is the same run, however often it is asked for. */
  readonly key: string;
}

const REASON_LENGTH_MAX = 1_000;
const KEY_LENGTH_MAX = 100;
const PERCENT_MAX = 100;

/**
 * Has a system compared as soon as the runs before it are over.
 * @throws {Refusal} BAD_USER_INPUT, LIMIT_EXCEEDED, IDEMPOTENCY_KEY_REUSED
 * @throws {Obstacle} when nobody answers for the systems
 */
export async function startReconciliation(
  parts: ReconciliationParts,
  { identity, correlationId }: MappingCaller,
  input: AskedReconciliation,
): Promise<ReconciliationRun> {
  assertSound(input);
  const { system, locations, tolerance, because, key } = input;
  const source = await sourceOf(parts, system, correlationId);
  const unknown = locations.find((location) => !source.locations.includes(location));
  if (unknown !== undefined) {
    throw new Refusal('BAD_USER_INPUT', `${system} does not tell how much lies at ${unknown}.`, { field: 'locations' });
  }
  const atMs = parts.platform.clock.nowMs();
  const wanted = newRun({
    id: `asked/${key}`,
    system,
    locations,
    tolerance,
    asked: { atMs, by: identity.subject, because },
    requestedAtMs: atMs,
  });
  const run = await addRun(parts, wanted);
  if (contentOf(run) === contentOf(wanted)) return run;
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'The key stands for another run.', { idempotencyKey: key });
}

/** Writes a run down unless it is; which of both it is that stands there now. */
export async function addRun({ store }: ReconciliationParts, run: ReconciliationRun): Promise<ReconciliationRun> {
  try {
    await store.runs.save(run, 0);
    return run;
  } catch (error) {
    const known = error instanceof DocumentConflict ? await store.runs.get(run.id) : undefined;
    if (!known) throw error;
    return known.document;
  }
}

export function newRun(
  wanted: Pick<ReconciliationRun, 'id' | 'system' | 'locations' | 'tolerance' | 'asked' | 'requestedAtMs'>,
): ReconciliationRun {
  return {
    ...wanted,
    status: 'WAITING',
    startedAtMs: null,
    finishedAtMs: null,
    attempts: 0,
    figure: null,
    locationsCompared: 0,
    locationsFailed: 0,
    counts: NO_COUNTS,
    variance: NO_VARIANCE,
    raised: 0,
    cleared: 0,
    isCutOff: false,
    failure: null,
  };
}

export interface RunsQuery {
  readonly system?: string | undefined;
  readonly after?: { readonly requestedAtMs: number; readonly id: string } | undefined;
  readonly limit: number;
}

/** Runs, the newest first. */
export async function listRuns(
  { store }: ReconciliationParts,
  { system, after, limit }: RunsQuery,
): Promise<readonly ReconciliationRun[]> {
  const rows = await store.runs.find({
    ...(system !== undefined && { where: { system: { eq: system } } }),
    orderBy: { path: 'requestedAtMs', direction: 'desc' },
    limit,
    ...(after && { after: { id: after.id, value: after.requestedAtMs } }),
  });
  return rows.map(({ document }) => document);
}

export async function findRun({ store }: ReconciliationParts, id: string): Promise<ReconciliationRun | undefined> {
  return (await store.runs.get(id))?.document;
}

/** What a run found, by location; at most FIND_LIMIT_MAX. */
export async function locationsOfRun(
  { store }: ReconciliationParts,
  run: string,
): Promise<readonly ReconciledLocation[]> {
  const where = { run: { eq: run } };
  const rows = await store.locations.find({ where, limit: FIND_LIMIT_MAX });
  return rows.map(({ document }) => document);
}

/** @throws {Obstacle} CONTEXT_UNAVAILABLE */
export async function listSources(
  { platform, limits }: ReconciliationParts,
  correlationId: string,
): Promise<readonly BalanceSourceTold[]> {
  const asked = { request: {}, correlationId, timeoutMs: limits.pageTimeoutMs };
  return (await askOwner(platform.rpc, balanceSources, asked)).sources;
}

function contentOf({ system, locations, tolerance }: ReconciliationRun): string {
  return canonicalJson({ system, locations, tolerance });
}

function assertSound({ locations, tolerance, because, key }: AskedReconciliation): void {
  assertLength('reason', because, REASON_LENGTH_MAX);
  assertLength('idempotencyKey', key, KEY_LENGTH_MAX);
  if (locations.length > LOCATIONS_ASKED_MAX) {
    const max = LOCATIONS_ASKED_MAX;
    throw new Refusal('LIMIT_EXCEEDED', `locations must be at most ${max}.`, { field: 'locations', max });
  }
  const { quantity, percent, valueMinor } = tolerance;
  const isSound = /^\d{1,15}(\.\d{1,4})?$/.test(quantity) && percent >= 0 && percent <= PERCENT_MAX && valueMinor >= 0;
  if (!isSound) {
    const words = 'A tolerance must be zero or more, its percentage at most 100, its quantity a decimal.';
    throw new Refusal('BAD_USER_INPUT', words, { field: 'tolerance' });
  }
}

function assertLength(field: string, text: string, max: number): void {
  if (text.trim().length >= 1 && text.length <= max) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must be 1 to ${max} characters.`, { field, max });
}
