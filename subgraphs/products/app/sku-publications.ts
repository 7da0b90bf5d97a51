import type { Platform } from '../../../kernel/ports/platform.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import { priceChanged, skuChanged, skuRegistered } from '../../../schema/events/products.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import type { RecordItemOutcome } from '../domain/record-item.ts';
import { skuChangeOf } from '../domain/sku-change.ts';
import type { SkuRecord } from '../domain/sku-record.ts';

type Recorded = Extract<RecordItemOutcome, { status: 'RECORDED' }>;

/** What others are told when an item was recorded, in order. */
export function publicationsOf(
  { record, isRegistration, changedPrices }: Recorded,
  cause: { readonly correlationId: string; readonly causationId?: string },
  { ids, clock }: Pick<Platform, 'ids' | 'clock'>,
): readonly OutboxEvent[] {
  const { sku, baseUnit, step, tracking, categories, components, conversions } = record.item;
  const inputOf = <Data>(data: Data) => {
    const id = ids.next();
    const source = { system: 'products', eventId: id };
    const times = { occurredAtMs: record.statedAtMs, recordedAtMs: clock.nowMs() };
    return { id, key: sku, source, ...times, ...cause, data };
  };
  const optional = { ...(components && { components }), ...(conversions && { conversions }) };
  const registration = publicationOf(
    skuRegistered,
    inputOf({ sku, baseUnit, step, tracking, categories, ...optional }),
  );
  const prices = changedPrices.map((price) => publicationOf(priceChanged, inputOf({ sku, ...price })));
  return [...(isRegistration ? [registration] : []), ...prices];
}

/** What subscribers are told of a SKU. */
export function skuPublicationOf(
  record: SkuRecord,
  options: Pick<Platform, 'ids' | 'clock'> & {
    readonly correlationId: string;
    readonly causationId?: string;
    readonly previous?: SkuRecord | undefined;
  },
): OutboxEvent {
  const { ids, clock, previous, correlationId, causationId } = options;
  const id = ids.next();
  const nowMs = clock.nowMs();
  return publicationOf(skuChanged, {
    id,
    key: record.id,
    source: { system: 'products', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId,
    ...(causationId !== undefined && { causationId }),
    data: skuChangeOf(record, nowMs, previous),
  });
}
