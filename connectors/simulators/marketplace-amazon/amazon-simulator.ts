import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import { processAcknowledgements } from './acknowledgement-feed.ts';
import { amazonError } from './amazon-error.ts';
import { FeedDesk, type MarketFeed } from './feed-desk.ts';
import { documentRoutes, feedRoutes } from './feed-routes.ts';
import { ListingBook, type Listing } from './listing-book.ts';
import { listingRoutes } from './listing-routes.ts';
import { LoginDesk, type AmazonCredentials } from './login-route.ts';
import type { MarketOrder } from './market-order.ts';
import { notificationRoutes } from './notification-routes.ts';
import { OrderBook, type Purchase } from './order-book.ts';
import { OrderNotifications } from './order-notifications.ts';
import { orderRoutes } from './order-routes.ts';
import { paced } from './paced-routes.ts';
import { RestrictedTokens } from './restricted-tokens.ts';

export interface AmazonOptions extends SimulatorOptions {
  /** What is offered there, with its price including tax. */
  readonly listings: readonly Omit<Listing, 'quantity'>[];
  /** Default `A1F83G8C2ARO7P`, the British one. */
  readonly marketplaceId?: string;
  /** Default GBP. */
  readonly currency?: string;
  /** Default `SELLER1`. */
  readonly sellerId?: string;
  /** Default: AMAZON_CREDENTIALS. */
  readonly credentials?: AmazonCredentials;
  /** How long sellers have to ship. Default two days. */
  readonly shipWithinMs?: number;
  /** Feeds wait until `settleFeeds`. Default false. */
  readonly isDeferred?: boolean;
  /** Whether the account has the role for names and streets. Default true. */
  readonly isRestrictedDataAllowed?: boolean;
  /** How many times the vendor's own rates each operation may be asked for. Default 1. */
  readonly ratesTimes?: number;
}

/** They guard nothing. */
export const AMAZON_CREDENTIALS: AmazonCredentials = {
  clientId: 'amzn1.application-oa2-client.simulated',
  clientSecret: 'amazon-secret',
  refreshToken: 'Atzr|simulated',
};

export interface AmazonSimulator extends Simulator {
  readonly marketplaceId: string;
  readonly sellerId: string;
  orders(): readonly MarketOrder[];
  order(id: string): MarketOrder;
  listings(): readonly Listing[];
  feeds(): readonly MarketFeed[];
  /** A customer buys; it is told when it is paid for. */
  buy(purchase: Purchase): MarketOrder;
  /** The customer of a pending order pays. */
  pay(orderId: string): void;
  /** The customer asks the seller to call it off; all of it, or these items. */
  askToCancel(orderId: string, reason: string, itemIds?: readonly string[]): void;
  /** The marketplace calls it off by itself. */
  callOff(orderId: string): void;
  /** Takes over an order that is there already. */
  adopt(order: MarketOrder): void;
  /** Processes the feeds that wait. */
  settleFeeds(): void;
  /** All access tokens are good no more. */
  revokeTokens(): void;
  /** Has a rule of the seller's bus call an address, with this key. */
  subscribe(target: { readonly url: string; readonly apiKey: string }): void;
}

const CONTENT_FIELDS = ['Amount', 'QuantityOrdered', 'QuantityShipped'];
const TWO_DAYS_MS = 2 * 86_400_000;

/** A marketplace with the API of Amazon's selling partners, on a port of its own; tokens and documents are had there too. */
export async function startAmazonSimulator(options: AmazonOptions): Promise<AmazonSimulator> {
  const { marketplaceId = 'A1F83G8C2ARO7P', currency = 'GBP', sellerId = 'SELLER1', numbersFrom = 0 } = options;
  const { credentials = AMAZON_CREDENTIALS, shipWithinMs = TWO_DAYS_MS, isDeferred = false, ratesTimes = 1 } = options;
  const core = createSimulatorCore(options, { system: `amazon-${marketplaceId}`, contentFields: CONTENT_FIELDS });
  const listings = new ListingBook(options.listings);
  const notifications = new OrderNotifications(core, sellerId);
  const book = new OrderBook(core, {
    listings,
    options: { marketplaceId, currency, shipWithinMs },
    numbersFrom,
    changed: (order, reason) => notifications.tell(order, reason),
  });
  const processors = { POST_ORDER_ACKNOWLEDGEMENT_DATA: (xml: string) => processAcknowledgements(book, xml) };
  const desk = new FeedDesk(core, { processors, isDeferred, numbersFrom });
  const login = new LoginDesk(core, credentials);
  const restricted = new RestrictedTokens(core, options.isRestrictedDataAllowed ?? true);
  let url = '';
  const routes = [
    ...orderRoutes(book, ({ headers }, resource) => restricted.mayRead(headers, resource)),
    restricted.route(),
    ...feedRoutes(desk, (id) => `${url}/documents/${id}`),
    ...listingRoutes(listings, () => core.ids.uuid()),
    ...notificationRoutes(notifications),
  ];
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: amazonError,
      isAuthorised: (headers) => login.isAuthorised(headers) || restricted.isKnown(headers),
      unauthorisedStatus: 403,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 1_000, refillPerSecond: 1_000 },
    routes: [
      login.route(),
      ...documentRoutes(desk),
      ...paced(routes, { times: ratesTimes, now: options.now ?? Date.now }),
    ],
  });
  ({ url } = simulator);
  return {
    ...simulator,
    marketplaceId,
    sellerId,
    orders: () => book.all(),
    order: (id) => book.get(id),
    listings: () => listings.all(),
    feeds: () => desk.feeds,
    buy: (purchase) => book.buy(purchase),
    pay: (id) => book.pay(id),
    askToCancel: (id, reason, itemIds) => book.askToCancel(id, reason, itemIds),
    callOff: (id) => book.callOff(id),
    adopt: (order) => book.adopt(order),
    settleFeeds: () => desk.settle(),
    revokeTokens: () => {
      login.revokeAll();
      restricted.revokeAll();
    },
    subscribe: (target) => notifications.addTarget(target),
  };
}
