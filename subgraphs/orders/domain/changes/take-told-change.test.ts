import { describe, expect, test } from '@jest/globals';
import { apply, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import type { NewLine } from '../capture-order.ts';
import type { Order } from '../order.ts';
import type { ToldChange } from './translate-change.ts';

/* Changes of one order as messages of its platform bring them, not always in the order in which they were made. */

const mugs = (ordered: number): NewLine => ({ sku: 'MUG', decimals: 0, ordered, unitPriceMinor: 100 });
const jugs = (ordered: number): NewLine => ({ sku: 'JUG', decimals: 0, ordered, unitPriceMinor: 250 });
const whole = (...lines: NewLine[]): ToldChange => ({ meaning: 'WHOLE_ORDER', lines });
const deltas = (...lines: NewLine[]): ToldChange => ({ meaning: 'LINE_DELTAS', lines });

function placed() {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 9);
  return { inventory, order: settleAll(sampleOrder(), inventory) };
}

const take = (order: Order, change: ToldChange, madeAfterMs: number): Order =>
  apply(order, {
    type: 'TakeToldChange',
    change,
    by: 'shop',
    reason: 'changed there',
    authority: 'shop',
    wmsLocations: [],
    told: told(`change-${madeAfterMs}`, madeAfterMs),
    once: { key: `shop/change-${madeAfterMs}`, contentHash: '' },
  });

const orderedOf = ({ lines }: Order) => lines.map(({ sku, ordered, unbilled = 0 }) => `${ordered - unbilled} ${sku}`);
const isKept = ({ timeline }: Order): boolean => timeline.at(-1)?.type === 'STATUS_REGRESSION';

describe('a change that another one of its platform has overtaken', () => {
  test('is not taken for the order as a whole: what was told last was made later', () => {
    const { order } = placed();
    const newest = take(order, whole(mugs(1), jugs(2)), 20);
    const late = take(newest, whole(mugs(2), jugs(1)), 10);
    expect([orderedOf(late), isKept(late)]).toEqual([['1 MUG', '2 JUG'], true]);
  });

  test('is not taken for the order as a whole either when the later one has changed nothing', () => {
    const { order } = placed();
    const same = take(order, whole(mugs(3), jugs(2)), 20);
    const late = take(same, whole(mugs(1), jugs(2)), 10);
    expect([orderedOf(late), isKept(late)]).toEqual([['3 MUG', '2 JUG'], true]);
  });

  test('is part of a whole that was made after it, and comes before one that was not', () => {
    const { order } = placed();
    const after = take(take(order, whole(mugs(2), jugs(2)), 20), deltas(mugs(-1)), 10);
    expect([orderedOf(after), isKept(after)]).toEqual([['2 MUG', '2 JUG'], true]);
    const undone = take(take(order, deltas(jugs(-1)), 20), whole(mugs(3), jugs(2)), 10);
    expect([orderedOf(undone), isKept(undone)]).toEqual([['3 MUG', '1 JUG'], true]);
  });
});

test('what differs adds up in whichever order it comes, and is taken once', () => {
  const { order, inventory } = placed();
  const both = take(take(order, deltas(mugs(-1)), 20), deltas(jugs(-1)), 10);
  expect(orderedOf(take(both, deltas(jugs(-1)), 10))).toEqual(['2 MUG', '1 JUG']);
  const more = settleAll(take(both, deltas(mugs(2)), 5), inventory);
  expect(orderedOf(more)).toEqual(['4 MUG', '1 JUG']);
  expect(more.timeline.map(({ type }) => type)).not.toContain('STATUS_REGRESSION');
});
