import { NO_REGISTER, type PostSales, type RegisterSales } from '../../schema/commands/sales.ts';
import { scaledInteger, scaledText } from '../runtime/exact-decimal.ts';

/** A line of a document that holds a batch. Its text says to which register it belongs, also when it is read back. */
export type DocumentLine =
  /** Says how many receipts a register had. */
  | { readonly kind: 'COUNT'; readonly text: string }
  | {
      readonly kind: 'GOODS';
      readonly text: string;
      readonly sku: string;
      /** Less than nothing came back. */
      readonly quantity: string;
      readonly unitPriceMinor: number;
    }
  | { readonly kind: 'AMOUNT'; readonly text: string; readonly amountMinor: number };

/** A line as the ERP tells it. */
export interface ReadLine {
  readonly text: string;
  /** Of goods; null of any other line. */
  readonly quantity: string | null;
  readonly amountMinor: number;
}

/** What the ERP makes of a quantity at a price, rounded as it rounds. */
type AmountOf = (unitPriceMinor: number, quantity: string) => number;

const QUANTITY_PLACES = 4;
const COUNTS = /^(\d+) sales, (\d+) returns$/;
const TEXT = /^Register ([^ :]+)(?:: (.+))?$/;

/**
 * The lines of a document, register by register. Where the ERP's rounding of a line makes another total than the receipts
 * had, a line of its own makes up for it.
 */
export function documentLines(batch: PostSales, amountOf: AmountOf): readonly DocumentLine[] {
  return batch.registers.flatMap(({ register, sales, returns, totalMinor }) => {
    const goods = batch.lines.filter((line) => line.register === register);
    const charges = batch.charges.filter((charge) => charge.register === register);
    const made =
      sum(goods.map(({ unitPriceMinor, quantity }) => amountOf(unitPriceMinor, quantity))) +
      sum(charges.map(({ amountMinor }) => amountMinor));
    const rounding = totalMinor - made;
    const text = (what?: string): string =>
      `Register ${encodeURIComponent(register)}${what === undefined ? '' : `: ${what}`}`;
    return [
      { kind: 'COUNT', text: text(`${sales} sales, ${returns} returns`) },
      ...goods.map(({ sku, quantity, unitPriceMinor }): DocumentLine => {
        return { kind: 'GOODS', text: text(), sku, quantity, unitPriceMinor };
      }),
      ...charges.map(({ kind, amountMinor }): DocumentLine => ({ kind: 'AMOUNT', text: text(kind), amountMinor })),
      ...(rounding === 0 ? [] : [{ kind: 'AMOUNT', text: text('ROUNDING'), amountMinor: rounding } as const]),
    ];
  });
}

/** What the lines of a document add up to, by register. Lines that bear no register count as those of none. */
export function registersOfLines(lines: readonly ReadLine[]): readonly RegisterSales[] {
  const sums = new Map<string, { sales: number; returns: number; units: bigint; totalMinor: number }>();
  for (const { text, quantity, amountMinor } of lines) {
    const [, mark = NO_REGISTER, what = ''] = TEXT.exec(text) ?? [];
    const register = registerOf(mark);
    const of = sums.get(register) ?? { sales: 0, returns: 0, units: 0n, totalMinor: 0 };
    const [, sales = '0', returns = '0'] = COUNTS.exec(what) ?? [];
    sums.set(register, {
      sales: of.sales + Number(sales),
      returns: of.returns + Number(returns),
      units: of.units + (quantity === null ? 0n : scaledInteger(quantity, QUANTITY_PLACES, 'quantity')),
      totalMinor: of.totalMinor + amountMinor,
    });
  }
  return [...sums].map(([register, { units, ...rest }]) => ({
    register,
    ...rest,
    units: scaledText(units, QUANTITY_PLACES),
  }));
}

/** People may write texts of their own into an ERP. */
function registerOf(mark: string): string {
  try {
    return decodeURIComponent(mark);
  } catch {
    return NO_REGISTER;
  }
}

export function totalOf(batch: PostSales): number {
  return sum(batch.registers.map(({ totalMinor }) => totalMinor));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amountMinor) => total + amountMinor, 0);
}
