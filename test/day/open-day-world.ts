import { openFaultyDoor } from '../../connectors/systems/tryton/testing/faulty-door.ts';
import type { TrytonUnderTest } from '../../connectors/systems/tryton/testing/config.ts';
import type { Simulator } from '../../connectors/simulators/runtime/simulator.ts';
import { startSquareSimulator, type SquareSimulator } from '../../connectors/simulators/pos-square/square-simulator.ts';
import type { SeedItem, SeedWarehouse } from '../../scripts/servers/tryton/seed-stock.ts';
import { RECONCILE_SOON } from '../harness/reconcile.ts';
import { openRetailerHub, type RetailerHub } from '../harness/open-retailer-hub.ts';
import { dayClients, outboundBacklog } from './day-clients.ts';
import { until } from './until.ts';
import { DAY_PLACES, openingStock, type DealtDay } from './deal-day.ts';
import { TrytonPeople } from './tryton-people.ts';

export const DAY_SYSTEMS = { erp: 'erp-main', wms: 'wms-main', pos: 'pos-main' } as const;

/** What Tryton calls the warehouse that the hub releases orders to. */
export const WORKED_WAREHOUSE = 'UCI-DC';

/** The warehouses of Tryton, each with the location of the hub that it is. */
export const DAY_WAREHOUSES: Readonly<Record<string, string>> = {
  [WORKED_WAREHOUSE]: DAY_PLACES.warehouse,
  'UCI-ST-1': DAY_PLACES.stores[0],
  'UCI-ST-2': DAY_PLACES.stores[1],
};

/** A hub, a Tryton behind it as ERP and warehouse system, and a POS. */
export interface DayWorld extends AsyncDisposable {
  readonly hub: RetailerHub;
  readonly square: SquareSimulator;
  /** Between the hub and Tryton. */
  readonly door: Simulator;
  readonly people: TrytonPeople;
  /** Does something while Tryton is out. */
  withoutTryton(during: () => Promise<void>): Promise<void>;
}

export interface DayWorldOptions {
  /** Seeded with `daySeed`. */
  readonly tryton: TrytonUnderTest;
  readonly day: DealtDay;
  readonly seed: number;
  /** How often feeds are read. A Tryton that is asked for hundreds of records again and again does nothing else. */
  readonly pollMs: number;
  /** How Tryton goes out. Default: every connection of the hub with it is cut, in a moment in which it does nothing for it. */
  readonly withoutTryton?: (during: () => Promise<void>) => Promise<void>;
}

const SIGNATURE_KEY = 'signature-key';
const SECRETS = { SQUARE_TOKEN: 'square-token', SQUARE_KEY: SIGNATURE_KEY };
const SOON_MS = 1_000;
const HUNDREDTHS = 2;
const VAT_PERCENT = 20;

/** What Tryton has when the day begins: the same of each item in every warehouse. */
export function daySeed({ steps, items }: DealtDay): {
  readonly warehouses: readonly SeedWarehouse[];
  readonly items: readonly SeedItem[];
} {
  const opening = openingStock(steps);
  return {
    warehouses: Object.keys(DAY_WAREHOUSES).map((code) => ({ code, name: code })),
    items: items.map(({ sku, title, priceMinor }) => ({
      code: sku,
      title,
      listPrice: (priceMinor / 10 ** HUNDREDTHS).toFixed(HUNDREDTHS),
      costPrice: '1.00',
      category: 'Gifts',
      onHand: opening.get(sku) ?? 0,
    })),
  };
}

