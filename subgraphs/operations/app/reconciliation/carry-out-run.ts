import type { ReconciledLocation, ReconciliationRun } from '../../domain/reconciliation-run.ts';
import { NO_COUNTS, NO_VARIANCE } from '../../domain/reconciliation-run.ts';
import { sumOfCounts, sumOfVariances, varianceOf } from '../../domain/sum-variance.ts';
import { compareBooks, type LocationFindings } from './compare-books.ts';
import { clearEqual, differenceId, raiseDifferences } from './raise-differences.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';
import { valueDifferences } from './value-differences.ts';

interface Settled {
  readonly document: ReconciledLocation;
  readonly raised: number;
  readonly cleared: number;
}

/**
 * Compares, raises and closes exceptions, and writes down what was found. Doing it again comes to the same exceptions.
 * Nothing here writes stock.
 * @returns the run as it ended
 * @throws {DomainError} when it could not be begun
 */
export async function carryOutRun(
  parts: ReconciliationParts,
  begun: ReconciliationRun,
  signal: AbortSignal,
): Promise<ReconciliationRun> {
  const { source, locations, isCutOff } = await compareBooks(parts, begun, signal);
  const run = { ...begun, figure: source.figure };
  const settled: Settled[] = [];
  let left = parts.limits.differencesMax;
  for (const findings of locations) {
    signal.throwIfAborted();
    const one = await settleLocation(parts, run, { findings, left });
    left -= one.raised;
    settled.push(one);
    await save(parts, one.document);
  }
  const failed = settled.filter(({ document }) => document.failure !== null);
  const sum = (of: 'raised' | 'cleared'): number => settled.reduce((total, each) => total + each[of], 0);
  return {
    ...run,
    status: failed.length > 0 ? 'FAILED' : 'DONE',
    finishedAtMs: parts.platform.clock.nowMs(),
    locationsCompared: settled.length - failed.length,
    locationsFailed: failed.length,
    counts: sumOfCounts(settled.map(({ document }) => document.counts)),
    variance: sumOfVariances(settled.map(({ document }) => document.variance)),
    raised: sum('raised'),
    cleared: sum('cleared'),
    isCutOff,
    failure: failed[0]?.document.failure ?? null,
  };
}

/** @param left differences that may still be raised */
async function settleLocation(
  parts: ReconciliationParts,
  run: ReconciliationRun,
  { findings, left }: { readonly findings: LocationFindings; readonly left: number },
): Promise<Settled> {
  const { location, look, failure = null } = findings;
  const empty = { id: `${run.id}|${location}`, run: run.id, location };
  if (!look) {
    const nothing = { counts: NO_COUNTS, variance: NO_VARIANCE, items: [], asOfMs: null };
    return { document: { ...empty, ...nothing, failure }, raised: 0, cleared: 0 };
  }
  const { items, counts } = await valueDifferences(parts.operations, look.suspects, run.tolerance);
  const raised = items.slice(0, left);
  await raiseDifferences(parts, { run, location, items: raised });
  const cleared = await clearEqual(parts, { run, location, items }, look.notComparable);
  const kept = items.slice(0, parts.limits.itemsKeptMax).map((item, index) => ({
    ...item,
    exception: index < raised.length ? differenceId(run.system, location, item.sku) : null,
  }));
  const { matched, notComparable, tolerated } = look;
  return {
    document: {
      ...empty,
      asOfMs: look.asOfMs,
      counts: { ...counts, matched, notComparable: notComparable.length, tolerated: tolerated + counts.tolerated },
      variance: varianceOf(items),
      items: kept,
      failure: null,
    },
    raised: raised.length,
    cleared,
  };
}

/** A run that is begun again finds what it has written before. */
async function save({ store }: ReconciliationParts, document: ReconciledLocation): Promise<void> {
  const known = await store.locations.get(document.id);
  await store.locations.save(document, known?.version ?? 0);
}
