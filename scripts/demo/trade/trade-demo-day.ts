import { createHubClient } from '../../client/hub-client.ts';
import type { DevIssuer } from '../../../gateway/auth/dev-issuer.ts';
import type { DemoRetailer } from '../start-demo-retailer.ts';
import { createMarketplaceCustomers } from './buy-at-marketplaces.ts';
import { countShelves } from './count-shelves.ts';
import { createChance, type Chance } from './demo-chance.ts';
import { createOnlineShoppers } from './order-online.ts';
import { createReturningCustomers } from './return-in-store.ts';
import { takeOverOpenWork } from './take-over-open-work.ts';
import { createTills } from './sell-in-stores.ts';
import { openStoreApp, type StoreApp } from './work-in-store.ts';

export interface DemoDayOptions {
  readonly hubUrl: string;
  readonly retailer: DemoRetailer;
  readonly issuer: DevIssuer;
  /** Between two things that happen. */
  readonly paceMs: number;
  readonly randomSeed: number;
  /** Begins the numbers of this day's documents. */
  readonly day: string;
  /** Hears each thing that happens, in a sentence. */
  readonly tell: (sentence: string) => void;
}

export interface DemoDay {
  close(): Promise<void>;
}

/** Stores that ship from their own shelves: the Irish shop prefers Dublin. */
const SHIPPING_STORES = ['STORE-DUBLIN'];
const STEPS_PER_WAREHOUSE_STEP = 4;

/** Trades until it is closed: stores sell, shoppers order, the warehouse ships, customers bring back. */
export async function tradeDemoDay(options: DemoDayOptions): Promise<DemoDay> {
  const { retailer, issuer, hubUrl, paceMs, tell, day } = options;
  const as = async (...request: Parameters<DevIssuer['issueToken']>) =>
    createHubClient(hubUrl, await issuer.issueToken(...request));
  const chance = createChance(options.randomSeed);
  await countShelves(retailer, { integrator: await as({ role: 'integrator' }), day });
  const agent = await as({ role: 'agent' });
  const takenOver = await takeOverOpenWork(retailer, agent);
  if (takenOver > 0) tell(`The warehouse goes on with ${takenOver} orders of an earlier day`);
  const pilot = retailer.wms.work.autopilot({ stepMs: paceMs * STEPS_PER_WAREHOUSE_STEP });
  const apps: StoreApp[] = [];
  for (const location of SHIPPING_STORES) {
    const token = await issuer.issueToken({ role: 'store', stores: [location] });
    apps.push(openStoreApp({ location, token, hub: createHubClient(hubUrl, token), stepMs: paceMs * 2, tell }));
  }
  const stores = retailer.catalogue.locations.filter(({ system }) => system !== 'WMS').map(({ code }) => code);
  const stop = actAtPace(actionsOf({ options, chance, agent, stores }), { chance, paceMs, tell });
  return {
    close: async () => {
      stop();
      pilot.stop();
      await Promise.all(apps.map((app) => app.close()));
    },
  };
}

type Action = () => Promise<string | undefined> | string | undefined;

/** Each as often as it stands here, out of all. */
function actionsOf(parts: {
  readonly options: DemoDayOptions;
  readonly chance: Chance;
  readonly agent: ReturnType<typeof createHubClient>;
  readonly stores: readonly string[];
}): readonly Action[] {
  const { options, chance, agent, stores } = parts;
  const { retailer, day } = options;
  const tills = createTills(retailer, chance);
  const shoppers = createOnlineShoppers(retailer, { shop: agent, chance, day });
  const customers = createReturningCustomers(agent, { chance, stores });
  const marketplaces = createMarketplaceCustomers(retailer, chance);
  const deliver = () => receiveGoods(retailer, chance);
  return [
    ...Array.from({ length: 10 }, (): Action => () => tills.sell()),
    ...Array.from({ length: 6 }, (): Action => () => shoppers.order()),
    ...Array.from({ length: 3 }, (): Action => () => marketplaces.buy()),
    () => marketplaces.regret(),
    () => tills.takeBack(),
    () => customers.bringBack(),
    deliver,
    deliver,
  ];
}

function receiveGoods({ catalogue, wms }: DemoRetailer, chance: Chance): string {
  const { sku } = chance.pick(catalogue.items.filter(({ unit }) => unit === 'EA'));
  const quantity = String(chance.between(1, 4) * 6);
  const [warehouse = 'DC-NORTH'] = catalogue.locations.filter(({ system }) => system === 'WMS').map(({ code }) => code);
  wms.receive({ warehouse, sku, quantity, reference: `PO-${chance.between(10_000, 99_999)}` });
  return `${warehouse} received ${quantity} ${sku}`;
}

/** One action at a time: a slow hub slows the day down and is never flooded. */
function actAtPace(
  actions: readonly Action[],
  {
    chance,
    paceMs,
    tell,
  }: { readonly chance: Chance; readonly paceMs: number; readonly tell: (sentence: string) => void },
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const act = async () => {
    try {
      const sentence = await chance.pick(actions)();
      if (sentence !== undefined && !isStopped) tell(sentence);
    } catch (error) {
      if (!isStopped) tell(`Something was in the way: ${String(error)}`);
    }
    if (!isStopped) timer = setTimeout(() => void act(), paceMs);
  };
  void act();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
