import type { RegisterRefund, RegisterRefundReply } from '../../../schema/commands/orders.ts';
import { refundProgressOf } from '../domain/money/order-refund.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'changeLog'>;

/** @throws {Refusal} REFUND_EXCEEDS_CAPTURED, CURRENCY_MISMATCH, TOTALS_MISMATCH, UNKNOWN_ORDER, IDEMPOTENCY_KEY_REUSED */
export async function registerRefund(
  { store, clock, changeLog }: Services,
  { commandId, ...content }: RegisterRefund,
  cause: Cause,
): Promise<RegisterRefundReply> {
  const nowMs = clock.nowMs();
  const order = await store.change(
    content.order,
    {
      type: 'RegisterRefund',
      refund: commandId,
      return: content.return,
      amountMinor: content.amount.amountMinor,
      currency: content.amount.currencyCode,
      ...(content.tenders && { tenders: content.tenders }),
      once: { key: `command/${commandId}`, contentHash: contentHash(content) },
      told: { source: 'returns', evidence: content.return, occurredAtMs: nowMs, recordedAtMs: nowMs },
    },
    cause,
  );
  const known = order.refunds?.find(({ id }) => id === commandId);
  return {
    changeCursor: await changeLog.headCursor(),
    ...(known && { refund: refundProgressOf(order, known) }),
  };
}
