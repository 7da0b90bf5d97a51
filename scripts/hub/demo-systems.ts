import { setTimeout as sleep } from 'node:timers/promises';
import { createDemoCatalogue } from '../../connectors/simulators/demo-catalogue.ts';
import { DEMO_SECRETS, DEMO_SYSTEMS, type DemoSystems } from '../demo/connect-demo-retailer.ts';
import { subscribeDemoOms } from '../demo/demo-oms.ts';
import { subscribeDemoMarkets } from '../demo/demo-marketplaces.ts';
import type { DemoRetailer } from '../demo/start-demo-retailer.ts';

/** Where the process that simulates the outside systems tells what others must know of them. */
export const DEMO_SYSTEMS_PATH = '/demo/systems';

interface DescribedSystems {
  readonly erp: { readonly url: string; readonly companyId: string };
  readonly wms: { readonly url: string };
  readonly square: { readonly url: string; readonly locationIds: Readonly<Record<string, string>> };
  readonly lightspeed: { readonly url: string; readonly outletIds: Readonly<Record<string, string>> };
  readonly psp: { readonly url: string };
  readonly tax: { readonly url: string };
  readonly parcels: { readonly url: string };
  readonly messages: { readonly url: string };
  readonly oms: { readonly url: string };
  readonly markets: { readonly british: { readonly url: string }; readonly irish: { readonly url: string } };
}

const ATTEMPTS_MAX = 60;
const ATTEMPT_MS = 2_000;
const REST_MS = 500;

export function describeDemoSystems(retailer: DemoRetailer): DescribedSystems {
  const { catalogue, erp, wms, square, lightspeed, psp, parcels } = retailer;
  const idsOf = (system: 'SQUARE' | 'LIGHTSPEED', idOf: (code: string) => string): Record<string, string> =>
    Object.fromEntries(
      catalogue.locations.filter((location) => location.system === system).map(({ code }) => [code, idOf(code)]),
    );
  return {
    erp: { url: erp.url, companyId: erp.companyId },
    wms: { url: wms.url },
    square: { url: square.url, locationIds: idsOf('SQUARE', (code) => square.locationId(code)) },
    lightspeed: { url: lightspeed.url, outletIds: idsOf('LIGHTSPEED', (code) => lightspeed.outletId(code)) },
    psp: { url: psp.url },
    tax: { url: retailer.tax.url },
    parcels: { url: parcels.url },
    messages: { url: retailer.messages.url },
    oms: { url: retailer.oms.url },
    markets: { british: { url: retailer.markets.british.url }, irish: { url: retailer.markets.irish.url } },
  };
}

/** Has the simulated systems send their messages to the connectors there. */
export function subscribeDemoSystems(retailer: DemoRetailer, connectorsUrl: string): void {
  const { wms, square, lightspeed, psp, parcels } = retailer;
  const webhook = (system: keyof typeof DEMO_SYSTEMS): string => `${connectorsUrl}/webhooks/${DEMO_SYSTEMS[system]}`;
  wms.subscribe({ url: webhook('wms'), secret: DEMO_SECRETS.wms });
  square.subscribe({ url: webhook('square'), signatureKey: DEMO_SECRETS.square });
  lightspeed.subscribe({ url: webhook('lightspeed'), secret: DEMO_SECRETS.lightspeed });
  psp.subscribe({ url: webhook('psp'), secret: DEMO_SECRETS.psp });
  parcels.subscribe({ url: webhook('parcels'), secret: DEMO_SECRETS.parcels });
  subscribeDemoOms(retailer.oms, (system) => `${connectorsUrl}/webhooks/${system}`);
  subscribeDemoMarkets(retailer.markets, (system) => `${connectorsUrl}/webhooks/${system}`);
}

/** The simulated systems of another process, which may still be starting. @throws when it does not answer in time */
export async function findDemoSystems(simulatorsUrl: string): Promise<DemoSystems> {
  const told = await ask(new URL(DEMO_SYSTEMS_PATH, simulatorsUrl));
  const { erp, wms, square, lightspeed, psp, parcels, tax, messages, oms, markets } = told;
  // Their process has subscribed the connectors.
  const subscribe = (): void => undefined;
  const idOf = (ids: Readonly<Record<string, string>>) => (code: string) => ids[code] ?? '';
  return {
    catalogue: createDemoCatalogue(),
    erp,
    wms: { ...wms, subscribe },
    square: { url: square.url, locationId: idOf(square.locationIds), subscribe },
    lightspeed: { url: lightspeed.url, outletId: idOf(lightspeed.outletIds), subscribe },
    psp: { url: psp.url, subscribe },
    tax,
    parcels: { url: parcels.url, subscribe },
    messages,
    oms: { ...oms, subscribe },
    markets: { british: { ...markets.british, subscribe }, irish: { ...markets.irish, subscribe } },
  };
}

async function ask(url: URL): Promise<DescribedSystems> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(ATTEMPT_MS) });
      if (response.ok) return (await response.json()) as DescribedSystems;
      throw new Error(`status ${response.status}`);
    } catch (error) {
      if (attempt === ATTEMPTS_MAX) throw new Error(`${url.href} does not tell of its systems.`, { cause: error });
    }
    await sleep(REST_MS);
  }
}
