import { evolveMovement } from './evolve-movements.ts';
import { evolveReceiptApplied } from './evolve-receipts.ts';
import { evolveSupplyReceived } from './evolve-supply.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Goods have moved: what lies where, what was received under which document, and what is still expected. */
export function evolveStockMoved(state: LedgerState, event: LedgerEventOf<'stock-moved'>, seq: number): void {
  evolveMovement(state, event, seq);
  evolveReceiptApplied(state, event);
  evolveSupplyReceived(state, event, seq);
}
