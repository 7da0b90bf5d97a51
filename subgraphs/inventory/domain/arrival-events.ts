import type { DecisionMoment } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { RequestedTransferLine } from './transfer-event.ts';
import type { Transfer } from './transfer.ts';

export interface Arrival {
  readonly transfer: Transfer;
  readonly location: string;
  /** By the ids of the order's lines. */
  readonly lines: readonly RequestedTransferLine[];
}

/**
 * Goods that come for an order are bound to it in the batch in which they arrive, so that nobody is sold them in between:
 * a claim at the location, which becomes an allocation at once.
 */
export function arrivalEvents(
  { transfer: { id: transfer, order }, location, lines }: Arrival,
  moment: DecisionMoment,
): readonly LedgerEvent[] {
  if (!order) return [];
  const { nowMs: atMs } = moment;
  const claimed = lines.map(({ line: lineRef, sku, steps }) => ({ id: moment.nextId(), lineRef, sku, steps }));
  const claim = { kind: 'ORDER', channel: order.channel, location, owner: order.id, expiresAtMs: null } as const;
  const allocated = claimed.map(({ id: reservation, lineRef: orderLine, sku, steps }) => {
    return { order: order.id, orderLine, reservation, sku, location, steps };
  });
  return [
    { type: 'stock-reserved', atMs, ...claim, lines: claimed },
    { type: 'stock-allocated', atMs, lines: allocated },
    { type: 'transfer-bound', atMs, transfer, lines },
  ];
}
