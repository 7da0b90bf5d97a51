import { grown } from '../domain/grow.ts';
import { NONE } from '../domain/bucket.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger, LedgerBatch } from './ledger.ts';
import { positionEffects } from './position-effects.ts';

/**
 * Where in the log each position changed last: a ring of 16 bytes for each change of a position in a batch, filled from
 * the newest part of the log at the start. It is a cache with a bound: what it has let go of only the log itself tells.
 */
export class PositionLog {
  readonly #ledger: Ledger;
  readonly #capacity: number;
  #written = 0;
  #seqs = new Float64Array(0);
  /** Ordinal of the former change of the same position, or NONE. */
  #former = new Float64Array(0);
  /** Per position: the ordinal of its newest change. */
  #newest = new Float64Array(0);
  /** Changes up to this ordinal may be incomplete. */
  #from = 0;

  private constructor(ledger: Ledger, capacity: number) {
    this.#ledger = ledger;
    this.#capacity = capacity;
  }

  /** Reads the newest part of the log. */
  static async open(
    ledger: Ledger,
    limits: Pick<InventoryLimits, 'positionLogEntriesMax' | 'positionLogBatchesMax'>,
  ): Promise<PositionLog> {
    const log = new PositionLog(ledger, limits.positionLogEntriesMax);
    const afterSeq = Math.max(0, ledger.seq - limits.positionLogBatchesMax);
    for await (const batch of ledger.history(afterSeq)) log.#note(batch);
    return log;
  }

  /** @returns stops it */
  start(): () => void {
    return this.#ledger.onCommitted((batch) => this.#note(batch));
  }

  /** The sequences at which a position changed, the newest first, none later than `seq`. */
  *changesUpTo(row: number, seq: number): Iterable<number> {
    const oldest = Math.max(this.#from, this.#written - this.#capacity);
    let ordinal = this.#newest[row] ?? NONE;
    while (ordinal >= oldest && ordinal !== NONE) {
      const slot = ordinal % this.#capacity;
      const changed = this.#seqs[slot] as number;
      if (changed <= seq) yield changed;
      ordinal = this.#former[slot] as number;
    }
  }

  #note({ seq, events }: LedgerBatch): void {
    const { state } = this.#ledger;
    for (const event of events) {
      const effects = positionEffects(state, event);
      // Which positions it concerned nobody knows any more, so nothing before it can be told without a hole.
      if (!effects) this.#from = this.#written;
      for (const { sku, location } of effects ?? []) {
        const row = state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(location) ?? NONE);
        if (row !== NONE) this.#add(row, seq);
      }
    }
  }

  #add(row: number, seq: number): void {
    const former = this.#newest[row] ?? NONE;
    const isHeld = former !== NONE && former >= this.#written - this.#capacity;
    if (isHeld && this.#seqs[former % this.#capacity] === seq) return;
    const ordinal = this.#written++;
    const slot = ordinal % this.#capacity;
    this.#seqs = grown(this.#seqs, slot + 1);
    this.#former = grown(this.#former, slot + 1, NONE);
    this.#newest = grown(this.#newest, row + 1, NONE);
    this.#seqs[slot] = seq;
    this.#former[slot] = former;
    this.#newest[row] = ordinal;
  }
}
