import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { NewOrder } from '../capture-order.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Substitution } from './order-edit.ts';
import type { PriceRule } from '../order-line.ts';
import type { Order } from '../order.ts';
import { authorizedOf } from '../money/payment.ts';
import { permitSubstitution, type SubstitutionRule } from './substitution-rules.ts';
import { amountOf, billedOf, sumOf, totalsOf } from '../money/totals.ts';

/* Three mugs at 1.00 and two jugs at 2.50; cups take the place of mugs. */

const MUG = 'order-1.1';
const CUP = { sku: 'CUP', decimals: 0, ordered: 2, unitPriceMinor: 150 } as const;

const substitution = (changes: Partial<Substitution> = {}): OrderCommand => ({
  type: 'EditOrder',
  edit: {
    reason: 'MUG cannot be had.',
    by: 'store-app/leeds',
    substitution: { line: MUG, quantity: 2, by: CUP, priceRule: 'LOWER_OF', ...changes },
  },
  wmsLocations: ['DC'],
  told: told('substitute'),
  once: { key: 'substitute/1', contentHash: 'h' },
});

function shop(changes: Partial<NewOrder> = {}): { readonly inventory: InventoryModel; readonly order: Order } {
  const inventory = new InventoryModel(['DC', 'ANNEX']);
  for (const sku of ['MUG', 'JUG', 'CUP']) for (const at of ['DC', 'ANNEX']) inventory.put(sku, at, 9);
  return { inventory, order: settleAll(sampleOrder(changes), inventory) };
}

describe('a substitute', () => {
  test('is claimed first; then the units are replaced, one for one, and both lines tell it', () => {
    const { inventory, order } = shop();
    const asked = apply(order, substitution());
    expect(asked.lines).toEqual(order.lines);
    const replaced = settleAll(asked, inventory);
    expect(statesOf(replaced, 1)).toEqual({ RESERVED: 1, SUBSTITUTED: 2 });
    expect(statesOf(replaced, 3)).toEqual({ RESERVED: 2 });
    const substituteFor = { line: MUG, quantity: 2, priceRule: 'LOWER_OF', by: 'store-app/leeds' };
    expect(replaced.lines[2]).toMatchObject({ sku: 'CUP', ordered: 2, substituteFor });
    expect(replaced.timeline.at(-1)).toMatchObject({ type: 'ORDER_CHANGED', lineNos: [1, 3], visibility: 'CUSTOMER' });
    const active = [...inventory.reservations.values()].filter(({ isActive }) => isActive);
    expect(active.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['JUG', 2],
      ['CUP', 2],
      ['MUG', 1],
    ]);
  });

  test.each<[PriceRule, number, number]>([
    ['LOWER_OF', 150, 200],
    ['LOWER_OF', 90, 180],
    ['SAME', 150, 200],
    ['SAME', 90, 200],
    ['SUBSTITUTE_PRICE', 150, 300],
  ])('costs by %s at a price of %i together %i', (priceRule, unitPriceMinor, costMinor) => {
    const { inventory, order } = shop();
    const replaced = settleAll(apply(order, substitution({ priceRule, by: { ...CUP, unitPriceMinor } })), inventory);
    expect(totalsOf(replaced).grandMinor).toBe(901 - 200 + costMinor);
    expect(replaced.payments.reduce((sum, payment) => sum + authorizedOf(payment), 0)).toBe(701 + costMinor);
  });

  test('costs to the minor unit what it takes the place of, whatever its quantity, with its taxes', () => {
    const taxes = [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 50 }];
    const discounts = [{ promotion: null, description: 'Spring', amountMinor: 1 }];
    const lines = [{ sku: 'MUG', decimals: 0 as const, ordered: 3, unitPriceMinor: 100, taxes, discounts }];
    const { inventory, order } = shop({ lines, tenders: [{ tender: 'CARD', amountMinor: 400 }] });
    const by = { ...CUP, ordered: 7, unitPriceMinor: 90 };
    const replaced = settleAll(apply(order, substitution({ priceRule: 'SAME', by })), inventory);
    const [mug, cup] = replaced.lines;
    expect(totalsOf(replaced)).toMatchObject({ grandMinor: 400, taxMinor: 50 });
    expect(cup && amountOf(cup, billedOf(cup)) - sumOf(cup.discounts)).toBe(199);
    expect([sumOf(mug?.taxes), sumOf(cup?.taxes)]).toEqual([17, 33]);
  });

  test('that a store has at hand is sent by that store, and what is missing there is set apart', () => {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'ANNEX', inventory), 'ANNEX', true);
    const replaced = settleAll(apply(released, substitution({ location: 'ANNEX', isMissing: true })), inventory);
    expect(replaced.lines[0]?.units).toEqual([
      { state: 'RELEASED', location: 'ANNEX', quantity: 1 },
      { state: 'SUBSTITUTED', location: 'ANNEX', quantity: 2 },
    ]);
    expect(replaced.lines[2]?.units).toEqual([{ state: 'ALLOCATED', location: 'ANNEX', quantity: 2 }]);
    expect(inventory.allocations.get(`${MUG}|ANNEX`)).toBe(1);
    expect([inventory.stockOf('MUG', 'ANNEX'), inventory.movements[0]?.kind]).toEqual([7, 'SHORT_PICK']);
  });

  test('is refused for work of a system, which has to tell first what it does not find', () => {
    const { inventory, order } = shop();
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC');
    expect(refusalOf(released, substitution({ location: 'DC' })).code).toBe('ILLEGAL_TRANSITION');
  });

  test('that cannot be claimed leaves everything as it was', () => {
    const { inventory, order } = shop();
    for (const at of ['DC', 'ANNEX']) inventory.put('CUP', at, 0);
    const refused = settleAll(apply(order, substitution()), inventory);
    expect([refused.lines, refused.payments]).toEqual([order.lines, order.payments]);
    expect(refused.refusedEdits).toMatchObject({ 'substitute/1': { code: 'INSUFFICIENT_STOCK' } });
  });
});

describe('the rules', () => {
  const proposal = {
    channel: 'WEB',
    sku: 'MUG',
    categories: ['CROCKERY'],
    substitute: 'CUP',
    substituteCategories: ['CROCKERY', 'SALE'],
  };
  const isPermitted = (
    rules: readonly SubstitutionRule[],
    changes: Partial<Parameters<typeof permitSubstitution>[1]>,
  ) => !isRefusal(permitSubstitution(rules, { ...proposal, ...changes }));

  test('let nothing take the place of anything that the customer did not allow, when there are none', () => {
    expect(isPermitted([], {})).toBe(false);
    expect(isPermitted([], { allowsSubstitute: true })).toBe(true);
    expect(isPermitted([], { allowsSubstitute: true, substituteCategories: ['GARDEN'] })).toBe(false);
  });

  test('name what may take the place of what, and how much of it', () => {
    const substitutes = [{ sku: 'SIX-CUPS', units: 1, for: 6 }];
    const rule = {
      sku: 'MUG',
      substitutes,
      withinCategory: false,
      allowed: 'UNLESS_REFUSED',
      priceRule: 'SAME',
    } as const;
    const permitted = permitSubstitution([rule], { ...proposal, substitute: 'SIX-CUPS' });
    expect(permitted).toEqual({ priceRule: 'SAME', units: 1, for: 6 });
    expect(isPermitted([rule], {})).toBe(false);
    expect(isPermitted([rule], { substitute: 'SIX-CUPS', allowsSubstitute: false })).toBe(false);
    expect(isPermitted([rule], { substitute: 'SIX-CUPS', sku: 'JUG' })).toBe(false);
  });
});