export async function openDayWorld({ tryton, day, seed, pollMs, ...options }: DayWorldOptions): Promise<DayWorld> {
  const opened = new AsyncDisposableStack();
  try {
    const square = await startSquareSimulator({ ...squareSeed(day), randomSeed: seed });
    opened.defer(() => square.close());
    const door = await openFaultyDoor(tryton);
    opened.defer(() => door.close());
    const people = new TrytonPeople(tryton);
    opened.defer(() => people.close());
    const secrets = { ...SECRETS, TRYTON_PASSWORD: tryton.login.password };
    const hub = await openRetailerHub(systemsFile({ tryton, square, door }), secrets, {
      // Nobody waits minutes for a system that is back on a day that lasts minutes.
      pollerLimits: { intervalMs: pollMs, backoffMaxMs: 2 * pollMs },
      reconciliationLimits: RECONCILE_SOON,
    });
    opened.defer(() => hub[Symbol.asyncDispose]());
    square.subscribe({
      url: `${hub.url}/webhooks/${DAY_SYSTEMS.pos}`,
      signatureKey: SIGNATURE_KEY,
      eventTypes: ['order.created', 'order.updated', 'refund.created'],
    });
    const cutOff = async (during: () => Promise<void>) => {
      // What is under way is done first: half a minute of doubt about a lost answer is shown by a test of its own.
      const clients = await dayClients(hub);
      await until('the queues before the outage', async () => {
        const backlog = await outboundBacklog(clients);
        return { done: backlog === 0, progress: backlog };
      });
      door.faults.set({ outage: 'RESET' });
      await during().finally(() => door.faults.set({ outage: 'NONE' }));
    };
    const withoutTryton = options.withoutTryton ?? cutOff;
    return { hub, square, door, people, withoutTryton, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

function squareSeed({ steps, items }: DealtDay) {
  const opening = openingStock(steps);
  const address = { currency: 'GBP', timeZone: 'Europe/London', city: 'London', postalCode: 'EC1', country: 'GB' };
  return {
    locations: DAY_PLACES.stores.map((code) => ({ code, displayName: code, ...address })),
    items: items.map(({ sku, title, priceMinor }) => ({
      sku,
      productNumber: sku,
      productName: title,
      variantName: '',
      unit: 'EA' as const,
      step: '1',
      pricesMinor: { GBP: priceMinor },
      taxRatePercent: VAT_PERCENT,
    })),
    openingStock: DAY_PLACES.stores.flatMap((locationCode) =>
      [...opening].map(([sku, quantity]) => ({ locationCode, sku, quantity: String(quantity) })),
    ),
  };
}

function systemsFile({
  tryton,
  square,
  door,
}: {
  readonly tryton: TrytonUnderTest;
  readonly square: SquareSimulator;
  readonly door: Simulator;
}): object {
  const { warehouse, stores, channel, network } = DAY_PLACES;
  const login = { user: tryton.login.user, password: { env: 'TRYTON_PASSWORD' } };
  const asTryton = { vendor: 'tryton', baseUrl: door.url, database: tryton.database, login };
  const place = (location: string) => ({
    location,
    type: location === warehouse ? 'DC' : 'STORE',
    timeZone: 'Europe/London',
    capabilities: location === warehouse ? ['SHIP', 'RECEIVE'] : ['PICKUP', 'RETURN', 'RECEIVE'],
  });
  const warehouses = Object.entries(DAY_WAREHOUSES).map(([code, location]) => [code, place(location)]);
  return {
    systems: [
      {
        kind: 'erp',
        system: DAY_SYSTEMS.erp,
        ...asTryton,
        sales: { customer: tryton.customer },
        comparedLocations: stores,
        mapping: {
          units: { u: 'EA' },
          warehouses: Object.fromEntries(warehouses),
          lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
          companyCurrency: 'GBP',
        },
      },
      {
        kind: 'wms',
        system: DAY_SYSTEMS.wms,
        ...asTryton,
        customer: tryton.customer,
        mapping: { locations: { [WORKED_WAREHOUSE]: warehouse }, lost: 'LOST', found: 'FOUND' },
      },
      {
        kind: 'pos',
        vendor: 'square',
        system: DAY_SYSTEMS.pos,
        baseUrl: square.url,
        accessToken: { env: 'SQUARE_TOKEN' },
        signatureKey: { env: 'SQUARE_KEY' },
        mapping: {
          locations: Object.fromEntries(stores.map((code) => [square.locationId(code), code])),
          tenders: { CARD: 'CARD' },
          states: { COMPLETED: 'FINAL', OPEN: 'PENDING', DRAFT: 'PENDING', CANCELED: 'VOID' },
          returnReasons: {},
          otherReturnReason: 'OTHER',
        },
      },
    ],
    // Nobody waits half a minute on a day that lasts minutes.
    salesPosting: { lookAgainMs: SOON_MS, compareAgainMs: SOON_MS },
    retail: {
      networks: [{ id: network, locations: [warehouse] }],
      channels: [{ id: channel, network, currency: 'GBP', publishes: 'ATS' }],
      countOwners: { [warehouse]: DAY_SYSTEMS.wms },
    },
  };
}
