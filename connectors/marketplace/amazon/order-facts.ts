import { skuId } from '../../../kernel/model/codes.ts';
import type {
  MarketplaceLine,
  MarketplaceOrderPending,
  MarketplaceOrderReceived,
} from '../../../schema/events/inbox-marketplace.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { minorUnits } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { AmazonMapping } from './amazon-mapping.ts';
import type { AmazonItem, AmazonMoney, AmazonOrder } from './amazon-objects.ts';

export interface OrderTerms {
  readonly mapping: AmazonMapping;
  /** Amazon tells no time until which an order is to be taken on, but expects it soon. */
  readonly acknowledgeWithinMs: number;
}

type Tax = NonNullable<MarketplaceLine['taxes']>[number];

/**
 * An order that is paid for and has to be sent, as a fact.
 * @throws {Unreadable} for an unmapped value, or when its items do not add up to its total
 */
export function receivedOrder(
  order: AmazonOrder,
  items: readonly AmazonItem[],
  terms: OrderTerms,
): MarketplaceOrderReceived {
  const { OrderTotal: total, LatestShipDate: shipBy } = order;
  if (!total) throw new Unreadable('The order has no total.');
  const currency = total.CurrencyCode;
  const left = items.filter(isLeft);
  const country = order.ShippingAddress?.CountryCode?.toUpperCase();
  const jurisdiction = country ?? order.MarketplaceId ?? 'unknown';
  const read = left.map((item) => readItem(item, { currency, jurisdiction, mapping: terms.mapping }));
  const charges = chargesOf(left, { currency, jurisdiction });
  const priced = { lines: read, charges };
  return {
    channel: mapped(terms.mapping.marketplaces, order.MarketplaceId ?? '', 'marketplace'),
    externalId: order.AmazonOrderId,
    currency,
    acknowledgeBy: acknowledgeBy(order, terms.acknowledgeWithinMs),
    ...(shipBy !== undefined && { shipBy: iso(shipBy) }),
    ...(country !== undefined && /^[A-Z]{2}$/.test(country) && { destination: destinationOf(order, country) }),
    ...(!doPricesIncludeTax(priced, minorOf(total, currency)) && { pricesIncludeTax: false }),
    ...priced,
  };
}

/**
 * An order whose customer has not paid yet: Amazon tells what was bought, and neither what it costs nor where it goes.
 * @throws {Unreadable} for an unmapped value
 */
export function pendingOrder(
  order: AmazonOrder,
  items: readonly AmazonItem[],
  { mapping }: OrderTerms,
): MarketplaceOrderPending {
  return {
    channel: mapped(mapping.marketplaces, order.MarketplaceId ?? '', 'marketplace'),
    externalId: order.AmazonOrderId,
    lines: items.filter(isLeft).map((item) => piecesOf(item, mapping)),
  };
}

const isLeft = ({ QuantityOrdered: quantity }: AmazonItem): boolean => Number(quantity) > 0;

function piecesOf(
  { OrderItemId: lineId, SellerSKU: sellerSku, QuantityOrdered: quantity }: AmazonItem,
  { skus }: AmazonMapping,
): MarketplaceOrderPending['lines'][number] {
  if (sellerSku === undefined) throw new Unreadable(`The item ${lineId} names no SKU.`);
  const sku = skuId(skus ? mapped(skus, sellerSku, 'seller SKU') : sellerSku);
  return { lineId, sku, quantity: String(Number(quantity)) };
}

const iso = (text: string): string => new Date(text).toISOString();

/** The earlier of what it says itself and what the account was promised. */
function acknowledgeBy({ PurchaseDate: bought, PromiseResponseDueDate: due }: AmazonOrder, withinMs: number): string {
  const usualMs = Date.parse(bought) + withinMs;
  return new Date(due === undefined ? usualMs : Math.min(usualMs, Date.parse(due))).toISOString();
}

function destinationOf({ ShippingAddress: address }: AmazonOrder, country: string) {
  const postalCode = address?.PostalCode?.trim().slice(0, 20) ?? '';
  return { country, ...(postalCode !== '' && { postalCode }) };
}

interface Reading {
  readonly currency: string;
  readonly jurisdiction: string;
}

