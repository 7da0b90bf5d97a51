import type { DrawerDay, RegisterDay, Takings } from './port.ts';

/** One receipt of a store's day. */
export interface DayReceipt {
  readonly number: string;
  readonly register: string | null;
  /** Present when goods were sold with it. */
  readonly takenMinor?: number;
  /** What was given back, positive, for each return that is told by itself. */
  readonly givenMinor: readonly number[];
}

export interface StoreDay {
  readonly location: string;
  readonly businessDay: string;
  readonly currency: string;
  /** By register. */
  readonly drawers: ReadonlyMap<string, DrawerDay>;
  /** Whether nothing more may come of this register on that day. */
  readonly isClosed: (register: string | null) => boolean;
}

/** A row for each register that printed a receipt or kept a drawer that day, in the order of their ids. */
export function registerDaysOf(receipts: readonly DayReceipt[], day: StoreDay): readonly RegisterDay[] {
  const { location, businessDay, currency, drawers, isClosed } = day;
  const byRegister = Map.groupBy(receipts, ({ register }) => register);
  const registers = [...new Set([...byRegister.keys(), ...drawers.keys()])];
  return registers
    .sort((left, right) => (String(left) < String(right) ? -1 : 1))
    .map((register) => {
      const own = byRegister.get(register) ?? [];
      return {
        location,
        register,
        businessDay,
        currency,
        taken: takings(own.flatMap(({ takenMinor }) => takenMinor ?? [])),
        given: takings(own.flatMap(({ givenMinor }) => givenMinor)),
        receipts: own.map(({ number }) => number).sort(),
        drawer: (register === null ? undefined : drawers.get(register)) ?? null,
        isClosed: isClosed(register),
      };
    });
}

function takings(amounts: readonly number[]): Takings {
  return { receiptCount: amounts.length, totalMinor: amounts.reduce((sum, amountMinor) => sum + amountMinor, 0) };
}
