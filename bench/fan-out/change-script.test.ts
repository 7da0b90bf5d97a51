import { expect, test } from '@jest/globals';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { ChangeScript, publishPaced, skuIdsOf } from './change-script.ts';

test('numbers its changes and tells them in an unbroken log', () => {
  const script = new ChangeScript(100);
  const messages = [script.next(1), script.next(3), script.next(2)];
  expect(messages.map(({ prevSeq, seq }) => [prevSeq, seq])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const records = messages.flatMap((message) => message.records);
  expect(records.map(({ value }) => value['available'])).toEqual(['0', '1', '2', '3', '4', '5']);
  expect(records.map(({ version }) => version)).toEqual([1, 2, 2, 2, 3, 3]);
  for (const { value, event } of records) expect(parseAs(availabilityChanged.data, value, event)).toEqual(value);
});

test('its snapshot holds the newest change of every key, or of those that are named', () => {
  const script = new ChangeScript(3);
  script.next(4);
  const quantitiesOf = (skuIds?: readonly string[]) => script.snapshot(skuIds).map(({ value }) => value['available']);
  expect(quantitiesOf()).toEqual(['3', '1', '2']);
  expect(quantitiesOf(['SKU-2', 'SKU-0'])).toEqual(['2', '3']);
});

test('no SKU is in two different subscriptions', () => {
  const interests = { groups: 3, skusEach: 2 };
  expect([0, 1, 2, 3].map((group) => skuIdsOf(interests, group))).toEqual([
    ['SKU-0', 'SKU-1'],
    ['SKU-2', 'SKU-3'],
    ['SKU-4', 'SKU-5'],
    ['SKU-0', 'SKU-1'],
  ]);
});

test('makes as many events as it is asked for, and says when each was made', async () => {
  const made: number[] = [];
  const publishedAtMs = await publishPaced({ events: 5, changesPerEvent: 2, perSecond: 5_000 }, (changes) =>
    made.push(changes),
  );
  expect(made).toEqual([2, 2, 2, 2, 2]);
  expect(publishedAtMs).toHaveLength(5);
});
