import { describe, expect, test } from '@jest/globals';
import { NO_REGISTER, type RegisterSales } from '../../schema/commands/sales.ts';
import { differenceOf, isToldOtherwise, sidesOf } from './compare-day.ts';
import type { ToldSales } from './sales-documents.ts';

const side = (register: string, sales: number, more: Partial<RegisterSales> = {}): RegisterSales => ({
  register,
  sales,
  returns: 0,
  units: String(sales),
  totalMinor: 100 * sales,
  ...more,
});
const told = (register: string, sales: number): ToldSales => ({ register, sales, returns: 0, totalMinor: 100 * sales });
const differences = (
  taken: readonly RegisterSales[],
  posted: readonly RegisterSales[],
  tills: readonly ToldSales[] | null,
  isToldFinal = true,
) => sidesOf(taken, posted, tills).flatMap((each) => differenceOf(each, { isToldFinal }) ?? []);

describe('the sides of a day', () => {
  test('do not differ when all of them say the same', () => {
    expect(differences([side('1', 3)], [side('1', 3)], [told('1', 3)])).toEqual([]);
  });

  test('do not differ where no POS can be asked and the ERP holds what was taken in', () => {
    expect(differences([side('1', 3)], [side('1', 3)], null)).toEqual([]);
  });

  test.each([
    ['the ERP lacks a sale', [side('1', 3)], [side('1', 2)], [told('1', 3)], 100],
    ['the ERP holds a sale too many', [side('1', 3)], [side('1', 4)], [told('1', 3)], 100],
    ['the hub lacks a sale', [side('1', 2)], [side('1', 2)], [told('1', 3)], 100],
    ['the hub lacks a register', [], [], [told('1', 3)], 300],
    ['only the units differ', [side('1', 3)], [side('1', 3, { units: '4' })], [told('1', 3)], 0],
    [
      'a sale was counted as a return',
      [side('1', 3)],
      [side('1', 2, { returns: 1, units: '3', totalMinor: 300 })],
      null,
      0,
    ],
  ])('differ once when %s', (_case, taken, posted, tills, differenceMinor) => {
    expect(differences(taken, posted, tills)).toMatchObject([{ register: '1', differenceMinor }]);
  });

  test('name the register that differs and no other', () => {
    const all = [side('1', 3), side('2', 5)];
    expect(differences(all, all, [told('1', 3), told('2', 6)])).toMatchObject([
      { register: '2', differenceMinor: 100 },
    ]);
  });

  test('are not held against a POS that may still change its figures, which is said', () => {
    const [row] = sidesOf([side('1', 2)], [side('1', 2)], [told('1', 3)]);
    expect(row && differenceOf(row, { isToldFinal: false })).toBeUndefined();
    expect(row && isToldOtherwise(row)).toBe(true);
  });

  test('hold what the POS tells of all registers against receipts that name none', () => {
    const taken = [side('1', 3), side(NO_REGISTER, 2)];
    expect(differences(taken, taken, [told('1', 4), told('2', 1)])).toEqual([]);
    expect(differences(taken, taken, [told('1', 4), told('2', 2)])).toMatchObject([
      { register: NO_REGISTER, differenceMinor: 100 },
    ]);
  });
});
