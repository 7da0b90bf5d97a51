import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import type {
  MarketplaceLine,
  MarketplaceOrderPending,
  MarketplaceOrderReceived,
} from '../../../schema/events/inbox-marketplace.ts';
import type { NewLine } from '../domain/capture-order.ts';
import type { SoldLine } from '../domain/marketplace/marketplace-terms.ts';
import type { OrderCharge } from '../domain/order-line.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import type { KnownSku } from './registry.ts';

type KnownSkus = ReadonlyMap<string, KnownSku>;

export function soldLineOf(line: MarketplaceLine, known: KnownSkus): SoldLine {
  const { lineId, unitPriceMinor, discounts = [], taxes = [], pickupAt } = line;
  return {
    lineId,
    ...unpaidLineOf(line, known),
    unitPriceMinor,
    discounts: discounts.map(({ promotion = null, ...discount }) => ({ promotion, ...discount })),
    taxes,
    ...(pickupAt !== undefined && { pickupAt }),
  };
}

/** Without its price. */
export function unpaidLineOf(
  line: MarketplaceOrderPending['lines'][number],
  known: KnownSkus,
): Pick<NewLine, 'sku' | 'decimals' | 'ordered'> {
  const measured = known.get(line.sku) ?? { decimals: 0 };
  return { sku: line.sku, decimals: measured.decimals, ordered: parsePositiveInUnit(line, measured) };
}

export function chargeOf({ taxes, ...charge }: MarketplaceOrderReceived['charges'][number]): OrderCharge {
  return taxes ? { ...charge, taxes } : charge;
}

export function destinationOf({ destination }: MarketplaceOrderReceived): { readonly destination?: Destination } {
  if (!destination) return {};
  const postalCode = destination.postalCode?.replaceAll(/\s/g, '').toUpperCase() ?? null;
  return { destination: { country: destination.country, postalCode, latitude: null, longitude: null } };
}
