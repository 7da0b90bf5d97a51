import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { apply, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { NewLine } from '../capture-order.ts';
import { translateChange } from './translate-change.ts';

/* Three mugs at 1.00 and two jugs at 2.50, carriage 1.01, as three platforms tell that they changed. */

const MUG = 'order-1.1';
const JUG = 'order-1.2';
const line = (sku: string, ordered: number, unitPriceMinor: number, more: Partial<NewLine> = {}): NewLine => ({
  sku,
  decimals: 0,
  ordered,
  unitPriceMinor,
  ...more,
});
const mugs = (ordered: number, unitPriceMinor = 100) => line('MUG', ordered, unitPriceMinor);
const jugs = (ordered: number, unitPriceMinor = 250) => line('JUG', ordered, unitPriceMinor);

function placed() {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 9);
  return settleAll(sampleOrder(), inventory);
}

describe('a platform that tells the whole order', () => {
  const whole = (...lines: NewLine[]) => translateChange(placed(), { meaning: 'WHOLE_ORDER', lines });

  test('changes nothing by telling what is known', () => {
    const shipping = { description: 'Carriage', amountMinor: 101 };
    expect(translateChange(placed(), { meaning: 'WHOLE_ORDER', lines: [jugs(2), mugs(3)], shipping })).toEqual({});
  });

  test('adds, takes and prices what differs', () => {
    expect(whole(mugs(5), jugs(1), line('CUP', 1, 80))).toMatchObject({
      addedUnits: [{ line: MUG, quantity: 2 }],
      takenUnits: [{ line: JUG, quantity: 1 }],
      newLines: [{ sku: 'CUP' }],
    });
    expect(whole(mugs(3, 90), jugs(2))).toEqual({ prices: [{ line: MUG, unitPriceMinor: 90 }] });
  });

  test('takes out what it leaves out', () => {
    expect(whole(mugs(3))).toEqual({ takenUnits: [{ line: JUG, quantity: 2 }] });
  });

  test('keeps lines of one SKU apart by their price', () => {
    const lines = [mugs(3), line('MUG', 2, 70), jugs(2)];
    expect(translateChange(placed(), { meaning: 'WHOLE_ORDER', lines })).toEqual({ newLines: [line('MUG', 2, 70)] });
  });

  test('counts what has been called off before as gone', () => {
    const takenUnits = [{ line: MUG, quantity: 1 }];
    const edit = { reason: 'r', by: 'b', takenUnits };
    const changed = apply(placed(), { type: 'EditOrder', edit, wmsLocations: [], told: told('edit') });
    expect(translateChange(changed, { meaning: 'WHOLE_ORDER', lines: [mugs(2), jugs(2)] })).toEqual({});
  });
});

describe('a platform that tells what differs', () => {
  const deltas = (...lines: NewLine[]) => translateChange(placed(), { meaning: 'LINE_DELTAS', lines });

  test('adds to the line of the same price, and makes a line of another', () => {
    expect(deltas(mugs(2), jugs(1, 240))).toEqual({
      addedUnits: [{ line: MUG, quantity: 2 }],
      newLines: [jugs(1, 240)],
    });
  });

  test('takes away, at whatever price', () => {
    expect(deltas(mugs(-1, 0), mugs(-1), jugs(-2))).toEqual({
      takenUnits: [
        { line: MUG, quantity: 2 },
        { line: JUG, quantity: 2 },
      ],
    });
  });

  test('is refused when it takes more away than there is', () => {
    expect(deltas(jugs(-3))).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { sku: 'JUG', missing: '1' } });
  });
});
