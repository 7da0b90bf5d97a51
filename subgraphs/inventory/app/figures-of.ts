import { BUCKETS, COLUMN } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { PositionFigures } from './position-effects.ts';

/** The figures of a position that its history follows. */
export function figuresOf({ positions }: Pick<LedgerState, 'positions'>, row: number): PositionFigures {
  return {
    onHand: BUCKETS.reduce((sum, bucket) => sum + positions.get(row, COLUMN[bucket]), 0),
    sellable: positions.get(row, COLUMN.SELLABLE),
    softReserved: positions.get(row, COLUMN.softReserved),
    allocated: positions.get(row, COLUMN.allocated),
  };
}
