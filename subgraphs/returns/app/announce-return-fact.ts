import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { returnAnnounced } from '../../../schema/events/inbox.ts';
import { factKey } from '../domain/return-state.ts';
import { announceReturn } from './announce-return.ts';
import { assertLocation } from './known-codes.ts';
import { readToldLines } from './read-told-lines.ts';
import type { ReturnsParts } from './returns-parts.ts';

/**
 * A channel has agreed with its customer that goods come back.
 * @throws {Refusal} UNKNOWN_ORDER, UNKNOWN_SKU, UNKNOWN_LOCATION, all of which may be heard of later
 */
export async function announceReturnFact(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  const { externalId, original, location = null, lines } = readEvent(returnAnnounced, envelope);
  if (location !== null) await assertLocation(parts, location);
  const told = await readToldLines(parts, lines);
  await announceReturn(parts, {
    id: envelope.id,
    fact: factKey(envelope.source),
    number: externalId,
    start: 'MARKETPLACE',
    sale: original,
    location,
    lines: told.map(({ sku, steps, decimals, reason }) => ({ sku, steps, decimals, reason })),
    correlationId: envelope.correlationId,
  });
}
