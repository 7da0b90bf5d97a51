import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { readTopics } from './read-topics.ts';

const sdl = (topic: string, args = 'sku: ID'): string => `
  directive @topic(event: String!, keys: [String!]!, snapshot: String!, scope: String) on FIELD_DEFINITION
  type Query { a: Int }
  type Subscription { changed(${args}, after: String, minIntervalMs: Int): Int! ${topic} plain: Int! }
`;
const EVENT = {
  context: 'inventory',
  type: 'thing-changed',
  data: { properties: { sku: {}, categories: {}, locations: {}, customer: {} } },
};
const read = (text: string, events = [EVENT]) => readTopics(buildASTSchema(parse(text)), events);
const topic = (rest = ''): string => `@topic(event: "thing-changed", keys: ["sku"], snapshot: "things"${rest})`;

describe('topics', () => {
  test('are the fields with @topic, with the context of their event', () => {
    const topics = read(sdl(topic()));
    expect([...topics.keys()]).toEqual(['changed']);
    expect(topics.get('changed')).toMatchObject({ context: 'inventory', event: 'thing-changed', keyFields: ['sku'] });
  });

  test('filter by arguments, named as the field of the record, its plural or its singular', () => {
    const topics = read(sdl(topic(), 'skus: [ID!], category: String, location: ID, categories: [String!]'));
    expect(Object.fromEntries(topics.get('changed')?.filters ?? [])).toEqual({
      skus: 'sku',
      category: 'categories',
      categories: 'categories',
      location: 'locations',
    });
  });

  test('are restricted by the claims that they name', () => {
    const restrictions = read(sdl(topic(', scope: "customer stores"'))).get('changed')?.restrictions;
    expect(Object.fromEntries(restrictions ?? [])).toEqual({ customer: 'customer', stores: 'locations' });
  });

  test.each([
    ['an event that nobody publishes', sdl(topic()), []],
    ['a key that the record has not', sdl(topic().replace('["sku"]', '["lot"]')), [EVENT]],
    ['an argument that fits nothing', sdl(topic(), 'colour: String'), [EVENT]],
    ['a claim that restricts nothing', sdl(topic(', scope: "region"')), [EVENT]],
  ])('refuse %s at the start', (_what, text, events) => {
    expect(() => read(text, events)).toThrow(expect.objectContaining({ code: 'INTERNAL_SERVER_ERROR' }));
  });
});
