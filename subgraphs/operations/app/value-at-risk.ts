import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import { skuChanged, type SkuChanged } from '../../../schema/events/products.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { ExceptionState } from '../domain/exception-state.ts';
import type { OperationsParts } from './operations-parts.ts';

/** What a SKU is sold for. */
export interface SkuPrice {
  /** The SKU. */
  readonly id: string;
  readonly amountMinor: number;
  readonly currencyCode: string;
}

/** Begins to learn what SKUs are sold for, as products tells it. */
export function consumePrices(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-prices',
    stream: streamOf('products'),
    types: [skuChanged.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: ({ envelope }) => learn(parts, readEvent(skuChanged, envelope)),
  });
}

/** The first currency that it has a price in: value at risk is a measure, not an amount to be posted. */
async function learn({ store, limits }: OperationsParts, { sku, prices: [price] }: SkuChanged): Promise<void> {
  if (!price) return;
  const document: SkuPrice = { id: sku, ...price.amount };
  for (let attempt = 1; ; attempt++) {
    const known = await store.prices.get(sku);
    try {
      await store.prices.save(document, known?.version ?? 0);
      return;
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= limits.saveAttemptsMax) throw error;
    }
  }
}

/** What the quantity would cost, rounded up; undefined when it is no question of quantity, or the SKU has no price. */
export async function valueAtRisk(
  { store }: OperationsParts,
  { sku, quantity }: { readonly sku: string | null; readonly quantity: string | null },
): Promise<ExceptionState['valueAtRisk']> {
  if (sku === null || quantity === null) return undefined;
  const price = await store.prices.get(sku);
  if (!price) return undefined;
  const { amountMinor, currencyCode } = price.document;
  return { amountMinor: Math.ceil(Math.abs(Number(quantity)) * amountMinor), currencyCode };
}
