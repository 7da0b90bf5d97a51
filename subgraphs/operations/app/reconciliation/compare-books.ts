import { DomainError, Refusal } from '../../../../kernel/model/errors.ts';
import { balanceSources, catchUp, type BalanceSourceTold } from '../../../../schema/commands/balances.ts';
import type { ReconciliationRun } from '../../domain/reconciliation-run.ts';
import { askOwner } from '../ask-owner.ts';
import { lookAtLocation, lookAtSkus, type Comparing, type Look, type Suspect } from './look-at-balances.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';

/** What all looks at a location came to: the differences that stood in each of them. */
export interface LocationFindings {
  readonly location: string;
  /** Absent: it could not be compared. */
  readonly look?: Look;
  /** Why it could not be compared. */
  readonly failure?: string;
}

export interface Findings {
  readonly source: BalanceSourceTold;
  readonly locations: readonly LocationFindings[];
  /** There were more differences than are looked at again. */
  readonly isCutOff: boolean;
}

/**
 * The two books of all locations of a run. What differs is looked at again after a while, because a fact may be on its way
 * from the system while the ledger is asked: only what differs in every look is a difference.
 * @throws {Refusal} BAD_USER_INPUT when nobody can ask the system
 * @throws {Obstacle} when nobody answers at all
 */
export async function compareBooks(
  parts: ReconciliationParts,
  run: ReconciliationRun,
  signal: AbortSignal,
): Promise<Findings> {
  const source = await sourceOf(parts, run.system, run.id);
  const comparing: Comparing = { source, tolerance: run.tolerance, correlationId: run.id, signal };
  const found = new Map<string, LocationFindings>();
  let left = parts.limits.differencesMax;
  let isCutOff = false;
  for (const location of run.locations.length > 0 ? run.locations : source.locations) {
    const findings = await attempt(location, () => lookAtLocation(parts, comparing, location));
    const differing = findings.look?.suspects.length ?? 0;
    isCutOff ||= differing > left;
    left = Math.max(0, left - differing);
    found.set(location, findings);
  }
  for (let look = 1; look <= parts.limits.looksAgainMax && hasSuspects(found); look++) {
    await settle(parts, comparing);
    await lookAgain(parts, comparing, found);
  }
  return { source, locations: [...found.values()], isCutOff };
}

/** @throws {Refusal} BAD_USER_INPUT */
export async function sourceOf(
  { platform, limits }: ReconciliationParts,
  system: string,
  correlationId: string,
): Promise<BalanceSourceTold> {
  const asked = { request: {}, correlationId, timeoutMs: limits.pageTimeoutMs };
  const { sources } = await askOwner(platform.rpc, balanceSources, asked);
  const source = sources.find((each) => each.system === system);
  if (source) return source;
  throw new Refusal('BAD_USER_INPUT', `${system} cannot be asked how much lies where.`, { field: 'system', system });
}

async function lookAgain(
  parts: ReconciliationParts,
  comparing: Comparing,
  found: Map<string, LocationFindings>,
): Promise<void> {
  let left = parts.limits.differencesMax;
  for (const [location, { look }] of found) {
    if (!look || look.suspects.length === 0) continue;
    const again = look.suspects.slice(0, left);
    const beyond = look.suspects.slice(left);
    left -= again.length;
    const skus = again.map(({ sku }) => sku);
    const findings = await attempt(location, () => lookAtSkus(parts, comparing, { location, skus }));
    found.set(location, findings.look ? { location, look: together(look, findings.look, beyond) } : findings);
  }
}

/** Of what was looked at again, what came of it now. */
function together(first: Look, again: Look, beyond: readonly Suspect[]): Look {
  // What is zero on both sides by now was a position and agrees.
  const apart = again.suspects.length + again.tolerated + again.notComparable.length;
  const settled = first.suspects.length - beyond.length - apart;
  return {
    asOfMs: first.asOfMs,
    matched: first.matched + settled,
    tolerated: first.tolerated + again.tolerated,
    notComparable: [...first.notComparable, ...again.notComparable],
    suspects: [...again.suspects, ...beyond],
  };
}

async function attempt(location: string, look: () => Promise<Look>): Promise<LocationFindings> {
  try {
    return { location, look: await look() };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { location, failure: error.message };
  }
}

/** Facts that are under way get the time to arrive. */
async function settle(
  { platform, limits }: ReconciliationParts,
  { source, correlationId, signal }: Comparing,
): Promise<void> {
  const asked = { request: { system: source.system }, correlationId, timeoutMs: limits.pageTimeoutMs };
  await askOwner(platform.rpc, catchUp, asked);
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = platform.clock.after(limits.settleMs, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

function hasSuspects(found: ReadonlyMap<string, LocationFindings>): boolean {
  return [...found.values()].some(({ look }) => (look?.suspects.length ?? 0) > 0);
}
