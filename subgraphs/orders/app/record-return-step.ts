import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { returnStepTaken } from '../../../schema/events/returns.ts';
import type { OrdersServices } from './orders-services.ts';

/**
 * Puts a step of a return on the timeline of its order, in the name of the system that told it.
 * @throws {Refusal} UNKNOWN_ORDER; BAD_USER_INPUT when it cannot be read
 */
export async function recordReturnStep(
  { store }: Pick<OrdersServices, 'store'>,
  envelope: EventEnvelope,
): Promise<void> {
  const { order, step, summary, source, evidence, lines } = readEvent(returnStepTaken, envelope);
  await store.change(
    order,
    {
      type: 'RecordReturnStep',
      step,
      summary,
      orderLines: lines.map((line) => line.orderLine),
      once: { key: `returns/${envelope.id}`, contentHash: '' },
      told: {
        source,
        evidence,
        occurredAtMs: Date.parse(envelope.occurredAt),
        recordedAtMs: Date.parse(envelope.recordedAt),
      },
    },
    { correlationId: envelope.correlationId, causationId: envelope.id },
  );
}
