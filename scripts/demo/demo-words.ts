import {
  PLAIN_PARCEL_STATUSES,
  type PlainCarrierMapping,
} from '../../connectors/carrier/plain/plain-carrier-mapping.ts';
import type { BusinessCentralBooksOptions } from '../../connectors/erp/business-central/business-central-books.ts';
import type { BusinessCentralMapping } from '../../connectors/erp/business-central/business-central-mapping.ts';
import type { PosMapping } from '../../connectors/pos/pos-mapping.ts';
import type { ShipHeroMapping } from '../../connectors/wms/shiphero/ship-hero-mapping.ts';

/** What the words of the demo retailer's systems mean to the hub. A real retailer keeps the same as data of its own. */
export const ERP_WORDS: BusinessCentralMapping = {
  units: { PCS: 'EA', KG: 'KGM', CASE: 'CS' },
  locationTypes: { STORE: 'STORE', DC: 'DC' },
  capabilities: { STORE: ['SHIP', 'PICKUP', 'RETURN', 'RECEIVE'], DC: ['SHIP', 'RETURN', 'RECEIVE'] },
  lifecycleByBlocked: { false: 'ACTIVE', true: 'DISCONTINUED' },
  tracking: { '': 'NONE' },
  companyCurrency: 'GBP',
  priceLists: ['RETAIL-GBP', 'RETAIL-EUR'],
  timeZone: 'Europe/London',
};

/** Which of the ERP's accounts are meant. */
export const ERP_ACCOUNTS: BusinessCentralBooksOptions['accounts'] = {
  INVENTORY: '2110',
  CLEARING: '2340',
  CUSTOMER_LIABILITY: '5410',
  GIFT_CARD_LIABILITY: '5420',
  TAX_PAYABLE: '5610',
  RETURNS: '6120',
  SHIPPING_REVENUE: '6130',
  RETURN_FEES: '6140',
  COGS: '7110',
  RETURN_LOSS: '7170',
};

export const CARRIER_WORDS: PlainCarrierMapping = {
  carriers: { DPD: 'meridian', Swallow: 'swallow' },
  parcelStatuses: PLAIN_PARCEL_STATUSES,
};

export const WMS_WORDS: Omit<ShipHeroMapping, 'locations'> = {
  statuses: { available: 'SELLABLE', hold: 'NOT_SELLABLE', damaged: 'NOT_SELLABLE', quarantine: 'NOT_SELLABLE' },
  reasons: { DAMAGED: 'DAMAGE', LOST: 'LOST', FOUND: 'FOUND', SAMPLE: 'SAMPLE', COUNT: 'CYCLE_COUNT' },
};

const RETURN_WORDS: Pick<PosMapping, 'returnReasons' | 'otherReturnReason'> = {
  returnReasons: { 'too small': 'SIZE_SMALL', 'too large': 'SIZE_LARGE', faulty: 'DEFECTIVE', unwanted: 'UNWANTED' },
  otherReturnReason: 'OTHER',
};

export const SQUARE_WORDS: Omit<PosMapping, 'locations'> = {
  ...RETURN_WORDS,
  tenders: { CARD: 'CARD', CASH: 'CASH', SQUARE_GIFT_CARD: 'GIFT_CARD' },
  states: { COMPLETED: 'FINAL', OPEN: 'PENDING', DRAFT: 'PENDING', CANCELED: 'VOID' },
};

export const LIGHTSPEED_WORDS: Omit<PosMapping, 'locations'> = {
  ...RETURN_WORDS,
  tenders: { Card: 'CARD', Cash: 'CASH', 'Gift Card': 'GIFT_CARD' },
  states: { CLOSED: 'FINAL', SAVED: 'PENDING', OPEN: 'PENDING', VOIDED: 'VOID' },
};
