import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { announcedReturnReceived, returnAnnounced, returnRecorded } from '../../../schema/events/inbox.ts';
import { announceReturnFact } from './announce-return-fact.ts';
import { receiveAnnouncedReturn } from './receive-announced-return.ts';
import { recordReturnFact } from './record-return-fact.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** The facts that returns cares about. */
export const FACT_TYPES: readonly string[] = [returnRecorded.type, returnAnnounced.type, announcedReturnReceived.type];

/** Applies a fact once. */
export async function handleFact(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  if (envelope.type === returnRecorded.type) await recordReturnFact(parts, envelope);
  if (envelope.type === returnAnnounced.type) await announceReturnFact(parts, envelope);
  if (envelope.type === announcedReturnReceived.type) await receiveAnnouncedReturn(parts, envelope);
}
