import { STEPS_MAX, type Steps } from '../../../kernel/model/quantity.ts';
import { freeOf } from './availability.ts';
import { COLUMN, COLUMNS, NONE, type Bucket, type Claim } from './bucket.ts';
import type { LedgerState } from './ledger-state.ts';

interface Figure {
  readonly sku: number;
  readonly location: number;
  readonly of: Bucket | Claim;
}

/** A position with what was decided of it so far. */
interface DraftRow {
  readonly sku: number;
  readonly location: number;
  /** Its row in the state, or NONE. */
  readonly row: number;
  /** By column. */
  readonly changes: number[];
}

/** Positions as they would be after what a command has decided so far, while the state itself stays untouched. */
export class PositionDraft {
  readonly #state: LedgerState;
  /** The one that was asked for last: most commands ask for one position several times, and for no other. */
  #last: DraftRow | undefined;
  #others: Map<number, DraftRow> | undefined;

  constructor(state: LedgerState) {
    this.#state = state;
  }

  get({ sku, location, of }: Figure): Steps {
    const { row, changes } = this.#rowOf(sku, location);
    const change = changes[COLUMN[of]] as number;
    return row === NONE ? change : this.#state.positions.get(row, COLUMN[of]) + change;
  }

  add({ sku, location, of }: Figure, steps: Steps): void {
    const { changes } = this.#rowOf(sku, location);
    changes[COLUMN[of]] = (changes[COLUMN[of]] as number) + steps;
  }

  /** Whether the figure would still be one that a bucket can hold. */
  fits(figure: Figure, steps: Steps): boolean {
    return Math.abs(this.get(figure) + steps) <= STEPS_MAX;
  }

  free(sku: number, location: number): Steps {
    const { row, changes } = this.#rowOf(sku, location);
    const change =
      (changes[COLUMN.SELLABLE] as number) -
      (changes[COLUMN.allocated] as number) -
      (changes[COLUMN.softReserved] as number);
    return row === NONE ? change : freeOf(this.#state, row) + change;
  }

  #rowOf(sku: number, location: number): DraftRow {
    const last = this.#last;
    if (last && last.sku === sku && last.location === location) return last;
    if (last) (this.#others ??= new Map<number, DraftRow>()).set(keyOf(last.sku, last.location), last);
    this.#last = this.#others?.get(keyOf(sku, location)) ?? {
      sku,
      location,
      row: this.#state.positions.find(sku, location),
      changes: NO_CHANGES.slice(),
    };
    return this.#last;
  }
}

const NO_CHANGES = Array.from({ length: COLUMNS }, () => 0);

/** Locations and SKUs that have no index count as well. */
const LOCATIONS_MAX = 2 ** 21;
const keyOf = (sku: number, location: number): number => (sku + 1) * LOCATIONS_MAX + location + 1;
