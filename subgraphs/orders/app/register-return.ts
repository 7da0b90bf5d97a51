import type { RegisterReturn, RegisterReturnReply } from '../../../schema/commands/orders.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { readLines } from './read-lines.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'changeLog'>;

/** @throws {Refusal} RETURN_EXCEEDS_SOLD, UNKNOWN_ORDER, UNKNOWN_ORDER_LINE, INVALID_QUANTITY, IDEMPOTENCY_KEY_REUSED */
export async function registerReturn(
  { store, clock, changeLog }: Services,
  { commandId, ...content }: RegisterReturn,
  cause: Cause,
): Promise<RegisterReturnReply> {
  const recordedAtMs = clock.nowMs();
  await store.change(
    content.order,
    (order) => ({
      type: 'RegisterReturn',
      return: content.return,
      lines: readLines(order, content.lines),
      once: { key: `command/${commandId}`, contentHash: contentHash(content) },
      told: {
        source: 'returns',
        evidence: content.return,
        occurredAtMs: Date.parse(content.occurredAt),
        recordedAtMs,
      },
    }),
    cause,
  );
  return { changeCursor: await changeLog.headCursor() };
}
