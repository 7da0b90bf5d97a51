import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Connection } from '../../runtime/connection.ts';
import { createHttpClient } from '../../runtime/http-client.ts';
import type { HttpLimits } from '../../runtime/http-limits.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import { marketplaceHandlers } from '../marketplace-handlers.ts';
import type { Marketplace } from '../port.ts';
import { AmazonApi } from './amazon-api.ts';
import { AmazonMarketplace } from './amazon-marketplace.ts';
import type { AmazonMapping } from './amazon-mapping.ts';
import { AnswerDesk } from './answer-desk.ts';
import { DeliveryAddresses } from './delivery-addresses.ts';
import { answerFeed } from './answer-feed.ts';
import { keepNotified, type EventBus } from './keep-notified.ts';
import { amazonAuthorisation, type AmazonLogin } from './login.ts';
import { OperationPaces } from './operation-paces.ts';
import { orderFeed } from './order-feed.ts';
import { orderReceiver, readOrderAgain } from './order-intake.ts';
import { ToldOrders } from './told-orders.ts';

export interface AmazonOptions {
  /** The name of this system as a source, such as `market-north`. */
  readonly system: string;
  /** Of the API, such as `https://sellingpartnerapi-eu.amazon.com`. */
  readonly baseUrl: string;
  /** Where tokens are had, such as `https://api.amazon.com`. */
  readonly loginUrl: string;
  readonly login: AmazonLogin;
  readonly sellerId: string;
  /** The key that the rule of the seller's bus shows to the hub. */
  readonly apiKey: string;
  readonly mapping: AmazonMapping;
  /** Absent: nobody asks Amazon to notify, and orders are found by their feed alone, or somebody has asked already. */
  readonly eventBus?: EventBus;
  /** Default four hours. */
  readonly acknowledgeWithinMs?: number;
  /** Whether the hub tells how much may be sold there. Default false. */
  readonly offersStock?: boolean;
  /** How many times the usual rates the account may ask. Default 1. */
  readonly ratesTimes?: number;
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
  readonly limits?: Partial<HttpLimits>;
}

export interface AmazonConnection extends Connection<Marketplace> {
  /** Has changes of orders told, or goes on having it done. */
  readonly ensureSubscribed: () => Promise<void>;
}

const FOUR_HOURS_MS = 4 * 3_600_000;
/** Of confirming shipments, which is what the queue does most. */
const QUEUE_PACE = { perSecond: 2, burst: 10 };

export async function connectAmazon(options: AmazonOptions): Promise<AmazonConnection> {
  const { system, baseUrl, loginUrl, mapping, sellerId, platform, limits = {}, ratesTimes = 1 } = options;
  const { clock } = platform;
  const pace = new VendorPace(clock, {
    perSecond: QUEUE_PACE.perSecond * ratesTimes,
    burst: QUEUE_PACE.burst * ratesTimes,
  });
  const login = createHttpClient({ system, baseUrl: loginUrl, limits, ...platform });
  const authorisation = amazonAuthorisation({ http: login, system }, options.login, clock);
  const http = createHttpClient({ system, baseUrl, authorisation, limits, pace, ...platform });
  const paces = new OperationPaces(clock, ratesTimes);
  const isPlainHttpAllowed = new URL(baseUrl).protocol === 'http:';
  const api = new AmazonApi({ system, http, paces, documents: { system, limits, ...platform }, isPlainHttpAllowed });
  const told = await ToldOrders.open(system, platform.documents);
  const desk = await AnswerDesk.open(system, platform);
  const { acknowledgeWithinMs = FOUR_HOURS_MS, eventBus, apiKey, offersStock = false } = options;
  const restricted = { system, baseUrl, limits, pace, ...platform };
  const addresses = new DeliveryAddresses({ system, http, restricted, paces, clock });
  const reader = { mapping, acknowledgeWithinMs, told };
  const port = new AmazonMarketplace({ system, http, desk, addresses, mapping, sellerId, offersStock });
  return {
    port,
    commands: marketplaceHandlers(port),
    mapping,
    pace,
    receiver: orderReceiver({ api, reader, apiKey }),
    feeds: [orderFeed({ api, reader, clock }), answerFeed({ api, desk, sellerId, clock })],
    readAgain: (origin, rows) =>
      readOrderAgain(origin, { api, reader: { ...reader, mapping: { ...mapping, ...rows } } }),
    ensureSubscribed: async () => {
      if (eventBus) await keepNotified({ http, system }, eventBus);
    },
    close: async () => {
      await addresses.close();
      await http.close();
      await login.close();
    },
  };
}
