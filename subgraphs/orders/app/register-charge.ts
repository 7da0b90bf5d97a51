import type { RegisterCharge, RegisterChargeReply } from '../../../schema/commands/orders.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'changeLog'>;

/** @throws {Refusal} CURRENCY_MISMATCH, BAD_USER_INPUT, LIMIT_EXCEEDED, UNKNOWN_ORDER, IDEMPOTENCY_KEY_REUSED */
export async function registerCharge(
  { store, clock, changeLog }: Services,
  { commandId, ...content }: RegisterCharge,
  cause: Cause,
): Promise<RegisterChargeReply> {
  const nowMs = clock.nowMs();
  await store.change(
    content.order,
    {
      type: 'RegisterCharge',
      return: content.return,
      amountMinor: content.amount.amountMinor,
      currency: content.amount.currencyCode,
      tender: content.tender,
      once: { key: `command/${commandId}`, contentHash: contentHash(content) },
      told: { source: 'returns', evidence: content.return, occurredAtMs: nowMs, recordedAtMs: nowMs },
    },
    cause,
  );
  return { changeCursor: await changeLog.headCursor() };
}
