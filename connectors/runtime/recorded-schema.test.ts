import { describe, expect, test } from '@jest/globals';
import { shapeOfBody } from './body-shape.ts';
import { addedIn, changesIn, EMPTY_SCHEMA, learn, untold, type RecordedSchema } from './recorded-schema.ts';

const LEARN = { learnBodies: 2 };

function learned(...bodies: readonly unknown[]): RecordedSchema {
  return bodies.reduce<RecordedSchema>((schema, body) => learn(schema, shapeOfBody(body), LEARN), EMPTY_SCHEMA);
}

const SALE = { id: 's-1', total: 5, note: null, lines: [{ sku: 'A', quantity: '1' }] };

describe('the recorded schema of a source', () => {
  const schema = learned(SALE, { ...SALE, note: 'x' });
  const changes = (body: unknown) => changesIn(schema, shapeOfBody(body));

  test('finds nothing in a body like those before, nor in nulls and empty lists', () => {
    expect(changes(SALE)).toEqual([]);
    expect(changes({ ...SALE, total: null, lines: [] })).toEqual([]);
  });

  test('names a field that is new, one of another kind and one that is gone', () => {
    expect(changes({ ...SALE, tip: 3 })).toEqual([{ change: 'ADDED', field: 'tip', was: [], is: ['number'] }]);
    expect(changes({ ...SALE, total: '5' })).toEqual([
      { change: 'RETYPED', field: 'total', was: ['number'], is: ['text'] },
    ]);
    expect(changes({ ...SALE, lines: [{ sku: 'A' }] })).toEqual([
      { change: 'MISSING', field: 'lines[].quantity', was: ['text'], is: [] },
    ]);
  });

  test('does not miss what was not always there', () => {
    const loose = learned(SALE, { id: 's-2', lines: [] });
    expect(changesIn(loose, shapeOfBody({ id: 's-3', lines: [] }))).toEqual([]);
  });

  test('tells the same change once, and another kind of the same field again', () => {
    const first = untold(schema, changes({ ...SALE, total: '5' }));
    expect(first.news).toHaveLength(1);
    expect(untold(first.recorded, changes({ ...SALE, total: '6' })).news).toEqual([]);
    expect(untold(first.recorded, changes({ ...SALE, total: true })).news).toHaveLength(1);
  });

  test('counts the fields that came after it was learned', () => {
    expect(addedIn(schema, shapeOfBody(SALE))).toBe(0);
    const later = learn(schema, shapeOfBody({ ...SALE, tip: 3 }), LEARN);
    expect(addedIn(later, shapeOfBody({ ...SALE, tip: 4 }))).toBe(1);
    expect(changesIn(later, shapeOfBody({ ...SALE, tip: 4 }))).toEqual([]);
  });

  test('does not grow with names that are data', () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`sku-${index}`, index]));
    expect(Object.keys(learned(wide, wide).fields).length).toBeLessThanOrEqual(1_000);
  });
});
