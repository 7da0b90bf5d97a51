import { connectPlainCarrier } from '../../connectors/carrier/plain/connect-plain-carrier.ts';
import { connectBusinessCentral } from '../../connectors/erp/business-central/connect-business-central.ts';
import { connectPlainTax } from '../../connectors/tax/plain/connect-plain-tax.ts';
import { connectPlainPsp } from '../../connectors/payment/plain/connect-plain-psp.ts';
import { PLAIN_PSP_WORDS } from '../../connectors/payment/plain/plain-psp-mapping.ts';
import { connectLightspeed } from '../../connectors/pos/lightspeed/connect-lightspeed.ts';
import { connectSquare } from '../../connectors/pos/square/connect-square.ts';
import { connectShipHero } from '../../connectors/wms/shiphero/connect-ship-hero.ts';
import { liveMapping } from '../../connectors/runtime/live-mapping.ts';
import { openMappingRegistry } from '../../connectors/runtime/mapping-registry.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { RetailOptions } from '../hub/create-subgraphs.ts';
import type { ConnectedSystems } from '../hub/systems.ts';
import { demoLabelRules } from './demo-label-rules.ts';
import { CARRIER_WORDS, ERP_ACCOUNTS, ERP_WORDS, LIGHTSPEED_WORDS, SQUARE_WORDS, WMS_WORDS } from './demo-words.ts';
import { connectDemoMessenger, DEMO_ERP_ORDERS, DEMO_MESSENGER } from './demo-hand-offs.ts';
import { connectDemoOms, DEMO_OMS, subscribeDemoOms } from './demo-oms.ts';
import { connectDemoMarkets, DEMO_MARKETPLACES, subscribeDemoMarkets, type DemoMarkets } from './demo-marketplaces.ts';
import { DEMO_SOURCING_RULES } from './demo-sourcing.ts';
import type { DemoRetailer } from './start-demo-retailer.ts';

/** The names of the demo retailer's systems as sources. */
export const DEMO_SYSTEMS = {
  erp: 'erp-main',
  wms: 'wms-north',
  square: 'pos-north',
  lightspeed: 'pos-west',
  psp: 'psp-main',
  tax: 'tax-main',
  parcels: 'parcels-main',
  messages: DEMO_MESSENGER,
  oms: DEMO_OMS.system,
  /** The app with which stores count their shelves. */
  stockTake: 'stock-take',
} as const;

/** Shared with simulators of this process alone; they guard nothing. */
export const DEMO_SECRETS = {
  erp: 'demo-client-state',
  wms: 'demo-wms-secret',
  square: 'demo-square-key',
  lightspeed: 'demo-lightspeed-secret',
  psp: 'demo-psp-secret',
  parcels: 'demo-parcels-secret',
} as const;

export interface DemoSurroundings {
  readonly platform: Platform;
  readonly publicUrl: string;
  readonly requestCatchUp: () => void;
  /** Whether the marketplaces are told how much may be sold there. Default false. */
  readonly offersStock?: boolean;
}

/** What the hub has to know of the demo retailer's systems; they may run in another process. */
export interface DemoSystems {
  readonly catalogue: DemoRetailer['catalogue'];
  readonly erp: Pick<DemoRetailer['erp'], 'url' | 'companyId'>;
  readonly wms: Pick<DemoRetailer['wms'], 'url' | 'subscribe'>;
  readonly square: Pick<DemoRetailer['square'], 'url' | 'subscribe' | 'locationId'>;
  readonly lightspeed: Pick<DemoRetailer['lightspeed'], 'url' | 'subscribe' | 'outletId'>;
  readonly psp: Pick<DemoRetailer['psp'], 'url' | 'subscribe'>;
  readonly tax: Pick<DemoRetailer['tax'], 'url'>;
  readonly parcels: Pick<DemoRetailer['parcels'], 'url' | 'subscribe'>;
  readonly markets: DemoMarkets;
  readonly messages: Pick<DemoRetailer['messages'], 'url'>;
  readonly oms: Pick<DemoRetailer['oms'], 'url' | 'subscribe'>;
}