function readItem(item: AmazonItem, { currency, jurisdiction, mapping }: Reading & Pick<OrderTerms, 'mapping'>) {
  const { PromotionIds: promotions = [] } = item;
  const quantity = Number(item.QuantityOrdered);
  const priceMinor = minorOf(item.ItemPrice, currency);
  const unitPriceMinor = Math.ceil(priceMinor / quantity);
  const promotedMinor = minorOf(item.PromotionDiscount, currency);
  const roundedMinor = unitPriceMinor * quantity - priceMinor;
  const [promotion] = promotions;
  const discounts = [
    { description: 'Promotion', amountMinor: promotedMinor, ...(promotion !== undefined && { promotion }) },
    // A price of all pieces that is no multiple of their number.
    { description: 'Rounding of the unit price', amountMinor: roundedMinor },
  ].filter(({ amountMinor }) => amountMinor > 0);
  const taxMinor = minorOf(item.ItemTax, currency) - minorOf(item.PromotionDiscountTax, currency);
  const line: MarketplaceLine = {
    ...piecesOf(item, mapping),
    unitPriceMinor,
    ...(discounts.length > 0 && { discounts }),
    ...taxesOf(taxMinor, priceMinor - promotedMinor, jurisdiction),
  };
  return line;
}

type Charge = MarketplaceOrderReceived['charges'][number];

function chargesOf(
  items: readonly AmazonItem[],
  { currency, jurisdiction }: Reading,
): MarketplaceOrderReceived['charges'] {
  const sum = (of: (item: AmazonItem) => AmazonMoney | undefined): number =>
    items.reduce((total, item) => total + minorOf(of(item), currency), 0);
  const shippingMinor = sum((item) => item.ShippingPrice);
  const shippingOffMinor = sum((item) => item.ShippingDiscount);
  const shippingTaxMinor = sum((item) => item.ShippingTax) - sum((item) => item.ShippingDiscountTax);
  const wrapMinor = sum((item) => item.BuyerInfo?.GiftWrapPrice);
  const wrapTaxMinor = sum((item) => item.BuyerInfo?.GiftWrapTax);
  const charges: readonly Charge[] = [
    {
      kind: 'SHIPPING',
      description: 'Shipping',
      amountMinor: shippingMinor,
      ...taxesOf(shippingTaxMinor, shippingMinor - shippingOffMinor, jurisdiction),
    },
    { kind: 'DISCOUNT', description: 'Shipping discount', amountMinor: 0 - shippingOffMinor },
    {
      kind: 'OTHER',
      description: 'Gift wrap',
      amountMinor: wrapMinor,
      ...taxesOf(wrapTaxMinor, wrapMinor, jurisdiction),
    },
  ];
  return charges.filter(({ amountMinor, taxes }) => amountMinor !== 0 || taxes !== undefined);
}

/** Amazon tells amounts and no rates, so the rate is the one that they come to. */
function taxesOf(amountMinor: number, ofMinor: number, jurisdiction: string): { readonly taxes?: Tax[] } {
  if (amountMinor <= 0) return {};
  const hundredths = ofMinor > 0 ? Math.round((amountMinor * 10_000) / ofMinor) : 0;
  return { taxes: [{ jurisdiction, ratePercent: String(hundredths / 100), amountMinor }] };
}

/** Whether the taxes are a part of the prices is not told: the total tells it. */
function doPricesIncludeTax(priced: Pick<MarketplaceOrderReceived, 'lines' | 'charges'>, totalMinor: number): boolean {
  const { lines, charges } = priced;
  const goodsMinor = lines.reduce((sum, { unitPriceMinor, quantity, discounts = [] }) => {
    return sum + unitPriceMinor * Number(quantity) - sumOf(discounts);
  }, 0);
  const withoutMinor = goodsMinor + sumOf(charges);
  const taxMinor = [...lines, ...charges].reduce((sum, { taxes = [] }) => sum + sumOf(taxes), 0);
  if (withoutMinor === totalMinor) return true;
  if (withoutMinor + taxMinor === totalMinor) return false;
  throw new Unreadable(`The items come to ${withoutMinor} and taxes of ${taxMinor}, the order to ${totalMinor}.`);
}

const sumOf = (amounts: readonly { readonly amountMinor: number }[]): number =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

function minorOf(money: AmazonMoney | undefined, currency: string): number {
  if (!money) return 0;
  if (money.CurrencyCode !== currency) {
    throw new Unreadable(`An amount is in ${money.CurrencyCode}, the total in ${currency}.`);
  }
  return minorUnits(money.Amount, currency, 'amount');
}
