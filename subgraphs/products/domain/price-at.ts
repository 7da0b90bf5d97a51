import type { Price } from './record-item.ts';

export interface PriceWanted {
  /** Default: the first one that the item is priced in. */
  readonly currency?: string | undefined;
  /** Default: what everybody pays who has no list of their own. */
  readonly priceList?: string | undefined;
}

/**
 * The price that applies at an instant: of those of the currency that are effective then, the latest, a markdown before a
 * regular one. Where a list says nothing, what everybody pays applies.
 */
export function priceAt(prices: readonly Price[], atMs: number, wanted: PriceWanted = {}): Price | undefined {
  const effective = effectiveAt(prices, atMs, wanted);
  return latest(effective.filter(isMarkdown)) ?? latest(effective.filter((price) => !isMarkdown(price)));
}

/** The price that would apply without markdowns. */
export function regularPriceAt(prices: readonly Price[], atMs: number, wanted: PriceWanted = {}): Price | undefined {
  return latest(effectiveAt(prices, atMs, wanted).filter((price) => !isMarkdown(price)));
}

export function isMarkdown({ kind }: Price): boolean {
  return kind === 'MARKDOWN';
}

function effectiveAt(prices: readonly Price[], atMs: number, { currency, priceList }: PriceWanted): readonly Price[] {
  const code = currency ?? prices[0]?.amount.currencyCode;
  const effective = prices.filter(({ amount, effectiveFrom, effectiveUntil }) => {
    const isOver = effectiveUntil !== undefined && Date.parse(effectiveUntil) <= atMs;
    return amount.currencyCode === code && Date.parse(effectiveFrom) <= atMs && !isOver;
  });
  const listed = priceList === undefined ? [] : effective.filter((price) => price.priceList === priceList);
  return listed.length > 0 ? listed : effective.filter((price) => price.priceList === undefined);
}

/** Of those that begin at the same instant, the last one told. */
function latest(prices: readonly Price[]): Price | undefined {
  let current: Price | undefined;
  for (const price of prices) {
    const isLater = !current || Date.parse(price.effectiveFrom) >= Date.parse(current.effectiveFrom);
    if (isLater) current = price;
  }
  return current;
}
