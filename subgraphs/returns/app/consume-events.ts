import { readEvent } from '../../../kernel/model/read-told.ts';
import { parseStep } from '../../../kernel/model/quantity.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, Document } from '../../../kernel/ports/documents.ts';
import type { Consumer, ConsumerOptions } from '../../../kernel/ports/streams.ts';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { locationRegistered } from '../../../schema/events/inventory.ts';
import { parcelReturning, refundChanged } from '../../../schema/events/orders.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { awaitParcel } from './await-parcel.ts';
import { FACT_TYPES } from './handle-fact.ts';
import { handleOrPark, locationCode, skuCode, unparkFacts } from './park-fact.ts';
import { recordRefundOutcome } from './record-refund-outcome.ts';
import type { ReturnsParts } from './returns-parts.ts';

/** Begins to hear of SKUs, locations, returns, parcels that come back and what becomes of refunds. */
export async function consumeEvents(parts: ReturnsParts): Promise<readonly Consumer[]> {
  const { streams } = parts.platform;
  return [
    await streams.consume({
      ...optionsOf(parts),
      durable: 'returns-skus',
      stream: streamOf(skuRegistered.context),
      types: [skuRegistered.type],
      handle: async ({ envelope }) => {
        const { sku, step, baseUnit, conversions = [], categories } = readEvent(skuRegistered, envelope);
        await keep(parts.store.skus, { id: sku, decimals: parseStep(step), baseUnit, conversions, categories });
        await unparkFacts(parts, skuCode(sku));
      },
    }),
    await streams.consume({
      ...optionsOf(parts),
      durable: 'returns-locations',
      stream: streamOf(locationRegistered.context),
      types: [locationRegistered.type],
      handle: async ({ envelope }) => {
        const { location, capabilities } = readEvent(locationRegistered, envelope);
        await keep(parts.store.locations, { id: location, takesReturns: capabilities.includes('RETURN') });
        await unparkFacts(parts, locationCode(location));
      },
    }),
    await streams.consume({
      ...optionsOf(parts),
      durable: 'returns-facts',
      stream: streamOf('inbox'),
      types: FACT_TYPES,
      handle: ({ envelope }) => handleOrPark(parts, envelope),
    }),
    await streams.consume({
      ...optionsOf(parts),
      durable: 'returns-refunds',
      stream: streamOf(refundChanged.context),
      types: [refundChanged.type],
      handle: ({ envelope }) => recordRefundOutcome(parts, envelope),
    }),
    await streams.consume({
      ...optionsOf(parts),
      durable: 'returns-parcels',
      stream: streamOf(parcelReturning.context),
      types: [parcelReturning.type],
      handle: ({ envelope }) => awaitParcel(parts, envelope),
    }),
  ];
}

type CommonOptions = Omit<ConsumerOptions, 'durable' | 'stream' | 'types' | 'handle'>;

function optionsOf({ limits }: ReturnsParts): CommonOptions {
  return {
    from: 'first',
    concurrencyMax: limits.factsConcurrencyMax,
    deliveriesMax: limits.factDeliveriesMax,
    backoffMinMs: limits.factBackoffMinMs,
    backoffMaxMs: limits.factBackoffMaxMs,
  };
}

/** Events of one key come in order and one at a time, so what another process saves meanwhile is the same. */
async function keep<D extends Document>(collection: Collection<D>, document: D): Promise<void> {
  const known = await collection.get(document.id);
  if (known && canonicalJson(known.document) === canonicalJson(document)) return;
  try {
    await collection.save(document, known?.version ?? 0);
  } catch (error) {
    if (!(error instanceof DocumentConflict)) throw error;
  }
}
