import type { Platform } from '../../../kernel/ports/platform.ts';
import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import { priceChanged, skuRegistered } from '../../../schema/events/products.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import type { RecordItemOutcome } from '../domain/record-item.ts';

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
