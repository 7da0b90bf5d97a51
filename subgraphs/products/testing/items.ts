import type { ItemRecorded } from '../../../schema/events/inbox.ts';

const SINCE = '2026-01-01T00:00:00.000Z';

/** An item whose own words are those that a test gives. */
export function itemOf(sku: string, differing: Partial<ItemRecorded> = {}): ItemRecorded {
  return {
    sku,
    title: `Item ${sku}`,
    product: { id: `P-${sku}`, title: `Product ${sku}` },
    baseUnit: 'EA',
    step: '1',
    tracking: 'NONE',
    categories: ['HOME', 'LIGHTS'],
    attributes: [],
    lifecycle: 'ACTIVE',
    prices: [priceOf(250)],
    ...differing,
  };
}

export function priceOf(
  amountMinor: number,
  currencyCode = 'GBP',
  effectiveFrom = SINCE,
): ItemRecorded['prices'][number] {
  return { amount: { amountMinor, currencyCode }, effectiveFrom };
}
