import { Refusal } from '../../../../kernel/model/errors.ts';
import {
  heldBalances,
  readBalances,
  type BalanceSourceTold,
  type HeldBalancesReply,
  type ToldBalances,
} from '../../../../schema/commands/balances.ts';
import { askOwner } from '../ask-owner.ts';
import {
  isDifferent,
  outcomeOf,
  sumOfQuantities,
  type PairOutcome,
  type Tolerance,
} from '../../domain/compare-balances.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';

export interface Comparing {
  readonly source: BalanceSourceTold;
  readonly tolerance: Tolerance;
  readonly correlationId: string;
  /** Ends it in the middle. */
  readonly signal: AbortSignal;
}

type ToldBalance = ToldBalances['balances'][number];

/** A position whose two books differ. */
export interface Suspect {
  readonly sku: string;
  readonly told: string;
  readonly recorded: string;
  readonly unitCost?: NonNullable<ToldBalance['unitCost']>;
}

export interface Look {
  readonly asOfMs: number;
  readonly matched: number;
  readonly tolerated: number;
  /** SKUs of which the ledger does not remember what has moved since. */
  readonly notComparable: readonly string[];
  readonly suspects: readonly Suspect[];
}

const SKUS_PER_QUESTION = 500;
const PAGES_MAX = 100_000;

/**
 * Holds all that a system tells of a location against all that the ledger held there at that instant, either side's gaps
 * included. The system's side is kept in memory meanwhile, the ledger's is not.
 * @throws {DomainError} when either cannot be asked, or tells more than it may
 */
export async function lookAtLocation(
  parts: ReconciliationParts,
  comparing: Comparing,
  location: string,
): Promise<Look> {
  const { told, asOf } = await readAll(parts, comparing, location);
  const tally = new Tally(comparing.tolerance);
  let after: number | undefined;
  for (let page = 1; page <= PAGES_MAX; page++) {
    comparing.signal.throwIfAborted();
    const held = await askHeld(parts, comparing, { location, asOf, ...(after !== undefined && { after }) });
    for (const { sku, quantity } of held.balances) {
      const balance = told.get(sku);
      told.delete(sku);
      tally.add(sku, balance, quantity);
    }
    after = held.next;
    if (after === undefined) break;
  }
  for (const [sku, balance] of told) tally.add(sku, balance, '0');
  return tally.look(Date.parse(asOf));
}

/**
 * The same for some SKUs, each part of them at an instant of its own.
 * @throws {DomainError} when either side cannot be asked
 */
export async function lookAtSkus(
  parts: ReconciliationParts,
  comparing: Comparing,
  { location, skus }: { readonly location: string; readonly skus: readonly string[] },
): Promise<Look> {
  const tally = new Tally(comparing.tolerance);
  let asOfMs = 0;
  for (let from = 0; from < skus.length; from += SKUS_PER_QUESTION) {
    comparing.signal.throwIfAborted();
    const some = skus.slice(from, from + SKUS_PER_QUESTION);
    const { asOf, balances } = await askTold(parts, comparing, { location, skus: some });
    const held = await askHeld(parts, comparing, { location, asOf, skus: some });
    const told = new Map<string, ToldBalance>();
    addUp(told, balances);
    const recorded = new Map(held.balances.map(({ sku, quantity }) => [sku, quantity]));
    for (const sku of some) {
      const quantity = recorded.get(sku);
      tally.add(sku, told.get(sku), quantity === undefined ? '0' : quantity);
    }
    asOfMs = Date.parse(asOf);
  }
  return tally.look(asOfMs);
}

/** Bins, or several places of the system that are one location of the hub. */
function addUp(told: Map<string, ToldBalance>, balances: readonly ToldBalance[]): void {
  for (const balance of balances) {
    const known = told.get(balance.sku);
    const { sku } = balance;
    told.set(sku, known ? { ...balance, quantity: sumOfQuantities(known.quantity, balance.quantity) } : balance);
  }
}

/** What came of the positions so far. */
class Tally {
  readonly #tolerance: Tolerance;
  readonly #suspects: Suspect[] = [];
  readonly #notComparable: string[] = [];
  #matched = 0;
  #tolerated = 0;

  constructor(tolerance: Tolerance) {
    this.#tolerance = tolerance;
  }

  add(sku: string, balance: ToldBalance | undefined, recorded: string | null): void {
    const told = balance?.quantity ?? '0';
    if (recorded === null) {
      this.#notComparable.push(sku);
      return;
    }
    // What neither side has is no position.
    if (told === '0' && recorded === '0') return;
    // What it is worth is asked of what is left after the last look.
    const outcome: PairOutcome = outcomeOf({ told, recorded }, { ...this.#tolerance, valueMinor: 0 });
    if (isDifferent(outcome)) {
      this.#suspects.push({ sku, told, recorded, ...(balance?.unitCost && { unitCost: balance.unitCost }) });
    } else if (outcome === 'MATCHED') this.#matched++;
    else this.#tolerated++;
  }

  look(asOfMs: number): Look {
    return {
      asOfMs,
      matched: this.#matched,
      tolerated: this.#tolerated,
      notComparable: this.#notComparable,
      suspects: this.#suspects,
    };
  }
}

async function readAll(parts: ReconciliationParts, comparing: Comparing, location: string) {
  const { rowsPerLocationMax } = parts.limits;
  const told = new Map<string, ToldBalance>();
  let asOf: string | undefined;
  let after: string | undefined;
  for (let page = 1; page <= PAGES_MAX; page++) {
    comparing.signal.throwIfAborted();
    const answer = await askTold(parts, comparing, { location, ...(after !== undefined && { after }) });
    // The earliest: what moved during the pages is seen to by the looks that follow.
    asOf ??= answer.asOf;
    addUp(told, answer.balances);
    if (told.size > rowsPerLocationMax) {
      const words = `${comparing.source.system} tells of more than ${rowsPerLocationMax} positions at ${location}.`;
      throw new Refusal('LIMIT_EXCEEDED', words, { limit: 'rowsPerLocationMax', rowsPerLocationMax });
    }
    after = answer.next;
    if (after === undefined) break;
  }
  return { told, asOf: asOf as string };
}

function askTold(
  { platform, limits }: ReconciliationParts,
  { source, correlationId }: Comparing,
  asked: { readonly location: string; readonly after?: string; readonly skus?: readonly string[] },
): Promise<ToldBalances> {
  const { skus, ...page } = asked;
  const request = { system: source.system, ...page, ...(skus && { skus: [...skus] }) };
  return askOwner(platform.rpc, readBalances, { request, correlationId, timeoutMs: limits.pageTimeoutMs });
}

function askHeld(
  { platform, limits }: ReconciliationParts,
  { source, correlationId }: Comparing,
  asked: {
    readonly location: string;
    readonly asOf: string;
    readonly after?: number;
    readonly skus?: readonly string[];
  },
): Promise<HeldBalancesReply> {
  const { skus, ...page } = asked;
  const request = { figure: source.figure, ...page, ...(skus && { skus: [...skus] }) };
  return askOwner(platform.rpc, heldBalances, { request, correlationId, timeoutMs: limits.pageTimeoutMs });
}
