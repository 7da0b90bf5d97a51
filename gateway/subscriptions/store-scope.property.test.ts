import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NewestRecords } from '../../kernel/engine/change-records.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { Interest } from './frame.ts';
import { filtersFor } from './subscription-filter.ts';
import type { Topic } from './topic.ts';

const { propertyRuns, propertySeed } = testConfig();
const parameters = { numRuns: propertyRuns * 5, ...(propertySeed !== undefined && { seed: propertySeed }) };

/** Orders belong to a customer and lie at locations; a position lies at one. */
const TOPICS: readonly Topic[] = [
  {
    field: 'orderStatusChanged',
    context: 'orders',
    event: 'order-status-changed',
    keyFields: ['order'],
    filters: new Map([
      ['order', 'order'],
      ['location', 'locations'],
      ['customer', 'customer'],
    ]),
    restrictions: new Map([
      ['customer', 'customer'],
      ['stores', 'locations'],
    ]),
  },
  {
    field: 'positionChanged',
    context: 'inventory',
    event: 'position-changed',
    keyFields: ['order'],
    filters: new Map([['location', 'location']]),
    restrictions: new Map([['stores', 'location']]),
  },
];
const STORES = ['S1', 'S2', 'S3'];
const CUSTOMERS = ['C1', 'C2'];

const caller = fc.record({
  stores: fc.subarray(STORES),
  customer: fc.option(fc.constantFrom(...CUSTOMERS), { nil: undefined }),
});
const args = fc.record(
  {
    order: fc.constantFrom('O1', 'O2'),
    location: fc.constantFrom(...STORES, 'S9'),
    customer: fc.constantFrom(...CUSTOMERS),
  },
  { requiredKeys: [] },
);
const record = fc
  .record({
    order: fc.constantFrom('O1', 'O2', 'O3'),
    locations: fc.subarray(STORES),
    location: fc.constantFrom(...STORES),
    customer: fc.constantFrom(...CUSTOMERS),
    left: fc.subarray(STORES),
  })
  .map(({ left, ...value }) => ({ value, left: { locations: left, location: left } }));
const records = fc.array(record, { maxLength: 12 }).map((given) =>
  given.map(({ value, left }, index): ChangeRecord => ({
    event: 'e',
    key: value.order,
    version: index + 1,
    value,
    left,
  })),
);

type Value = ChangeRecord['value'];

/** In words that have nothing to do with filters. */
function isItsOwn(value: Value, topic: Topic, { stores, customer }: Pick<Identity, 'stores' | 'customer'>): boolean {
  const at = topic.field === 'positionChanged' ? [value['location']] : (value['locations'] as readonly unknown[]);
  const isAtStore = at.some((location) => (stores as readonly unknown[]).includes(location));
  return isAtStore || (topic.restrictions.has('customer') && customer !== undefined && value['customer'] === customer);
}

function filtersOf(topic: Topic, given: object, identity: Identity) {
  try {
    return filtersFor(topic, { ...given }, identity, { filterValuesMax: 10 });
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return undefined;
  }
}

test('whoever is bound to stores or a customer is told nothing else, live or by the owner, whatever it asks for', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.constantFrom(...TOPICS), caller, args, records, (topic, claims, given, log) => {
      const { customer, ...rest } = claims;
      const identity = { subject: 's', clientId: 'c', scopes: [], ...rest, ...(customer && { customer }) };
      const filters = filtersOf(topic, given, identity);
      if (!filters) return;
      const live = new Interest(filters, topic);
      const owned = filters.flatMap((filter) => {
        const newest = new NewestRecords(filter, topic.keyFields);
        for (const each of log) newest.add(each);
        return newest.toArray();
      });
      const all = [...log.flatMap((each) => live.concern(each, undefined) ?? []), ...live.newestOf(log), ...owned];
      for (const each of all) {
        told++;
        if (each.deleted) expect(Object.keys(each.value)).toEqual(topic.keyFields);
        else expect([each.value, isItsOwn(each.value, topic, identity)]).toEqual([each.value, true]);
      }
    }),
    parameters,
  );
  expect(told).toBeGreaterThan(propertyRuns);
});
