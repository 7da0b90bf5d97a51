import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { PUBLISHED_EVENTS } from '../../schema/events/published-events.ts';
import { entityKeysOf, toLiveSupergraph } from './live-supergraph.ts';
import { compileFrameProjection } from './project-frame.ts';
import { readTopics } from './read-topics.ts';
import type { Topic } from './topic.ts';

const sdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
const live = toLiveSupergraph(sdl);
const schema = buildASTSchema(parse(live), { assumeValidSDL: true });
const topics = readTopics(schema, PUBLISHED_EVENTS);

function project(field: string, selection: string, value: Record<string, unknown>, deleted = false): unknown {
  const compiled = compileFrameProjection(`subscription { ${field} { changes { ${selection} } } }`, {
    schema,
    entityKeys: entityKeysOf(live),
    topic: topics.get(field) as Topic,
  });
  const record = { event: 'e', key: 'k', version: 7, value, ...(deleted && { deleted }) };
  const frame = compiled({ position: { epoch: 'e', seq: 9 }, reset: false, changes: [record] });
  return (frame[field] as { changes: unknown[] }).changes[0];
}

describe('a record in the form that a subscription asks for', () => {
  test('has key, version and deleted of the change', () => {
    expect(project('positionChanged', 'key version deleted', {})).toEqual({ key: 'k', version: 7, deleted: false });
  });

  test('names entities by their key', () => {
    expect(
      project('positionChanged', 'sku { __typename id } at: location { id }', { sku: 'A', location: 'L' }),
    ).toEqual({
      sku: { __typename: 'Sku', id: 'A' },
      at: { id: 'L' },
    });
  });

  test('has no entity where the record names none', () => {
    expect(project('orderStatusChanged', 'order { id } channel', { order: null, channel: 'WEB' })).toEqual({
      order: null,
      channel: 'WEB',
    });
  });

  test('has the objects and lists that the record carries', () => {
    const lines = [{ line: 'l', sku: 'A', states: [{ state: 'PICKED', quantity: '1' }] }];
    expect(project('orderStatusChanged', 'lines { line sku location states { quantity } }', { lines })).toEqual({
      lines: [{ line: 'l', sku: 'A', location: null, states: [{ quantity: '1' }] }],
    });
  });

  test('is null where a deleted one tells nothing', () => {
    expect(project('orderStatusChanged', 'deleted status lines { line } order { id }', { order: 'o' }, true)).toEqual({
      deleted: true,
      status: null,
      lines: null,
      order: { id: 'o' },
    });
  });
});

test('every subscription of the hub is bound to an event', () => {
  expect([...topics.keys()].sort()).toEqual(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort());
});
