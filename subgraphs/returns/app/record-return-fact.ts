import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { DocumentConflict, UniqueViolation } from '../../../kernel/ports/document-errors.ts';
import { returnRecorded } from '../../../schema/events/inbox.ts';
import { recordReturn } from '../domain/record-return.ts';
import { assertLocation } from './known-codes.ts';
import { readToldLines } from './read-told-lines.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { runTasks } from './run-tasks.ts';
import { saveReturn } from './save-return.ts';

/**
 * Opens a return for goods that came back unannounced. The envelope's id is the id of the return and its source is
 * unique over all returns, so a repeat in either form opens nothing.
 * @throws {Refusal} UNKNOWN_SKU, UNKNOWN_LOCATION
 */
export async function recordReturnFact(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  const { platform } = parts;
  const fact = readEvent(returnRecorded, envelope);
  await assertLocation(parts, fact.location);
  const lines = await readToldLines(parts, fact.lines);
  const change = recordReturn({
    id: envelope.id,
    number: fact.externalId,
    origin: {
      ...envelope.source,
      occurredAtMs: Date.parse(envelope.occurredAt),
      channel: fact.channel,
      ...(fact.original && { original: fact.original }),
    },
    location: fact.location,
    currency: fact.currency,
    customer: fact.customer ?? null,
    lines: lines.map(({ sku, steps, decimals, unitPriceMinor, reason }) => {
      return { id: platform.ids.next(), sku, steps, decimals, unitPriceMinor, reason };
    }),
    refunds: fact.refunds,
    refundId: platform.ids.next(),
    nowMs: platform.clock.nowMs(),
    correlationId: envelope.correlationId,
  });
  try {
    await saveReturn(parts, change, undefined);
  } catch (error) {
    if (error instanceof DocumentConflict || error instanceof UniqueViolation) return;
    throw error;
  }
  await runTasks(parts, envelope.id);
}
