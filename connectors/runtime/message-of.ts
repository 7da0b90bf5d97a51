import type { DataOf, EventDefinition } from '../../schema/events/event-definition.ts';
import type { InboundFact, InboundMessage } from './inbound.ts';

/** A fact whose data the compiler holds against its definition. */
export function factOf<Definition extends EventDefinition>(
  definition: Definition,
  occurredAtMs: number,
  data: DataOf<Definition>,
): InboundFact {
  return { definition, occurredAtMs, data };
}

/** A message of one such fact. */
export function messageOf<Definition extends EventDefinition>(
  definition: Definition,
  told: { readonly eventId: string; readonly occurredAtMs: number },
  data: DataOf<Definition>,
): InboundMessage {
  return { eventId: told.eventId, ...factOf(definition, told.occurredAtMs, data) };
}
