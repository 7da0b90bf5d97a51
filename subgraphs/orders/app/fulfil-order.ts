import type { StoreStep } from '../domain/work/store-step.ts';
import type { Order } from '../domain/order.ts';
import { pickupTermsOf } from '../domain/pickup/pickup-rules.ts';
import type { HandOver } from '../domain/parcels/shipment.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { readLines } from './read-lines.ts';

export interface FulfilOrder {
  readonly order: string;
  readonly location: string;
  readonly idempotencyKey: string;
  readonly step: StoreStep;
  readonly lines?: readonly { readonly line: string; readonly quantity: string }[];
  /** Of HAND_OVER: what shows that the customer has it. */
  readonly handOver?: HandOver;
  /** Of SHIP: with whom it goes. */
  readonly parcel?: { readonly carrier: string | null; readonly trackingNumber: string | null };
  /** Of DELIVER: this shipment alone. */
  readonly shipment?: string;
}

/**
 * Records a step of the work that a store does itself. Idempotent by key within the order.
 * @throws {Refusal} ILLEGAL_TRANSITION, UNKNOWN_ORDER, UNKNOWN_ORDER_LINE, INVALID_QUANTITY, IDEMPOTENCY_KEY_REUSED
 */
export function fulfilOrder(
  { store, clock, pickupRules }: Pick<OrdersServices, 'store' | 'clock' | 'pickupRules'>,
  { idempotencyKey, ...content }: FulfilOrder,
  cause: Cause,
): Promise<Order> {
  const { location, step, lines, order: _order, ...about } = content;
  const nowMs = clock.nowMs();
  return store.change(
    content.order,
    (order) => ({
      type: 'FulfilOrder',
      location,
      step,
      ...about,
      ...(step === 'READY' && { terms: pickupTermsOf(pickupRules, { channel: order.channel, location }) }),
      ...(lines && {
        lines: readLines(
          order,
          lines.map(({ line, quantity }) => ({ orderLine: line, quantity })),
        ),
      }),
      once: { key: `fulfil/${idempotencyKey}`, contentHash: contentHash(content) },
      told: { source: location, evidence: idempotencyKey, occurredAtMs: nowMs, recordedAtMs: nowMs },
    }),
    cause,
  );
}
