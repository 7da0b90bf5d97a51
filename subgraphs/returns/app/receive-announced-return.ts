import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import { announcedReturnReceived } from '../../../schema/events/inbox.ts';
import { receiveAnnouncedReturn as receive } from '../domain/receive-announced-return.ts';
import { assertLocation, decimalsOf } from './known-codes.ts';
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
  const fact = parseAs(announcedReturnReceived.data, envelope.data, announcedReturnReceived.type);
  await assertLocation(parts, fact.location);
  const decimals = await decimalsOf(parts, [...new Set(fact.lines.map((line) => line.sku))]);
  const receipt = {
    ...envelope.source,
    location: fact.location,
    occurredAtMs: Date.parse(envelope.occurredAt),
    nowMs: platform.clock.nowMs(),
    lines: fact.lines.map(({ returnLine, sku, quantity }) => {
      const ofSku = decimals.get(sku) ?? 0;
      const steps = parsePositiveQuantity(quantity, ofSku);
      return { ...(returnLine !== undefined && { returnLine }), sku, steps, decimals: ofSku };
    }),
    nextId: () => platform.ids.next(),
  };
  const changed = await changeReturn(parts, fact.return, (state) => receive(state, receipt));
  if (!changed) throw unknownReturn(fact.return);
  await runTasks(parts, fact.return);
}
