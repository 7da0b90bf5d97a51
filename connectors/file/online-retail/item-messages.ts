import { itemRecorded } from '../../../schema/events/inbox.ts';
import type { InboundMessage } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { readOrUndefined } from '../../runtime/unreadable.ts';
import type { OnlineRetailOptions } from './online-retail-options.ts';
import type { OnlineRetailRow } from './online-retail-rows.ts';
import { chargeKindOf, createTimeReader, goodsCode, unitPriceMinorOf } from './read-row.ts';

interface Item {
  readonly code: string;
  readonly firstSeenMs: number;
  /** From a line with a price: lines without one carry remarks such as "damages" there. */
  pricedTitle: string;
  anyTitle: string;
  priceMinor: number | undefined;
}

/**
 * The item master as the file implies it, one message per code of goods in the order of its first line: the first
 * description, of a priced line where there is one, else the code itself; the first unit price of at least a penny, from
 * the first line on.
 */
export function itemMessages(
  rows: readonly OnlineRetailRow[],
  options: OnlineRetailOptions,
): readonly InboundMessage[] {
  const items = new Map<string, Item>();
  const timeOf = createTimeReader(options.timeZone);
  for (const row of rows) {
    // A row without a code is said to be unreadable where its invoice is read.
    const code = readOrUndefined(() => goodsCode(row));
    const occurredAtMs = timeOf(row.InvoiceDate);
    if (code === undefined || occurredAtMs === undefined || chargeKindOf(code, options) !== undefined) continue;
    const item = items.get(code) ?? {
      code,
      firstSeenMs: occurredAtMs,
      pricedTitle: '',
      anyTitle: '',
      priceMinor: undefined,
    };
    items.set(code, item);
    const description = row.Description.trim();
    const priceMinor = unitPriceMinorOf(row.UnitPrice) ?? 0;
    item.anyTitle ||= description;
    if (priceMinor <= 0) continue;
    item.pricedTitle ||= description;
    item.priceMinor ??= priceMinor;
  }
  return [...items.values()].map((item) => itemMessage(item, options));
}

function itemMessage(
  { code, firstSeenMs, pricedTitle, anyTitle, priceMinor }: Item,
  options: OnlineRetailOptions,
): InboundMessage {
  const title = pricedTitle || anyTitle || code;
  const amount = priceMinor === undefined ? undefined : { amountMinor: priceMinor, currencyCode: options.currency };
  return messageOf(
    itemRecorded,
    { eventId: `item:${code}`, occurredAtMs: firstSeenMs },
    {
      sku: code,
      title,
      product: { id: code, title },
      baseUnit: 'EA',
      step: '1',
      tracking: 'NONE',
      categories: [],
      attributes: [],
      lifecycle: 'ACTIVE',
      prices: amount ? [{ amount, effectiveFrom: new Date(firstSeenMs).toISOString() }] : [],
    },
  );
}
