import type { HttpFailure } from '../runtime/http-failure.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorOptions } from '../runtime/simulator.ts';
import type { ServerManners } from '../runtime/simulator-server.ts';
import { batchRoute } from './batch-route.ts';
import { entityRoutes } from './entity-routes.ts';
import { ErpCompany } from './erp-company.ts';
import type { EntityRow } from './erp-company.ts';
import type {
  ErpBomComponentInput,
  ErpCustomerInput,
  ErpItemInput,
  ErpItemUnitInput,
  ErpLocationInput,
  ErpPriceInput,
  ErpSeed,
} from './erp-seed.ts';
import {
  putBomComponent,
  putCustomer,
  putItem,
  putItemUnit,
  putLocation,
  putPrice,
  seedCompany,
} from './master-data.ts';
import { SubscriptionDesk } from './subscription-desk.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { TokenDesk } from './token-desk.ts';
import { putPurchaseOrder, type ErpPurchaseOrderInput } from './purchase-orders.ts';
import type { OAuthClient } from './token-desk.ts';

export interface ErpOptions extends SimulatorOptions {
  readonly seed: ErpSeed;
  /** Default `erp-client` with the secret `erp-secret`. */
  readonly client?: OAuthClient;
  /** Life of a bearer token. Default 300,000: five minutes. */
  readonly tokenTtlMs?: number;
  /** Largest page. Default 1,000. */
  readonly pageSizeMax?: number;
  /** How long changes are gathered before they are notified together. Default 50. */
  readonly notificationDelayMs?: number;
}

export interface ErpSimulator extends Simulator {
  /** The only company's id, part of every path. */
  readonly companyId: string;
  /** Each creates or changes by natural key, touches `lastModifiedDateTime` and notifies. */
  putItem(input: ErpItemInput): void;
  putItemUnit(input: ErpItemUnitInput): void;
  putBomComponent(input: ErpBomComponentInput): void;
  putLocation(input: ErpLocationInput): void;
  putPrice(input: ErpPriceInput): void;
  putCustomer(input: ErpCustomerInput): void;
  putPurchaseOrder(input: ErpPurchaseOrderInput): void;
  /** Orders and invoices as stored, lines included. */
  salesOrders(): readonly EntityRow[];
  salesInvoices(): readonly EntityRow[];
  salesCreditMemos(): readonly EntityRow[];
  /** What was posted by journals, in order. */
  generalLedgerEntries(): readonly EntityRow[];
  /** Nothing is posted before this day any more, `YYYY-MM-DD`; empty: anything is. */
  closeBooksBefore(day: string): void;
}

const CONTENT_FIELDS = [
  'unitPrice',
  'unitCost',
  'quantity',
  'quantityPer',
  'qtyPerUnitOfMeasure',
  'minimumQuantity',
  'totalAmountIncludingTax',
  'gtin',
];
const OAUTH_CODES: ReadonlySet<string> = new Set(['invalid_client', 'unsupported_grant_type']);
/** The vendor names errors otherwise than the simulators' shared runtime does. */
const CODES: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'Authentication_InvalidCredentials',
  RATE_LIMITED: 'Application_TooManyRequests',
  SERVICE_UNAVAILABLE: 'Application_ServiceUnavailable',
  NOT_FOUND: 'BadRequest_NotFound',
  BAD_REQUEST: 'BadRequest',
  REQUEST_ENTITY_TOO_LARGE: 'RequestEntityTooLarge',
  INTERNAL_SERVER_ERROR: 'Internal_ServerError',
};

/** An ERP that speaks the subset of Business Central v2.0 in the README, on a port of its own. */
export async function startErpSimulator(options: ErpOptions): Promise<ErpSimulator> {
  const core = createSimulatorCore(options, { system: 'erp', contentFields: CONTENT_FIELDS });
  const company = new ErpCompany(core, options.numbersFrom);
  seedCompany(company, options.seed);
  const client = options.client ?? { clientId: 'erp-client', clientSecret: 'erp-secret' };
  const tokens = new TokenDesk(core, client, options.tokenTtlMs ?? 300_000);
  const subscriptions = new SubscriptionDesk(company, options.notificationDelayMs ?? 50);
  const manners: ServerManners = {
    errorBody: erpErrorBody,
    isAuthorised: (headers) => tokens.isAuthorised(headers),
    contentFields: CONTENT_FIELDS,
  };
  const entities = entityRoutes(company, options.pageSizeMax ?? 1000);
  const simulator = await serveSimulator(core, {
    options,
    manners,
    // Source: the vendor allows 6,000 requests in five minutes.
    rateLimit: { capacity: 6000, refillPerSecond: 20 },
    routes: [tokens.route(), ...entities, ...subscriptionRoutes(subscriptions), batchRoute(core, manners, entities)],
  });
  return {
    ...simulator,
    webhooksSettled: async () => {
      await subscriptions.gathered();
      await simulator.webhooksSettled();
    },
    companyId: company.id,
    putItem: (input) => void putItem(company, input),
    putItemUnit: (input) => void putItemUnit(company, input),
    putBomComponent: (input) => void putBomComponent(company, input),
    putLocation: (input) => void putLocation(company, input),
    putPrice: (input) => void putPrice(company, input),
    putCustomer: (input) => void putCustomer(company, input),
    putPurchaseOrder: (input) => void putPurchaseOrder(company, input),
    salesOrders: () => company.rows('salesOrders'),
    salesInvoices: () => company.rows('salesInvoices'),
    salesCreditMemos: () => company.rows('salesCreditMemos'),
    generalLedgerEntries: () => company.rows('generalLedgerEntries'),
    closeBooksBefore: (day) => {
      company.postingsFrom = day;
    },
  };
}

function erpErrorBody(failure: HttpFailure): unknown {
  // The token endpoint answers as OAuth 2 prescribes, not as OData.
  if (OAUTH_CODES.has(failure.code)) return { error: failure.code, error_description: failure.message };
  return { error: { code: CODES[failure.code] ?? failure.code, message: failure.message } };
}