/** Connects a hub that is reached under `publicUrl` to the demo retailer, and the retailer's webhooks to the hub. */
export async function connectDemoRetailer(
  retailer: DemoSystems,
  { platform, publicUrl, requestCatchUp, offersStock = false }: DemoSurroundings,
): Promise<ConnectedSystems> {
  const webhook = (system: string) => `${publicUrl}/webhooks/${system}`;
  const { erp, wms, square, lightspeed } = retailer;
  const mappings = await openMappingRegistry({ platform });
  const live = <Mapping extends object>(system: string, given: Mapping): Mapping =>
    liveMapping(given, (domain) => mappings.rowsOf(system, domain));
  const squareUrl = webhook(DEMO_SYSTEMS.square);
  subscribeHub(retailer, webhook);
  const businessCentral = connectBusinessCentral({
    system: DEMO_SYSTEMS.erp,
    baseUrl: erp.url,
    companyId: erp.companyId,
    credentials: { tokenPath: '/oauth2/token', clientId: 'erp-client', clientSecret: 'erp-secret' },
    clientState: DEMO_SECRETS.erp,
    mapping: live(DEMO_SYSTEMS.erp, ERP_WORDS),
    sales: { customerNumber: 'C-STORE', chargesAccount: '6710' },
    orders: DEMO_ERP_ORDERS,
    books: { customerNumber: 'C-STORE', accounts: ERP_ACCOUNTS },
    requestCatchUp,
    platform,
  });
  return {
    mappings,
    erp: businessCentral,
    ensureSubscribed: () => businessCentral.ensureSubscribed(webhook(DEMO_SYSTEMS.erp)),
    wms: [
      await connectShipHero({
        system: DEMO_SYSTEMS.wms,
        baseUrl: wms.url,
        accessToken: 'wms-token',
        webhookSecret: DEMO_SECRETS.wms,
        mapping: live(DEMO_SYSTEMS.wms, { ...WMS_WORDS, locations: locationsOf(retailer, 'WMS', (code) => code) }),
        platform,
      }),
    ],
    pos: [
      await connectSquare({
        system: DEMO_SYSTEMS.square,
        baseUrl: square.url,
        accessToken: 'square-token',
        signatureKey: DEMO_SECRETS.square,
        notificationUrl: squareUrl,
        mapping: live(DEMO_SYSTEMS.square, {
          ...SQUARE_WORDS,
          locations: locationsOf(retailer, 'SQUARE', (code) => square.locationId(code)),
        }),
        platform,
      }),
      connectLightspeed({
        system: DEMO_SYSTEMS.lightspeed,
        baseUrl: lightspeed.url,
        accessToken: 'lightspeed-token',
        clientSecret: DEMO_SECRETS.lightspeed,
        mapping: live(DEMO_SYSTEMS.lightspeed, {
          ...LIGHTSPEED_WORDS,
          locations: locationsOf(retailer, 'LIGHTSPEED', (code) => lightspeed.outletId(code)),
        }),
        platform,
      }),
    ],
    ...connectDemoServices(retailer, { platform, live }),
    oms: [connectDemoOms(retailer.oms, { platform, live })],
    marketplaces: await connectDemoMarkets(retailer.markets, { platform, live, offersStock }),
  };
}

/** Has the systems send their webhooks to the hub. */
function subscribeHub(retailer: DemoSystems, webhook: (system: string) => string): void {
  const { wms, square, lightspeed, psp, parcels } = retailer;
  wms.subscribe({ url: webhook(DEMO_SYSTEMS.wms), secret: DEMO_SECRETS.wms });
  square.subscribe({ url: webhook(DEMO_SYSTEMS.square), signatureKey: DEMO_SECRETS.square });
  lightspeed.subscribe({ url: webhook(DEMO_SYSTEMS.lightspeed), secret: DEMO_SECRETS.lightspeed });
  psp.subscribe({ url: webhook(DEMO_SYSTEMS.psp), secret: DEMO_SECRETS.psp });
  parcels.subscribe({ url: webhook(DEMO_SYSTEMS.parcels), secret: DEMO_SECRETS.parcels });
  subscribeDemoOms(retailer.oms, webhook);
  subscribeDemoMarkets(retailer.markets, webhook);
}

