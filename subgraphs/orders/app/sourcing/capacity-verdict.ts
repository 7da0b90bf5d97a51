import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../../kernel/model/read-told.ts';
import type { OutboxEvent } from '../../../../kernel/ports/documents.ts';
import { nodeCapacityChanged, orderExceptionCleared, orderExceptionRaised } from '../../../../schema/events/orders.ts';
import { publicationOf } from '../../../../schema/events/publication.ts';
import type { Excess } from './sweep-plan.ts';

/**
 * What people are told once all orders of a location were looked at: how much of what it cannot do stays there, because it
 * was begun, or that nothing does any more.
 */
export function capacityVerdict(
  envelope: EventEnvelope,
  { orders, units }: Excess,
  { id, recordedAtMs }: { readonly id: string; readonly recordedAtMs: number },
): readonly OutboxEvent[] {
  if (envelope.type !== nodeCapacityChanged.type) return [];
  const { location, day } = readEvent(nodeCapacityChanged, envelope);
  const exceptionId = `capacity-lost-${location}-${day}`;
  const { correlationId, id: causationId } = envelope;
  const source = { system: 'orders', eventId: id };
  const about = { id, key: exceptionId, source, occurredAtMs: recordedAtMs, recordedAtMs, correlationId, causationId };
  if (orders <= 0 && units <= 0) {
    const because = 'Nothing is left there beyond what the location can do.';
    return [publicationOf(orderExceptionCleared, { ...about, data: { exceptionId, because } })];
  }
  const [more, pieces] = [Math.max(0, orders), Math.max(0, units)];
  const summary = `${location} has begun more on ${day} than it can do: ${more} orders, ${pieces} units.`;
  const kind = { class: 'CAPACITY_LOST', severity: 'HIGH' } as const;
  const data = { exceptionId, ...kind, location, evidence: envelope.id, summary };
  return [publicationOf(orderExceptionRaised, { ...about, data })];
}
