import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { ChangeRing } from './change-ring.ts';
import { Interest } from './frame.ts';
import type { Topic } from './topic.ts';

const { propertyRuns, propertySeed } = testConfig();
const TOPIC: Topic = {
  field: 'f',
  context: 'c',
  event: 'e',
  keyFields: ['sku'],
  filters: new Map(),
  restrictions: new Map(),
};
const PLACES = ['P1', 'P2', 'P3'];
const TAGS = ['a', 'b', 'c'];

const record = fc.record({
  // Often seen and seldom seen ones: of those, one record may be all that the ring has.
  sku: fc.oneof(fc.constantFrom('A', 'B'), fc.nat(50).map(String)),
  place: fc.constantFrom(...PLACES),
  tags: fc.uniqueArray(fc.constantFrom(...TAGS)),
  left: fc.option(fc.uniqueArray(fc.constantFrom(...PLACES)), { nil: undefined }),
  event: fc.constantFrom('e', 'e', 'other'),
});

/** Each says what a client may ask for. */
const filter = fc.record(
  {
    sku: fc.uniqueArray(fc.constantFrom('A', 'B', 'Z'), { minLength: 1 }),
    place: fc.uniqueArray(fc.constantFrom(...PLACES), { minLength: 1 }),
    tags: fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1 }),
  },
  { requiredKeys: [] },
);

const question = fc.record({
  afterMessages: fc.nat(60),
  back: fc.nat(40),
  filters: fc.array(filter, { minLength: 1, maxLength: 2 }),
});

function byKey(records: readonly ChangeRecord[]): readonly ChangeRecord[] {
  return [...records].sort((a, b) => (a.key < b.key ? -1 : 1));
}

test('what is found by filters is what reading everything would find, whatever was forgotten meanwhile', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(record, { minLength: 1, maxLength: 3 }), { minLength: 40, maxLength: 60 }),
      fc.array(question, { minLength: 1, maxLength: 6 }),
      (messages, questions) => {
        const ring = new ChangeRing({ ringMessagesMax: 30, ringRecordsMax: 60 });
        for (const [index, records] of messages.entries()) {
          const seq = index + 1;
          ring.push({
            context: 'c',
            epoch: 'x',
            seq,
            prevSeq: index,
            records: records.map(({ sku, place, tags, left, event }) => ({
              event,
              key: sku,
              version: seq,
              value: { sku, place, tags },
              ...(left && { left: { place: left } }),
            })),
          });
          for (const { back, filters } of questions.filter(({ afterMessages }) => afterMessages === index)) {
            const interest = new Interest(filters, TOPIC);
            const from = Math.max(ring.floor, seq - back);
            const found = interest.newestOf(ring.find(from, 'e', filters));
            expect(byKey(found)).toEqual(byKey(interest.newestOf(ring.after(from, 'e'))));
          }
        }
      },
    ),
    { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
});
