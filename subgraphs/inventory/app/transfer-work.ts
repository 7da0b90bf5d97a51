import { isRefusal } from '../../../kernel/model/errors.ts';
import { shortPickCommandId } from '../../../schema/commands/inventory.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { readLine } from '../domain/read-line.ts';
import type { StockFact } from '../domain/stock-fact.ts';
import type { GiveUpTransfer } from '../domain/transfer-request.ts';

/**
 * A system that was given a transfer as work tells of it as of any work, under the id of the transfer: what it sends then
 * goes to another location, and to no customer.
 */
export function asTransferFact({ transfers, locationIds }: LedgerState, fact: StockFact): StockFact {
  if (fact.type !== 'shipment-recorded') return fact;
  const { order, location, lines } = fact.data;
  const transfer = transfers.get(order);
  if (!transfer) return fact;
  const sent = lines.map(({ orderLine: transferLine, ...line }) => ({ ...line, transferLine }));
  const to = locationIds.textOf(transfer.to);
  return { ...fact, type: 'transfer-shipped', data: { transfer: transfer.id, location, to, lines: sent } };
}

/** What is missing at the source of a transfer does not come: whoever it was meant for has to hear of it. */
export function shortPickOfTransfer(state: LedgerState, fact: StockFact): GiveUpTransfer | undefined {
  if (fact.type !== 'short-pick-recorded' || !state.transfers.get(fact.data.order)) return undefined;
  const readable = fact.data.lines.filter((line) => {
    return !state.facts.has(fact.source, line.lineId) && !isRefusal(readLine(state, line));
  });
  if (readable.length === 0) return undefined;
  return {
    action: 'GIVE_UP',
    commandId: shortPickCommandId(fact.source),
    transfer: fact.data.order,
    lines: readable.map(({ orderLine, sku, quantity, unit }) => {
      return { orderLine, sku, quantity, ...(unit !== undefined && { unit }) };
    }),
  };
}
