import { readFileSync } from 'node:fs';
import type { Erp } from '../../connectors/erp/port.ts';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { DocumentChangeLog } from '../../kernel/engine/document-change-log.ts';
import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { invariant } from '../../kernel/model/errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import { consumeItemFacts } from './app/consume-item-facts.ts';
import { startErpListing } from './app/list-erp-items.ts';
import { listProducts } from './app/list-products.ts';
import { createProductLoader, createVariantLoader } from './app/load-products.ts';
import { createSkuLoader, type SkuReading } from './app/load-skus.ts';
import { openErpItems, type ErpItems } from './app/open-erp-items.ts';
import { openChangeLog } from './app/open-change-log.ts';
import { startPriceTimer, type PriceTimer } from './app/price-timer.ts';
import { PRODUCTS_LIMITS, type ProductsLimits } from './app/products-limits.ts';
import { openProductsStore } from './app/products-store.ts';
import type { RegistrationParts } from './app/register-items.ts';
import type { SkuRecord } from './domain/sku-record.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { resolvers } from './graphql/resolvers.ts';

export interface ProductsOptions {
  /** The item master that owns items and prices. Absent: items come from facts alone. */
  readonly erp?: Erp;
  /** Those that differ from PRODUCTS_LIMITS. */
  readonly limits?: Partial<ProductsLimits>;
}

interface Running {
  readonly reading: SkuReading;
  readonly erpItems: ErpItems | undefined;
  readonly consumer: Consumer;
  readonly stopListing: (() => Promise<void>) | undefined;
  readonly timer: PriceTimer;
  readonly log: DocumentChangeLog;
}

/** The context that registers SKUs and answers for products and prices. */
export function createProducts(platform: Platform, options: ProductsOptions = {}): Subgraph {
  const sdl = readFileSync(new URL('../../schema/graphql/products.graphql', import.meta.url), 'utf8');
  let running: Running | undefined;
  return {
    name: 'products',
    sdl,
    schema: createSubgraphSchema(sdl, resolvers),
    createContext: (request): GraphqlContext => {
      invariant(running, 'products is asked before it has started.');
      const { reading } = running;
      return {
        ...request,
        skus: createSkuLoader(reading),
        products: createProductLoader(reading),
        variants: createVariantLoader(reading),
        listProducts: (query) => listProducts(reading.store, query),
        nowMs: () => platform.clock.nowMs(),
      };
    },
    start: async () => {
      invariant(!running, 'products is started twice.');
      running = await start(platform, options);
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      await stopping?.stopListing?.();
      await stopping?.consumer.stop();
      await stopping?.erpItems?.settled();
      await stopping?.timer.stop();
      await stopping?.log.close();
    },
    readiness: () => (running ? { ready: true } : { ready: false, reason: 'products has not started.' }),
  };
}

async function start(platform: Platform, { erp, limits: differing }: ProductsOptions): Promise<Running> {
  const limits: ProductsLimits = { ...PRODUCTS_LIMITS, ...differing };
  const store = await openProductsStore(platform.documents);
  const log = await openChangeLog(platform, store);
  const timer = startPriceTimer({ platform, store, limits });
  const parts = { platform, store, limits, onRecorded: (record: SkuRecord) => timer.hear(record) };
  const erpItems = erp && openErpItems(parts, erp);
  const consumer = await consumeItemFacts(parts, erpItems);
  const stopListing = erp && listAsOne(parts, erp);
  return { reading: { platform, store, erpItems }, erpItems, consumer, stopListing, timer, log };
}

/** One process of the role lists what the item master holds. @returns stops it */
function listAsOne(parts: RegistrationParts, erp: Erp): () => Promise<void> {
  return leadByLease({
    name: 'products-listing',
    platform: parts.platform,
    lead: async () => {
      const listing = startErpListing(parts, erp);
      return () => listing.stop();
    },
  });
}
