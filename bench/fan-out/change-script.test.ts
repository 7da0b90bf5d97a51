import { expect, test } from '@jest/globals';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { ChangeScript, SKU_IDS } from './change-script.ts';

test('numbers its changes and tells them in an unbroken log', () => {
  const script = new ChangeScript();
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

test('its snapshot holds the newest change of every key', () => {
  const script = new ChangeScript();
  script.next(SKU_IDS.length + 1);
  const quantities = script.snapshot().map(({ value }) => value['available']);
  expect(quantities).toEqual([String(SKU_IDS.length), ...SKU_IDS.slice(1).map((_, index) => String(index + 1))]);
});
