import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer, StreamMessage } from '../../../kernel/ports/streams.ts';
import { itemRecorded } from '../../../schema/events/inbox.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { ErpItems } from './open-erp-items.ts';
import { registerItems, type RegistrationParts } from './register-items.ts';

/**
 * Registers items from facts. A fact of the ERP's system refreshes the cache as well; one that was overtaken by a
 * look-up makes the next read ask again, because the clocks of two systems prove no order.
 */
export function consumeItemFacts(parts: RegistrationParts, erpItems: ErpItems | undefined): Promise<Consumer> {
  const { platform, limits } = parts;
  return platform.streams.consume({
    durable: 'products-items',
    stream: streamOf('inbox'),
    types: [itemRecorded.type],
    from: 'first',
    concurrencyMax: limits.factsConcurrencyMax,
    deliveriesMax: limits.factDeliveriesMax,
    backoffMinMs: limits.factBackoffMinMs,
    backoffMaxMs: limits.factBackoffMaxMs,
    handle: (message) => recordFact(parts, erpItems, message),
  });
}

async function recordFact(
  parts: RegistrationParts,
  erpItems: ErpItems | undefined,
  { envelope }: StreamMessage,
): Promise<void> {
  const item = readEvent(itemRecorded, envelope);
  const { system } = envelope.source;
  const isFromErp = system === erpItems?.system;
  const report = {
    item,
    system,
    isFromErp,
    statedAtMs: Date.parse(envelope.occurredAt),
    heardAtMs: Date.parse(envelope.recordedAt),
  };
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const outcome = (await registerItems(parts, [report], cause)).get(item.sku);
  if (outcome === 'NOT_OWNER') {
    parts.platform.telemetry.log('warn', 'an item was told by a system that does not own it', {
      sku: item.sku,
      system,
      eventId: envelope.source.eventId,
    });
  }
  if (!isFromErp) return;
  if (outcome === 'SUPERSEDED') erpItems.cache.invalidate(item.sku);
  else erpItems.cache.put(item.sku, item);
}
