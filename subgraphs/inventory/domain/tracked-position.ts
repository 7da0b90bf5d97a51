import { BUCKETS } from './bucket.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';

/** Movements of lots that a position remembers for the sake of counts. A constant of the ledger. */
const REMEMBERED_LOT_MOVES_MAX = 16;

interface LotMove {
  readonly lot: string;
  readonly steps: Steps;
  readonly occurredAtMs: number;
}

export interface TrackedPositionData {
  readonly unidentified: readonly Steps[];
  readonly lots: readonly (readonly [string, readonly Steps[]])[];
  readonly moves: readonly LotMove[];
  readonly forgottenMs: number;
  readonly countedAtMs: number;
}

/** Of which lots or serials a position consists, bucket by bucket. Buckets go by their index. */
export class TrackedPosition {
  /** Steps by bucket of which the lot or the serials are not known; negative when more is known than is there. */
  readonly unidentified: Steps[];
  /** Balances by bucket, signed as those of the position; a lot without any is not listed. */
  readonly lots: Map<string, Steps[]>;
  /** The bucket of each serial that lies here. */
  readonly serials = new Map<string, number>();
  /** The lots or serials of SELLABLE were counted as of this instant; before all time: never. */
  countedAtMs: number;
  readonly #moves: LotMove[];
  #forgottenMs: number;

  constructor(data: Partial<TrackedPositionData> = {}) {
    const { moves = [], forgottenMs = NEVER_MS, countedAtMs = NEVER_MS } = data;
    this.unidentified = [...(data.unidentified ?? NOTHING)];
    this.lots = new Map((data.lots ?? []).map(([lot, balances]) => [lot, [...balances]]));
    this.#moves = [...moves];
    this.#forgottenMs = forgottenMs;
    this.countedAtMs = countedAtMs;
  }

  addUnidentified(bucket: number, steps: Steps): void {
    this.unidentified[bucket] = (this.unidentified[bucket] as Steps) + steps;
  }

  balanceOf(lot: string, bucket: number): Steps {
    return this.lots.get(lot)?.[bucket] ?? 0;
  }

  /** @returns whether the bucket has a balance of the lot now, and had one before */
  addLot(lot: string, bucket: number, steps: Steps): { readonly isHeld: boolean; readonly wasHeld: boolean } {
    const balances = this.lots.get(lot) ?? [...NOTHING];
    const before = balances[bucket] as Steps;
    balances[bucket] = before + steps;
    if (balances.every((balance) => balance === 0)) this.lots.delete(lot);
    else this.lots.set(lot, balances);
    return { isHeld: before + steps !== 0, wasHeld: before !== 0 };
  }

  /** For counts that come later and speak of an instant before. */
  remember(move: LotMove): void {
    this.#moves.push(move);
    if (this.#moves.length <= REMEMBERED_LOT_MOVES_MAX) return;
    const [oldest] = this.#moves.splice(0, 1);
    this.#forgottenMs = Math.max(this.#forgottenMs, oldest?.occurredAtMs ?? NEVER_MS);
  }

  /** What SELLABLE gained of each lot after an instant; undefined when that is not remembered. */
  movedAfter(asOfMs: number): ReadonlyMap<string, Steps> | undefined {
    if (asOfMs < this.#forgottenMs) return undefined;
    const sums = new Map<string, Steps>();
    for (const { lot, steps, occurredAtMs } of this.#moves) {
      if (occurredAtMs > asOfMs) sums.set(lot, (sums.get(lot) ?? 0) + steps);
    }
    return sums;
  }

  /** How many steps are not accounted for: without a lot or serial, or with one that cannot be there. */
  get gap(): Steps {
    let gap = 0;
    for (const steps of this.unidentified) gap += Math.abs(steps);
    for (const balances of this.lots.values()) for (const steps of balances) gap += Math.max(0, -steps);
    return gap;
  }

  toData(): TrackedPositionData {
    return {
      unidentified: this.unidentified,
      lots: [...this.lots],
      moves: this.#moves,
      forgottenMs: this.#forgottenMs,
      countedAtMs: this.countedAtMs,
    };
  }
}

const NOTHING: readonly Steps[] = BUCKETS.map(() => 0);
/** Before all time, and a number that JSON can hold. */
const NEVER_MS = Number.MIN_SAFE_INTEGER;
