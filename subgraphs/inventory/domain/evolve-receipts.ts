import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Remembers a receipt for what other systems tell of it. A counter-entry takes nothing back: the goods did come. */
export function evolveReceiptApplied(
  { receipts }: Pick<LedgerState, 'receipts'>,
  { kind, document: reference, lines, atMs }: LedgerEventOf<'stock-moved'>,
): void {
  if (kind !== 'RECEIPT' || reference === undefined) return;
  for (const { sku, steps, to, isCompensation } of lines) {
    if (!isCompensation && 'location' in to) receipts.apply({ location: to.location, reference, sku }, steps, atMs);
  }
}

/** What other systems tell of receipts, and that people were told where it differs. */
export function evolveReceiptTold(
  { receipts }: Pick<LedgerState, 'receipts'>,
  event: LedgerEventOf<'foreign-write-kept' | 'receipt-unmatched'>,
): void {
  if (event.type === 'receipt-unmatched') return receipts.markRaised(event, event.system);
  const { fact, location, reference, lines, source, atMs } = event;
  if (fact !== 'goods-received' || reference === undefined) return;
  for (const { sku, steps } of lines) receipts.tell({ location, reference, sku }, source, { steps, atMs });
}
