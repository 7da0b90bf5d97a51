import { Refusal } from '../../../../kernel/model/errors.ts';
import type { Order } from '../../domain/order.ts';
import type { RejectionReason } from '../../domain/work/reject-work.ts';
import type { Cause } from '../cause.ts';
import { contentHash } from '../content-hash.ts';
import type { OrdersServices } from '../orders-services.ts';
import { readLines } from '../read-lines.ts';

/** What a person at the location may say; the others follow by themselves. */
export type StoreReason = Exclude<RejectionReason, 'IDLE_TIMEOUT' | 'CASCADE_SAME_SKU'>;

export interface RejectWork {
  readonly order: string;
  readonly location: string;
  readonly idempotencyKey: string;
  readonly reason: StoreReason;
  /** Absent: everything that the location has not begun. */
  readonly lines?: readonly { readonly line: string; readonly quantity: string }[];
}

/**
 * A store does not do work that it has with the hub itself. Idempotent by key within the order.
 * @throws {Refusal} ILLEGAL_TRANSITION when it was begun, or when a system runs the location, which tells by itself;
 * UNKNOWN_ORDER, UNKNOWN_ORDER_LINE, INVALID_QUANTITY, IDEMPOTENCY_KEY_REUSED
 */
export async function rejectWork(
  { store, clock, wms, rules }: Pick<OrdersServices, 'store' | 'clock' | 'wms' | 'rules'>,
  { idempotencyKey, ...content }: RejectWork,
  cause: Cause,
): Promise<Order> {
  const { location, reason, lines } = content;
  const system = wms.find((each) => each.locations.includes(location));
  if (system) {
    const message = `${location} is run by ${system.system}, which has to tell it.`;
    throw new Refusal('ILLEGAL_TRANSITION', message, { location, system: system.system });
  }
  const nowMs = clock.nowMs();
  return store.change(
    content.order,
    (order) => ({
      type: 'RejectWork',
      location,
      reason,
      ...(lines && {
        lines: readLines(
          order,
          lines.map(({ line, quantity }) => ({ orderLine: line, quantity })),
        ),
      }),
      cascades: rules.current().rulebook.rules.cascadesRejections,
      once: { key: `reject/${idempotencyKey}`, contentHash: contentHash(content) },
      told: { source: location, evidence: idempotencyKey, occurredAtMs: nowMs, recordedAtMs: nowMs },
    }),
    cause,
  );
}

/** @throws {Refusal} ILLEGAL_TRANSITION when no line waits for a location */
export function sourceAgain(
  { store, clock }: Pick<OrdersServices, 'store' | 'clock'>,
  { order, idempotencyKey, by }: { readonly order: string; readonly idempotencyKey: string; readonly by: string },
  cause: Cause,
): Promise<Order> {
  const nowMs = clock.nowMs();
  const once = { key: `source-again/${idempotencyKey}`, contentHash: '' };
  const told = { source: by, evidence: idempotencyKey, occurredAtMs: nowMs, recordedAtMs: nowMs };
  return store.change(order, { type: 'SourceAgain', once, told }, cause);
}
