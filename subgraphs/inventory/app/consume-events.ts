import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Consumer, StreamMessage } from '../../../kernel/ports/streams.ts';
import { feedHeartbeatRecorded, INBOX_EVENTS, locationRecorded } from '../../../schema/events/inbox.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { FactIntake } from './fact-intake.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger } from './ledger.ts';
import type { OwnershipView } from './ownership.ts';
import { registerSku } from './register-sku.ts';
import { STOCK_FACT_TYPES, stockFactOf } from './stock-fact-of.ts';

export interface ConsumeEventsOptions {
  readonly platform: Platform;
  readonly ledger: Ledger;
  readonly intake: FactIntake;
  readonly ownership: OwnershipView;
  readonly limits: InventoryLimits;
}

/** Facts and locations from the inbox, SKUs from products. */
export async function consumeEvents(options: ConsumeEventsOptions): Promise<readonly Consumer[]> {
  const { platform, limits } = options;
  const bounds = {
    from: 'first',
    concurrencyMax: limits.factConcurrencyMax,
    deliveriesMax: limits.factDeliveriesMax,
    backoffMinMs: limits.backoffMinMs,
    backoffMaxMs: limits.backoffMaxMs,
  } as const;
  const facts = await platform.streams.consume({
    ...bounds,
    durable: 'inventory-facts',
    stream: streamOf('inbox'),
    types: INBOX_EVENTS.map(({ type }) => type),
    handle: (message) => handleFact(options, message),
  });
  const skus = await platform.streams.consume({
    ...bounds,
    durable: 'inventory-skus',
    stream: streamOf('products'),
    types: [skuRegistered.type],
    handle: (message) => registerSku(options, message),
  });
  return [facts, skus];
}

const STOCK_FACTS: ReadonlySet<string> = new Set(STOCK_FACT_TYPES);

/** What says nothing of stock is taken in for its number alone: its source counts all that it tells. */
async function handleFact({ ledger, intake, ownership }: ConsumeEventsOptions, { envelope }: StreamMessage) {
  if (STOCK_FACTS.has(envelope.type)) return intake.take(stockFactOf(envelope, ownership));
  const { system, eventId, sequence } = envelope.source;
  if (sequence) await ledger.execute({ type: 'observe-number', message: { source: { system, eventId }, sequence } });
  if (envelope.type === feedHeartbeatRecorded.type) {
    const { location } = readEvent(feedHeartbeatRecorded, envelope);
    const occurredAtMs = Date.parse(envelope.occurredAt);
    await ledger.execute({ type: 'hear-feed', location, system, occurredAtMs });
    return;
  }
  if (envelope.type !== locationRecorded.type) return;
  const request = readEvent(locationRecorded, envelope);
  await ledger.execute({ type: 'register-location', request });
}
