import type { EventEnvelope } from '../model/event-envelope.ts';
import type { Ids } from '../ports/ids.ts';

/** An envelope that says no more than a test needs. */
export function testEnvelope(ids: Ids, key: string, data: unknown, type = 'thing-happened'): EventEnvelope {
  const id = ids.next();
  const at = '2026-01-05T09:00:00.000Z';
  return {
    id,
    type,
    version: 1,
    source: { system: 'test', eventId: id },
    key,
    occurredAt: at,
    recordedAt: at,
    correlationId: 'test',
    data,
  };
}
