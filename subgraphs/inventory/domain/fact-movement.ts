import type { MovementReason } from '../../../schema/events/fields.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';
import type { QuantitySign } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';
import type { MovementKind, Place } from './ledger-event.ts';

export interface Route {
  readonly from: Place;
  readonly to: Place;
}

/** How a kind of fact moves stock at its location. */
export interface FactMovement {
  readonly kind: MovementKind;
  readonly sign: QuantitySign;
  route(location: string, steps: Steps, line: FactLine): Route;
  reason(line: FactLine): MovementReason;
}

const CUSTOMER: Place = { virtual: 'CUSTOMER' };
const SUPPLIER: Place = { virtual: 'SUPPLIER' };
const SHRINK: Place = { virtual: 'SHRINK' };
const TRANSIT: Place = { virtual: 'TRANSIT' };
const sellable = (location: string): Place => ({ location, bucket: 'SELLABLE' });

const RETURN_RECEIPT: FactMovement = {
  kind: 'RETURN_RECEIPT',
  sign: 'positive',
  route: (location) => ({ from: CUSTOMER, to: { location, bucket: 'RETURN_PENDING' } }),
  reason: () => 'RETURN',
};

const SHIP: FactMovement = {
  kind: 'SHIP',
  sign: 'positive',
  route: (location) => ({ from: sellable(location), to: CUSTOMER }),
  reason: () => 'SHIP',
};

/** Facts that are no movement by themselves, such as a pick, a count and an announcement, have none. */
export const FACT_MOVEMENTS: Readonly<Record<StockFact['type'], FactMovement | undefined>> = {
  'store-sale-recorded': { ...SHIP, kind: 'SALE_POS', reason: () => 'SALE' },
  'web-sale-recorded': SHIP,
  'shipment-recorded': SHIP,
  'return-recorded': RETURN_RECEIPT,
  'announced-return-received': RETURN_RECEIPT,
  'goods-received': {
    kind: 'RECEIPT',
    sign: 'positive',
    route: (location) => ({ from: SUPPLIER, to: sellable(location) }),
    reason: () => 'RECEIPT',
  },
  'stock-adjusted': {
    kind: 'ADJUST',
    sign: 'any',
    route: adjustment,
    reason: ({ reason = 'SYSTEM_RECONCILE' }) => reason,
  },
  'short-pick-recorded': {
    kind: 'SHORT_PICK',
    sign: 'positive',
    route: (location) => ({ from: sellable(location), to: { location, bucket: 'SUSPECT' } }),
    reason: () => 'SHORT_PICK',
  },
  'balance-reported': undefined,
  'transfer-shipped': {
    kind: 'TRANSFER_OUT',
    sign: 'positive',
    route: (location) => ({ from: sellable(location), to: TRANSIT }),
    reason: () => 'TRANSFER',
  },
  'transfer-received': {
    kind: 'TRANSFER_IN',
    sign: 'positive',
    route: (location, _steps, { bucket = 'SELLABLE' }) => ({ from: TRANSIT, to: { location, bucket } }),
    reason: () => 'TRANSFER',
  },
  'transfer-lost': {
    kind: 'ADJUST',
    sign: 'positive',
    route: () => ({ from: TRANSIT, to: SHRINK }),
    reason: () => 'LOST',
  },
  'condition-changed': {
    kind: 'CONDITION',
    sign: 'positive',
    route: handled,
    reason: ({ reason = 'SYSTEM_RECONCILE' }) => reason,
  },
  'stock-disposed': {
    kind: 'DISPOSE',
    sign: 'positive',
    route: handled,
    reason: ({ reason = 'SYSTEM_RECONCILE' }) => reason,
  },
  'supply-announced': undefined,
  'supply-changed': undefined,
  'supply-cancelled': undefined,
  'pick-recorded': undefined,
  'stock-counted': undefined,
};

/** From a bucket of the location to another one, or away from it. */
function handled(location: string, _steps: Steps, { from = 'SELLABLE', to = 'SELLABLE' }: FactLine): Route {
  const isAway = to === 'SUPPLIER' || to === 'SHRINK' || to === 'CUSTOMER' || to === 'TRANSIT';
  return { from: { location, bucket: from }, to: isAway ? { virtual: to } : { location, bucket: to } };
}

/** What is too much goes to SHRINK, what was found comes from there. */
export function adjustment(location: string, steps: Steps): Route {
  return steps < 0 ? { from: sellable(location), to: SHRINK } : { from: SHRINK, to: sellable(location) };
}
