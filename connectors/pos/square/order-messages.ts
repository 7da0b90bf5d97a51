import { parseAs } from '../../../kernel/model/json-schema.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { Inbound, Origin } from '../../runtime/inbound.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { tillMessage } from '../till-receipt.ts';
import type { ReceiptIndex } from './receipt-index.ts';
import { isWhole, receiptNumberOf, receiptOfOrder, type OrderSurroundings } from './receipt-of-order.ts';
import type { SquareApi } from './square-api.ts';
import { SquareOrder, type RawOrder } from './square-objects.ts';

export interface OrderReader {
  readonly api: SquareApi;
  readonly receipts: ReceiptIndex;
  readonly mapping: PosMapping;
}

/**
 * Orders as messages, one per order and under the order's own id: an order is told many times and its goods move once.
 * What is still open, or waits for its refund, gives no message yet. Batches of look-ups are shared by all orders.
 */
export async function orderMessages(orders: Iterable<RawOrder>, reader: OrderReader): Promise<readonly Inbound[]> {
  const messages: Inbound[] = [];
  const settled: SquareOrder[] = [];
  for (const raw of orders) {
    try {
      const order = parseAs(SquareOrder, raw, 'order');
      if (isSettled(order, reader.mapping)) settled.push(order);
    } catch (error) {
      messages.push(unreadable(raw, error));
    }
  }
  const around = await surroundings(settled, reader);
  await reader.receipts.add(new Map(settled.map((order) => [receiptNumberOf(order), order.id])));
  for (const order of settled) {
    try {
      messages.push({ ...tillMessage(eventIdOf(order), receiptOfOrder(order, around)), origin: originOf(order) });
    } catch (error) {
      messages.push(unreadable(order, error));
    }
  }
  return messages;
}

function unreadable(order: RawOrder, error: unknown): Inbound {
  return unreadableMessage(error, { eventId: eventIdOf(order), raw: order, origin: originOf(order) });
}

function originOf(order: RawOrder): Origin {
  return { kind: 'order', body: order };
}

function eventIdOf({ id }: { readonly id: string }): string {
  return `order:${id}`;
}

function isSettled(order: SquareOrder, { states }: PosMapping): boolean {
  if (mapped(states, order.state, 'order state') !== 'FINAL') return false;
  return isWhole(order);
}

async function surroundings(orders: readonly SquareOrder[], { api, mapping }: OrderReader): Promise<OrderSurroundings> {
  const returns = orders.flatMap((order) => order.returns ?? []);
  const found = await api.orders(returns.flatMap(({ source_order_id: id }) => id ?? []));
  const originals = new Map([...found].map(([id, order]) => [id, parseAs(SquareOrder, order, 'order')]));
  const lines = [
    ...orders.flatMap((order) => order.line_items ?? []),
    ...returns.flatMap(({ return_line_items: items = [] }) => items),
  ];
  const skus = await api.skus(
    lines.flatMap(({ catalog_object_id: id, catalog_version: version = 0 }) =>
      id === undefined ? [] : [{ id, version: Number(version) }],
    ),
  );
  const blindRefunds = orders.flatMap(({ returns: own = [], refunds: [refund] = [] }) =>
    refund && own.some(({ source_order_id: id }) => id === undefined || !originals.has(id)) ? [refund.id] : [],
  );
  const refundKinds = new Map<string, string>();
  for (const id of blindRefunds) refundKinds.set(id, await api.refundDestination(id));
  return { mapping, skus, originals, refundKinds };
}
