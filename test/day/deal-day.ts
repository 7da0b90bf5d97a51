import { normaliseOnlineRetail } from '../../connectors/file/online-retail/normalise-online-retail.ts';
import { ONLINE_RETAIL_DEFAULTS } from '../../connectors/file/online-retail/online-retail-options.ts';
import type { OnlineRetailRow } from '../../connectors/file/online-retail/online-retail-rows.ts';
import type { InboundMessage } from '../../connectors/runtime/inbound.ts';
import {
  returnRecorded,
  stockAdjusted,
  storeSaleRecorded,
  webSaleRecorded,
  type ItemRecorded,
  type ReturnRecorded,
  type StockAdjusted,
  type StoreSaleRecorded,
} from '../../schema/events/inbox.ts';

export const DAY_PLACES = {
  warehouse: 'GIFT-DC',
  stores: ['GIFT-STORE-1', 'GIFT-STORE-2'],
  channel: 'GIFT-WEB',
  network: 'GIFT-ONLINE',
} as const;

export interface DayLine {
  readonly sku: string;
  /** Whole pieces, more than zero. */
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** One thing that happens on the day, where people do it. */
export type DayStep =
  /** Rung up at a till of the store. */
  | ({
      readonly kind: 'SALE' | 'RETURN';
      readonly store: string;
      readonly number: string;
      readonly atMs: number;
    } & Lines)
  /** Placed in the web shop, shipped from the warehouse. */
  | ({ readonly kind: 'ORDER'; readonly number: string; readonly atMs: number } & Lines)
  /** Pieces that are gone from the warehouse. */
  | { readonly kind: 'WRITE_OFF'; readonly sku: string; readonly quantity: number; readonly atMs: number };
interface Lines {
  readonly lines: readonly DayLine[];
}

export interface DayItem {
  readonly sku: string;
  readonly title: string;
  readonly priceMinor: number;
}

export interface DealtDay {
  /** In the order of their times. */
  readonly steps: readonly DayStep[];
  /** What the steps are about. */
  readonly items: readonly DayItem[];
  /** Rows that no system of the day would tell: carriage, fees and vouchers, and rows that mean nothing. */
  readonly leftOut: { readonly charges: number; readonly unreadable: number };
}

/** Every how many web invoices are one of the web shop; the others were bought in a store. */
const ORDERS_EVERY = 3;
/** What a till or a shop window shows for goods that the file has no price for. */
const PRICE_OF_NONE_MINOR = 100;

/**
 * Deals the rows of a day over two stores, a web shop and its warehouse: invoices without a customer are sales of stores,
 * of the others every third is an order of the web shop. Credits come back to stores, stock that was written off was the
 * warehouse's. The same rows are dealt the same.
 */
export function dealDay(rows: readonly OnlineRetailRow[]): DealtDay {
  const places = { storeLocation: 'STORE', webLocation: 'WEB', webChannel: 'WEB' };
  const file = normaliseOnlineRetail(rows, { ...ONLINE_RETAIL_DEFAULTS, ...places });
  const leftOut = { charges: 0, unreadable: 0 };
  const steps = file.documents.flatMap(({ message, rows: counts }) => {
    leftOut.charges += counts.charges;
    leftOut.unreadable += counts.quarantined;
    return 'reason' in message ? [] : stepsOf(message);
  });
  const concerned = new Set(steps.flatMap(skusOf));
  const items = file.items.map(itemOf).filter(({ sku }) => concerned.has(sku));
  return { steps: steps.toSorted((a, b) => a.atMs - b.atMs), items, leftOut };
}

export function skusOf(step: DayStep): readonly string[] {
  return step.kind === 'WRITE_OFF' ? [step.sku] : step.lines.map(({ sku }) => sku);
}

/**
 * Pieces of each SKU to have everywhere when the day begins: what leaves the place that most leaves from, rounded up to
 * the next ten.
 */
export function openingStock(steps: readonly DayStep[]): ReadonlyMap<string, number> {
  const leaving = new Map<string, number>();
  const add = (sku: string, place: string, quantity: number) => {
    const key = `${sku}|${place}`;
    leaving.set(key, (leaving.get(key) ?? 0) + quantity);
  };
  for (const step of steps) {
    if (step.kind === 'WRITE_OFF') add(step.sku, DAY_PLACES.warehouse, step.quantity);
    else if (step.kind !== 'RETURN') {
      const place = step.kind === 'SALE' ? step.store : DAY_PLACES.warehouse;
      for (const { sku, quantity } of step.lines) add(sku, place, quantity);
    }
  }
  const opening = new Map(steps.flatMap(skusOf).map((sku) => [sku, 0]));
  for (const [key, quantity] of leaving) {
    const sku = key.slice(0, key.indexOf('|'));
    opening.set(sku, Math.max(opening.get(sku) ?? 0, Math.ceil(quantity / 10) * 10));
  }
  return opening;
}

/** Pieces of each position when the day is over and returned goods are back on the shelf, by `sku|location`. */
export function closingStock(steps: readonly DayStep[]): ReadonlyMap<string, number> {
  const places = [DAY_PLACES.warehouse, ...DAY_PLACES.stores];
  const stock = new Map<string, number>(
    [...openingStock(steps)].flatMap(([sku, quantity]) =>
      places.map((place) => [`${sku}|${place}`, quantity] as const),
    ),
  );
  const move = (position: string, by: number) => stock.set(position, (stock.get(position) ?? 0) + by);
  for (const step of steps) {
    if (step.kind === 'WRITE_OFF') {
      move(`${step.sku}|${DAY_PLACES.warehouse}`, -step.quantity);
      continue;
    }
    const place = step.kind === 'ORDER' ? DAY_PLACES.warehouse : step.store;
    for (const { sku, quantity } of step.lines) move(`${sku}|${place}`, step.kind === 'RETURN' ? quantity : -quantity);
  }
  return stock;
}

/** The first so many of each kind, of documents that are not too long; for a day that has to be short. */
export function shortened(
  { steps, items, leftOut }: DealtDay,
  { ofEachKind, linesMax }: { readonly ofEachKind: number; readonly linesMax: number },
): DealtDay {
  const short = steps.filter((step) => skusOf(step).length <= linesMax);
  const taken = new Set(
    [...Map.groupBy(short, ({ kind }) => kind).values()].flatMap((own) => own.slice(0, ofEachKind)),
  );
  const kept = steps.filter((step) => taken.has(step));
  const concerned = new Set(kept.flatMap(skusOf));
  return { steps: kept, items: items.filter(({ sku }) => concerned.has(sku)), leftOut };
}

function stepsOf({ definition, data, eventId, occurredAtMs: atMs }: InboundMessage): readonly DayStep[] {
  if (definition === stockAdjusted) {
    // Nothing in the file adds stock by an adjustment: a positive quantity without a price cannot be read.
    const written = (data as StockAdjusted).lines.map(({ sku, quantity }) => ({ sku, quantity: -Number(quantity) }));
    return written.map((each) => ({ kind: 'WRITE_OFF', atMs, ...each }));
  }
  const { lines } = data as StoreSaleRecorded | ReturnRecorded;
  if (lines.length === 0) return [];
  const ordinal = Number(eventId.replace(/\D/g, ''));
  const store = DAY_PLACES.stores[ordinal % DAY_PLACES.stores.length] ?? DAY_PLACES.stores[0];
  const own = { number: eventId, atMs, lines: lines.map(lineOf) };
  if (definition === returnRecorded) return [{ kind: 'RETURN', store, ...own }];
  if (definition === webSaleRecorded && ordinal % ORDERS_EVERY === 0) return [{ kind: 'ORDER', ...own }];
  return definition === storeSaleRecorded || definition === webSaleRecorded ? [{ kind: 'SALE', store, ...own }] : [];
}

function lineOf({ sku, quantity, unitPriceMinor }: StoreSaleRecorded['lines'][number]): DayLine {
  return { sku, quantity: Number(quantity), unitPriceMinor };
}

function itemOf({ data }: InboundMessage): DayItem {
  const { sku, title, prices } = data as ItemRecorded;
  return { sku, title, priceMinor: prices[0]?.amount.amountMinor ?? PRICE_OF_NONE_MINOR };
}
