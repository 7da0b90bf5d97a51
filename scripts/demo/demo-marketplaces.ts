import { connectAmazon, type AmazonConnection } from '../../connectors/marketplace/amazon/connect-amazon.ts';
import type { DemoCatalogue } from '../../connectors/simulators/demo-catalogue.ts';
import { marketplaceSeed } from '../../connectors/simulators/demo-seeds.ts';
import {
  AMAZON_CREDENTIALS,
  startAmazonSimulator,
  type AmazonSimulator,
} from '../../connectors/simulators/marketplace-amazon/amazon-simulator.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { DemoRetailerOptions } from './start-demo-retailer.ts';

interface DemoMarketplace {
  /** As a source. */
  readonly system: string;
  readonly channel: string;
  readonly network: string;
  readonly marketplaceId: string;
  readonly currency: 'GBP' | 'EUR';
}

/** Where the demo retailer sells beside its own shops: a British and an Irish marketplace. */
export const DEMO_MARKETPLACES = {
  british: {
    system: 'market-gb',
    channel: 'MARKET-GB',
    network: 'ONLINE-GB',
    marketplaceId: 'A1F83G8C2ARO7P',
    currency: 'GBP',
  },
  irish: {
    system: 'market-ie',
    channel: 'MARKET-IE',
    network: 'ONLINE-IE',
    marketplaceId: 'A28R8C7NBKEWEA',
    currency: 'EUR',
  },
} as const satisfies Readonly<Record<string, DemoMarketplace>>;

type Name = keyof typeof DEMO_MARKETPLACES;

/** What the hub has to know of them; they may run in another process. */
export type DemoMarkets = Readonly<Record<Name, Pick<AmazonSimulator, 'url' | 'subscribe'>>>;

/** A demonstration does not wait for the hours of a real account. */
const RATES_TIMES = 1_000;
/** Shared with simulators of this process alone; it guards nothing. */
const API_KEY = 'demo-market-key';

export async function startDemoMarkets(
  catalogue: DemoCatalogue,
  options: DemoRetailerOptions,
): Promise<Readonly<Record<Name, AmazonSimulator>>> {
  const start = ({ marketplaceId, currency }: DemoMarketplace): Promise<AmazonSimulator> =>
    startAmazonSimulator({
      listings: marketplaceSeed(catalogue, currency),
      marketplaceId,
      currency,
      ratesTimes: RATES_TIMES,
      ...options,
    });
  const [british, irish] = await Promise.all([start(DEMO_MARKETPLACES.british), start(DEMO_MARKETPLACES.irish)]);
  return { british, irish };
}

/** Has both hand their notifications to the hub. */
export function subscribeDemoMarkets(markets: DemoMarkets, webhook: (system: string) => string): void {
  for (const name of Object.keys(DEMO_MARKETPLACES) as Name[]) {
    markets[name].subscribe({ url: webhook(DEMO_MARKETPLACES[name].system), apiKey: API_KEY });
  }
}

interface DemoMarketSurroundings {
  readonly platform: Platform;
  readonly live: <M extends object>(system: string, given: M) => M;
  readonly offersStock: boolean;
}

export function connectDemoMarkets(
  markets: DemoMarkets,
  { platform, live, offersStock }: DemoMarketSurroundings,
): Promise<readonly AmazonConnection[]> {
  const names = Object.keys(DEMO_MARKETPLACES) as Name[];
  return Promise.all(
    names.map((name) => {
      const { system, marketplaceId, channel } = DEMO_MARKETPLACES[name];
      const { url } = markets[name];
      return connectAmazon({
        system,
        baseUrl: url,
        loginUrl: url,
        login: AMAZON_CREDENTIALS,
        sellerId: 'SELLER1',
        apiKey: API_KEY,
        mapping: live(system, { marketplaces: { [marketplaceId]: channel }, carriers: { DPD: 'DPD' } }),
        ratesTimes: RATES_TIMES,
        offersStock,
        platform,
      });
    }),
  );
}
