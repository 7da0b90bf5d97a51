import { NO_REGISTER, type RegisterSales } from '../../schema/commands/sales.ts';
import type { RegisterDay } from '../pos/port.ts';
import type { ToldSales } from './sales-documents.ts';
import { registerName } from './store-receipt.ts';

/** One register as each side tells it. */
export interface RegisterSides {
  readonly register: string;
  /** Null: no POS says anything of it. */
  readonly told: ToldSales | null;
  readonly taken: RegisterSales;
  readonly posted: RegisterSales;
}

export interface Difference {
  readonly register: string;
  readonly differenceMinor: number;
  readonly summary: string;
}

/** The POS's own figures in the shape of the others. */
export function toldSales(days: readonly RegisterDay[]): readonly ToldSales[] {
  return days.map(({ register, taken, given }) => ({
    register: registerName(register),
    sales: taken.receiptCount,
    returns: given.receiptCount,
    totalMinor: taken.totalMinor - given.totalMinor,
  }));
}

/**
 * All registers of a day, each with its sides. Where the hub does not know of some receipts at which register they were written,
 * the POS's figures less those of the named registers are held against them.
 */
export function sidesOf(
  taken: readonly RegisterSales[],
  posted: readonly RegisterSales[],
  told: readonly ToldSales[] | null,
): readonly RegisterSides[] {
  const isUnnamed = taken.some(({ register }) => register === NO_REGISTER);
  const named = told && isUnnamed ? withUnnamed(told, taken) : told;
  const registers = new Set([...taken, ...posted, ...(named ?? [])].map(({ register }) => register));
  return [...registers].sort().map((register) => ({
    register,
    told: named && (named.find((each) => each.register === register) ?? { ...NOTHING_TOLD, register }),
    taken: taken.find((each) => each.register === register) ?? { ...NOTHING, register },
    posted: posted.find((each) => each.register === register) ?? { ...NOTHING, register },
  }));
}

/** True when hub and ERP, or POS and hub, differ. */
export function differenceOf(
  { register, told, taken, posted }: RegisterSides,
  { isToldFinal }: { readonly isToldFinal: boolean },
): Difference | undefined {
  const isPosted = isSame(taken, posted) && taken.units === posted.units;
  const isTold = told === null || !isToldFinal || isSame(told, taken);
  if (isPosted && isTold) return undefined;
  const totals = [taken, posted, ...(told && isToldFinal ? [told] : [])].map(({ totalMinor }) => totalMinor);
  const words = [
    told && isToldFinal ? `the POS tells ${saying(told)}` : undefined,
    `the hub took in ${saying(taken)}, ${taken.units} units`,
    `the ERP holds ${saying(posted)}, ${posted.units} units`,
  ];
  return {
    register,
    differenceMinor: Math.max(...totals) - Math.min(...totals),
    summary: words.filter((each) => each !== undefined).join('; '),
  };
}

/** Whether the POS tells something else, final or not. */
export function isToldOtherwise({ told, taken }: RegisterSides): boolean {
  return told !== null && !isSame(told, taken);
}

type Figures = Pick<RegisterSales, 'sales' | 'returns' | 'totalMinor'>;

const NOTHING_TOLD: Figures = { sales: 0, returns: 0, totalMinor: 0 };
const NOTHING = { ...NOTHING_TOLD, units: '0' };

function withUnnamed(told: readonly ToldSales[], taken: readonly RegisterSales[]): readonly ToldSales[] {
  const named = taken.filter(({ register }) => register !== NO_REGISTER);
  const all = addedUp(told);
  const known = addedUp(named);
  const rest = {
    register: NO_REGISTER,
    sales: all.sales - known.sales,
    returns: all.returns - known.returns,
    totalMinor: all.totalMinor - known.totalMinor,
  };
  const rows = named.map(({ register, sales, returns, totalMinor }) => ({ register, sales, returns, totalMinor }));
  return [...rows, rest];
}

function addedUp(figures: readonly Figures[]): Figures {
  return figures.reduce(
    (sum, each) => ({
      sales: sum.sales + each.sales,
      returns: sum.returns + each.returns,
      totalMinor: sum.totalMinor + each.totalMinor,
    }),
    NOTHING_TOLD,
  );
}

function isSame(left: Figures, right: Figures): boolean {
  return left.sales === right.sales && left.returns === right.returns && left.totalMinor === right.totalMinor;
}

function saying({ sales, returns, totalMinor }: Figures): string {
  return `${sales} sales and ${returns} returns of ${totalMinor} minor units`;
}
