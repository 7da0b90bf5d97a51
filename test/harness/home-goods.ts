import type { ErpSeed } from '../../connectors/simulators/erp/erp-seed.ts';

/* A retailer of home goods: what its ERP knows, and which systems its hub stands between. */

export const ERP = 'erp-main';
export const WMS = 'wms-main';
export const OMS = 'oms-main';
export const OMS_SECRET = 'webhook-secret';
export const HOME_SKUS = ['SOFA', 'LAMP', 'RUG'] as const;
/** The code by which the warehouse system knows the distribution centre. */
export const HOME_WAREHOUSE = 'W-1';

const CUSTOMER = 'C-HOME';
const UNIT = { code: 'PCS', displayName: 'Piece', internationalStandardCode: 'EA' };

function place(code: string, locationType: 'STORE' | 'DC'): ErpSeed['locations'][number] {
  const address = { addressLine1: '1 High Street', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };
  return { code, displayName: code, locationType, timeZone: 'Europe/London', ...address };
}

function item(number: string): ErpSeed['items'][number] {
  const product = { displayName: number, productNumber: number, productName: number, attributes: [] };
  const rest = { gtin: '', itemCategoryCode: 'HOME', unitPriceMinor: 10_000, taxGroupCode: 'ZERO' };
  return { number, ...product, baseUnitOfMeasureCode: UNIT.code, quantityStep: '1', ...rest };
}

export const HOME_ERP_SEED: ErpSeed = {
  unitsOfMeasure: [UNIT],
  locations: [place('VENDOR', 'DC'), place('DC', 'DC'), place('STORE', 'STORE')],
  items: HOME_SKUS.map(item),
  prices: [],
  customers: [
    {
      number: CUSTOMER,
      displayName: 'Home',
      email: 'home@example.com',
      addressLine1: '1 High Street',
      city: 'York',
      postalCode: 'YO1 1AA',
      country: 'GB',
      currencyCode: 'GBP',
    },
  ],
};

interface HomeSystems {
  readonly erp: { readonly url: string; readonly companyId: string };
  readonly wms: { readonly url: string };
  readonly oms: { readonly url: string };
}

/** The file of systems of its hub. @param nodes what the nodes of the OMS mean */
export const homeSystems = ({ erp, wms, oms }: HomeSystems, nodes: Readonly<Record<string, string>>): object => ({
  systems: [
    {
      kind: 'erp',
      vendor: 'business-central',
      system: ERP,
      baseUrl: erp.url,
      companyId: erp.companyId,
      credentials: { tokenPath: '/oauth2/token', clientId: 'erp-client', clientSecret: { env: 'ERP_SECRET' } },
      clientState: 'home-client-state',
      orders: { customers: { HOME: CUSTOMER }, chargesAccount: '6710' },
      mapping: {
        units: { PCS: 'EA' },
        locationTypes: { STORE: 'STORE', DC: 'DC' },
        capabilities: { STORE: ['SHIP'], DC: ['SHIP'] },
        lifecycleByBlocked: { false: 'ACTIVE', true: 'DISCONTINUED' },
        tracking: { '': 'NONE' },
        companyCurrency: 'GBP',
        priceLists: [],
        timeZone: 'Europe/London',
      },
    },
    {
      kind: 'wms',
      vendor: 'shiphero',
      system: WMS,
      baseUrl: wms.url,
      accessToken: 'wms-token',
      webhookSecret: { env: 'WMS_SECRET' },
      mapping: {
        locations: { [HOME_WAREHOUSE]: 'DC' },
        statuses: { available: 'SELLABLE', hold: 'NOT_SELLABLE', damaged: 'NOT_SELLABLE', quarantine: 'NOT_SELLABLE' },
        reasons: {},
      },
    },
    {
      kind: 'oms',
      vendor: 'plain',
      system: OMS,
      baseUrl: oms.url,
      accessToken: 'oms-token',
      webhookSecret: { env: 'OMS_SECRET' },
      mapping: { locations: nodes },
    },
  ],
  retail: {
    networks: [{ id: 'HOME', locations: ['VENDOR', 'STORE', 'DC'] }],
    channels: [{ id: 'HOME', network: 'HOME', currency: 'GBP', publishes: 'ATS' }],
    orchestrationRules: [{ channel: 'HOME', system: OMS }],
    salesOrderRules: [{ channel: 'HOME', system: ERP }],
  },
});
