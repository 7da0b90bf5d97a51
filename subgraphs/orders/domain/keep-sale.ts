import { newOrder, type NewOrder } from './capture-order.ts';
import type { Order } from './order.ts';
import type { Payment } from './money/order-payment.ts';
import type { Shipment } from './parcels/shipment.ts';
import { withStatus } from './order-status.ts';
import { paymentIdOf, withPaymentEvent } from './money/payment.ts';
import { totalsOf } from './money/totals.ts';
import { note, noteInferred } from './timeline.ts';
import { pathForward } from './line-state.ts';

export interface CompletedSale extends NewOrder {
  readonly origin: 'STORE_SALE' | 'WEB_SALE';
  /** Where the goods left. */
  readonly location: string;
}

/**
 * A sale that was completed outside, kept as an order so that a return finds it. The goods are with the customer; of a
 * sale at a distance it was told that they left, and that they arrived is inferred like the steps before.
 */
export function keepSale(sale: CompletedSale): Order {
  const { origin, location, told } = sale;
  const order = newOrder(sale, origin, (ordered) => [{ state: 'DELIVERED', location, quantity: ordered }]);
  const isStoreSale = origin === 'STORE_SALE';
  const noted = note(
    { ...order, payments: sale.tenders.map((tender, index) => capturedInFull(sale, tender, index + 1)) },
    {
      type: isStoreSale ? 'STORE_SALE_RECORDED' : 'WEB_SALE_RECORDED',
      summary: isStoreSale ? `The customer bought and took the goods at ${location}.` : `The goods left ${location}.`,
      told,
      visibility: 'CUSTOMER',
    },
  );
  const steps = pathForward('CAPTURED', 'DELIVERED') ?? [];
  const inferred = steps.filter((state) => state !== (isStoreSale ? 'DELIVERED' : 'SHIPPED'));
  const cells = inferred.map((state) => ({ state, location, quantity: 1 }));
  const shipments = order.lines.length > 0 ? [handOver(sale, order)] : [];
  return withStatus({ ...noteMispaid(noteInferred(noted, cells, { told }), sale), shipments });
}

/** Where it was told how it was paid. */
function noteMispaid(order: Order, { tenders, told }: CompletedSale): Order {
  const tendersMinor = tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const { grandMinor } = totalsOf(order);
  if (tenders.length === 0 || tendersMinor === grandMinor) return order;
  const summary = `Lines and charges come to ${grandMinor}, the tenders to ${tendersMinor} (minor units).`;
  return note(order, { type: 'PAYMENT_MISMATCH', summary, told, visibility: 'AGENT' });
}

function capturedInFull(
  { id, told }: CompletedSale,
  { tender, amountMinor }: CompletedSale['tenders'][number],
  ordinal: number,
): Payment {
  const payment: Payment = { id: paymentIdOf(id, ordinal), tender, events: [] };
  return withPaymentEvent(withPaymentEvent(payment, 'AUTHORIZED', amountMinor, told), 'CAPTURED', amountMinor, told);
}

function handOver({ location, told, origin }: CompletedSale, order: Order): Shipment {
  return {
    id: `${order.id}.s1`,
    externalId: order.externalId,
    source: told.source,
    location,
    carrier: null,
    trackingNumber: null,
    shippedAtMs: told.occurredAtMs,
    // Nobody told when a sale at a distance arrived.
    deliveredAtMs: origin === 'STORE_SALE' ? told.occurredAtMs : null,
    lines: order.lines.map((line) => ({ line: line.id, quantity: line.ordered })),
  };
}