/** Those who serve the web shops: who takes their money, knows their taxes, carries their parcels, writes to their customers. */
function connectDemoServices(
  { psp, tax, parcels, messages }: Pick<DemoSystems, 'psp' | 'tax' | 'parcels' | 'messages'>,
  { platform, live }: { readonly platform: Platform; readonly live: <M extends object>(system: string, given: M) => M },
): Required<Pick<ConnectedSystems, 'payments' | 'taxes' | 'carriers' | 'messengers'>> {
  const payments = connectPlainPsp({
    system: DEMO_SYSTEMS.psp,
    baseUrl: psp.url,
    accessToken: 'psp-token',
    webhookSecret: DEMO_SECRETS.psp,
    mapping: live(DEMO_SYSTEMS.psp, PLAIN_PSP_WORDS),
    platform,
  });
  const taxes = connectPlainTax({ system: DEMO_SYSTEMS.tax, baseUrl: tax.url, accessToken: 'tax-token', platform });
  const carriers = connectPlainCarrier({
    system: DEMO_SYSTEMS.parcels,
    baseUrl: parcels.url,
    accessToken: 'carrier-token',
    webhookSecret: DEMO_SECRETS.parcels,
    mapping: live(DEMO_SYSTEMS.parcels, CARRIER_WORDS),
    platform,
  });
  const messengers = [connectDemoMessenger(messages, platform)];
  return { payments: [payments], taxes: [taxes], carriers: [carriers], messengers };
}

/** Both web shops have their taxes checked. */
export const DEMO_TAX_RULES: NonNullable<RetailOptions['taxRules']> = [
  { channel: 'WEB-GB', system: DEMO_SYSTEMS.tax, country: 'GB', onMismatch: 'HOLD' },
  { channel: 'WEB-IE', system: DEMO_SYSTEMS.tax, country: 'IE', onMismatch: 'HOLD' },
];

/** How the demo retailer sells: two web shops, a British and an Irish one, over networks that share the warehouse. */
export function demoRetailOptions({ catalogue }: Pick<DemoSystems, 'catalogue'>): RetailOptions {
  const codes = catalogue.locations.map(({ code }) => code);
  const british = codes.filter((code) => code !== 'STORE-DUBLIN');
  return {
    networks: [
      { id: 'ONLINE-GB', locations: british },
      { id: 'ONLINE-IE', locations: ['STORE-DUBLIN', 'DC-NORTH'] },
    ],
    channels: [
      { id: 'WEB-GB', network: 'ONLINE-GB', currency: 'GBP', publishes: 'ATS' },
      { id: 'WEB-IE', network: 'ONLINE-IE', currency: 'EUR', publishes: 'BAND' },
      ...Object.values(DEMO_MARKETPLACES).map(({ channel, network, currency }) => {
        return { id: channel, network, currency, publishes: 'ATS' as const };
      }),
    ],
    sourcingRules: DEMO_SOURCING_RULES,
    labelRules: demoLabelRules(catalogue, DEMO_SYSTEMS.parcels),
    countOwners: Object.fromEntries(
      catalogue.locations.map(({ code, system }) => [
        code,
        system === 'WMS' ? DEMO_SYSTEMS.wms : DEMO_SYSTEMS.stockTake,
      ]),
    ),
  };
}

/** The vendor's id of each of its locations, with the hub's. */
function locationsOf(
  { catalogue }: Pick<DemoSystems, 'catalogue'>,
  system: 'WMS' | 'SQUARE' | 'LIGHTSPEED',
  vendorId: (code: string) => string,
): Record<string, string> {
  const codes = catalogue.locations.filter((location) => location.system === system).map(({ code }) => code);
  return Object.fromEntries(codes.map((code) => [vendorId(code), code]));
}
