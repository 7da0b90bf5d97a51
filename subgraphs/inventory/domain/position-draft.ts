import { STEPS_MAX, type Steps } from '../../../kernel/model/quantity.ts';
import { COLUMN, NONE, type Bucket, type Claim } from './bucket.ts';
import type { LedgerState } from './ledger-state.ts';

interface Figure {
  readonly sku: number;
  readonly location: number;
  readonly of: Bucket | Claim;
}

/** Positions as they would be after what a command has decided so far, while the state itself stays untouched. */
export class PositionDraft {
  readonly #state: LedgerState;
  readonly #changes = new Map<string, number>();

  constructor(state: LedgerState) {
    this.#state = state;
  }

  get({ sku, location, of }: Figure): Steps {
    const row = this.#state.positions.find(sku, location);
    const now = row === NONE ? 0 : this.#state.positions.get(row, COLUMN[of]);
    return now + (this.#changes.get(keyOf(sku, location, of)) ?? 0);
  }

  add({ sku, location, of }: Figure, steps: Steps): void {
    const key = keyOf(sku, location, of);
    this.#changes.set(key, (this.#changes.get(key) ?? 0) + steps);
  }

  /** Whether the figure would still be one that a bucket can hold. */
  fits(figure: Figure, steps: Steps): boolean {
    return Math.abs(this.get(figure) + steps) <= STEPS_MAX;
  }

  free(sku: number, location: number): Steps {
    const at = { sku, location };
    return (
      this.get({ ...at, of: 'SELLABLE' }) -
      this.get({ ...at, of: 'allocated' }) -
      this.get({ ...at, of: 'softReserved' })
    );
  }
}

const keyOf = (sku: number, location: number, of: string): string => `${sku}|${location}|${of}`;
