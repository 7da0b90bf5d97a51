import { isRefusal } from '../../../kernel/model/errors.ts';
import { shortPickCommandId, type DeallocateStock } from '../../../schema/commands/inventory.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { readLine } from '../domain/read-line.ts';
import type { StockFact } from '../domain/stock-fact.ts';

/**
 * The command by which a short pick takes its allocations back, under the id that orders uses for the same. Undefined
 * when nothing of it is allocated, or when the fact was taken in before.
 */
export function shortPickDeallocation(state: LedgerState, fact: StockFact): DeallocateStock | undefined {
  if (fact.type !== 'short-pick-recorded') return undefined;
  const { order, location, lines } = fact.data;
  if (state.transfers.get(order)) return undefined;
  // What cannot be read waits with its fact.
  const fresh = lines.filter((line) => !state.facts.has(fact.source, line.lineId) && !isRefusal(readLine(state, line)));
  const channel = fresh
    .map((line) => channelOf(state, { order, location, ...line }))
    .find((found) => found !== undefined);
  if (channel === undefined) return undefined;
  return {
    commandId: shortPickCommandId(fact.source),
    order,
    channel,
    lines: fresh.map(({ orderLine, sku, quantity, unit }) => {
      return { orderLine, location, sku, quantity, ...(unit !== undefined && { unit }) };
    }),
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
    afterwards: 'RESERVE',
  };
}

function channelOf(
  state: LedgerState,
  work: { readonly order: string; readonly orderLine: string; readonly sku: string; readonly location: string },
): string | undefined {
  const sku = state.skuIds.find(work.sku);
  const location = state.locationIds.find(work.location);
  if (sku === undefined || location === undefined) return undefined;
  // What is allocated to a transfer has no channel and no demand that could be sourced elsewhere.
  const allocation = state.allocations.get({ order: work.order, orderLine: work.orderLine, sku, location });
  return allocation?.channel === '' ? undefined : allocation?.channel;
}

const PREFIX = shortPickCommandId({ system: '', eventId: '' }).replace(/\/+$/, '/');

/**
 * Whether a command id is that of a short pick. It is derived from the fact, so it stands for the content: inventory and
 * orders need not write the same quantity in the same way.
 */
export function isShortPickCommandId(commandId: string): boolean {
  return commandId.startsWith(PREFIX);
}
