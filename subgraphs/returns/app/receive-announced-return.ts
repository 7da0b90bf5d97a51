import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { announcedReturnReceived } from '../../../schema/events/inbox.ts';
import { receiveAnnouncedReturn as receive } from '../domain/receive-announced-return.ts';
import { assertLocation } from './known-codes.ts';
import { readToldLines } from './read-told-lines.ts';
import { unknownReturn } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { runTasks } from './run-tasks.ts';
import { changeReturn } from './save-return.ts';

/**
 * A warehouse took in what was announced to it. The ledger hears the same fact by itself.
 * @throws {Refusal} UNKNOWN_RETURN, UNKNOWN_SKU, UNKNOWN_LOCATION
 */
export async function receiveAnnouncedReturn(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  const { platform } = parts;
  const fact = readEvent(announcedReturnReceived, envelope);
  await assertLocation(parts, fact.location);
  const lines = await readToldLines(parts, fact.lines);
  const receipt = {
    ...envelope.source,
    location: fact.location,
    occurredAtMs: Date.parse(envelope.occurredAt),
    nowMs: platform.clock.nowMs(),
    lines: lines.map(({ returnLine, sku, steps, decimals }) => {
      return { ...(returnLine !== undefined && { returnLine }), sku, steps, decimals };
    }),
    nextId: () => platform.ids.next(),
  };
  const changed = await changeReturn(parts, fact.return, (state) => receive(state, receipt));
  if (!changed) throw unknownReturn(fact.return);
  await runTasks(parts, fact.return);
}
