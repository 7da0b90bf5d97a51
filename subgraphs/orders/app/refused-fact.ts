import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import { orderExceptionRaised } from '../../../schema/events/orders.ts';
import { publicationOf } from '../../../schema/events/publication.ts';

/** What keeps facts waiting for a person; anything else comes by itself. */
const FOR_A_PERSON: Readonly<Record<string, string>> = {
  refused: 'It does not fit the order',
  conflict: 'An order of this number was told with other content',
  order: 'The hub knows no such order',
};

export interface RefusedFact {
  readonly envelope: EventEnvelope;
  /** Such as `refused:LIMIT_EXCEEDED`. */
  readonly waitsFor: string;
  readonly ids: Ids;
  readonly nowMs: number;
}

/**
 * Tells people of a fact that cannot be taken in without them; nothing where it waits for something that comes by itself.
 * What a system tells wrongly in one way is one exception, however much of it there is, and names the newest.
 */
export function refusedFactPublications({ envelope, waitsFor, ids, nowMs }: RefusedFact): readonly OutboxEvent[] {
  const [kind = '', name = ''] = waitsFor.split(':', 2);
  const why = FOR_A_PERSON[kind];
  if (why === undefined) return [];
  const { system, eventId } = envelope.source;
  const exceptionId = `fact-${system}-${kind === 'order' ? kind : `${kind}-${name}`}`;
  const id = ids.next();
  const order = nameIn(envelope.data, 'order');
  const channel = nameIn(envelope.data, 'channel');
  const about = {
    id,
    key: exceptionId,
    source: { system: 'orders', eventId: id },
    occurredAtMs: Date.parse(envelope.occurredAt),
    recordedAtMs: nowMs,
    correlationId: envelope.correlationId,
    causationId: envelope.id,
  };
  const data = {
    exceptionId,
    class: 'FACT_REFUSED',
    severity: 'MEDIUM',
    ...(order !== undefined && { order }),
    ...(channel !== undefined && { channel }),
    source: system,
    evidence: eventId,
    summary: `${envelope.type} of ${system} cannot be taken in and is kept. ${why} (${waitsFor}).`,
  } as const;
  return [publicationOf(orderExceptionRaised, { ...about, data })];
}

/** Without reading the rest, which may be what cannot be read. */
function nameIn(data: unknown, field: string): string | undefined {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, field)) return undefined;
  const value: unknown = Reflect.get(data, field);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
