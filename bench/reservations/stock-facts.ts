import type { Platform } from '../../kernel/ports/platform.ts';
import type { EventDefinition, DataOf } from '../../schema/events/event-definition.ts';
import { goodsReceived, locationRecorded } from '../../schema/events/inbox.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { publicationOf } from '../../schema/events/publication.ts';

type Publication = ReturnType<typeof publicationOf>;
type Moment = Pick<Platform, 'ids' | 'clock'>;

const LOCATION_COUNT = 4;
const LINES_PER_RECEIPT = 1_000;

export const LOCATION_IDS: readonly string[] = Array.from({ length: LOCATION_COUNT }, (_, index) => `STORE-${index}`);

/** The locations, as the location master tells them. */
export function locationFacts(moment: Moment): readonly Publication[] {
  return LOCATION_IDS.map((location) =>
    tell(moment, locationRecorded, location, {
      location,
      name: location,
      type: 'STORE',
      timeZone: 'Europe/London',
      capabilities: ['SHIP', 'PICKUP', 'RETURN', 'RECEIVE'],
    }),
  );
}

/** The SKUs, as products registers them. */
export function skuFacts(moment: Moment, skus: Iterable<string>): readonly Publication[] {
  return Array.from(skus, (sku) =>
    tell(moment, skuRegistered, sku, { sku, baseUnit: 'EA', step: '1', tracking: 'NONE', categories: ['shirts'] }),
  );
}

/** The stock, in equal parts at each location. */
export function receiptFacts(moment: Moment, stock: ReadonlyMap<string, number>): readonly Publication[] {
  const entries = [...stock];
  const receipts: Publication[] = [];
  for (const location of LOCATION_IDS) {
    for (let first = 0; first < entries.length; first += LINES_PER_RECEIPT) {
      const reference = `${location}-${first}`;
      const lines = entries.slice(first, first + LINES_PER_RECEIPT).map(([sku, units]) => ({
        lineId: sku,
        sku,
        quantity: String(units / LOCATION_COUNT),
      }));
      receipts.push(tell(moment, goodsReceived, reference, { location, reference, lines }));
    }
  }
  return receipts;
}

function tell<Definition extends EventDefinition>(
  { ids, clock }: Moment,
  definition: Definition,
  key: string,
  data: DataOf<Definition>,
): Publication {
  const id = ids.next();
  const nowMs = clock.nowMs();
  return publicationOf(definition, {
    id,
    key,
    source: { system: 'bench', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: id,
    data,
  });
}
