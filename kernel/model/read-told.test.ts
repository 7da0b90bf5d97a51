import { describe, expect, test } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { Obstacle, Refusal } from './errors.ts';
import { awaitsUpdate, readEvent, readTold } from './read-told.ts';

const CLOSED = { additionalProperties: false };
const Line = Type.Object({ sku: Type.String(), quantity: Type.Optional(Type.String()) }, CLOSED);
const Choice = Type.Union([Type.Object({ a: Type.String() }, CLOSED), Type.Object({ b: Type.String() }, CLOSED)]);
const Data = Type.Object({ lines: Type.Array(Line), choice: Type.Optional(Choice) }, CLOSED);
const definition = { type: 'thing-happened', version: 2, data: Data };

describe('what a later version told', () => {
  test('is read without the members that are not known here, at any depth, and not changed itself', () => {
    const told = {
      lines: [
        { sku: 'A', 'new/one~': 1 },
        { sku: 'B', quantity: '2', more: { deep: [] } },
      ],
      added: true,
    };
    const before = structuredClone(told);
    expect(readTold(Data, told, 'it')).toEqual({ lines: [{ sku: 'A' }, { sku: 'B', quantity: '2' }] });
    expect(told).toEqual(before);
  });

  test('is given as it is when everything is known', () => {
    const told = { lines: [{ sku: 'A' }], choice: { b: 'x' } };
    expect(readTold(Data, told, 'it')).toBe(told);
  });

  test('is refused when something is missing, has another form, or stands in an alternative', () => {
    for (const told of [{}, { lines: [{}] }, { lines: [{ sku: 7 }] }, { lines: [], choice: { b: 'x', c: 'y' } }]) {
      expect(() => readTold(Data, told, 'it')).toThrow(Refusal);
    }
  });

  test('is refused when there is no end of what is not known', () => {
    const added = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`m${n}`, n]));
    expect(() => readTold(Data, { lines: [], ...added }, 'it')).toThrow(Refusal);
  });
});

describe('an event', () => {
  const envelope = (version: number) => ({ type: 'thing-happened', version, data: { lines: [], added: 1 } });

  test('of this version or an earlier one is read', () => {
    for (const version of [1, 2]) expect(readEvent(definition, envelope(version))).toEqual({ lines: [] });
  });

  test('of a later version is an obstacle: it is delivered again, and kept', () => {
    const reading = () => readEvent(definition, envelope(3));
    expect(reading).toThrow(Obstacle);
    expect(reading).toThrow(expect.objectContaining({ code: 'LOG_OF_LATER_VERSION' }));
    expect(awaitsUpdate(errorOf(reading))).toBe(true);
  });

  test('that does not fit is no matter of versions', () => {
    const reading = () => readEvent(definition, { ...envelope(2), data: {} });
    expect(awaitsUpdate(errorOf(reading))).toBe(false);
  });

  test('of an earlier version is brought forward step by step, and not changed itself', () => {
    const upcasts = [
      // 1 to 2: one place became several.
      ({ place, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, places: [place] }),
      // 2 to 3: quantities are text.
      ({ quantity, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, quantity: String(quantity) }),
    ];
    const data = Type.Object({ places: Type.Array(Type.String()), quantity: Type.String() }, CLOSED);
    const third = { type: 'thing-happened', version: 3, data, upcasts };
    const first = { place: 'A', quantity: 1 };
    const read = (version: number, told: object) => readEvent(third, { type: third.type, version, data: told });
    expect(read(1, first)).toEqual({ places: ['A'], quantity: '1' });
    expect(read(2, { places: ['A', 'B'], quantity: 2 })).toEqual({ places: ['A', 'B'], quantity: '2' });
    expect(read(3, { places: [], quantity: '3', added: true })).toEqual({ places: [], quantity: '3' });
    expect(first).toEqual({ place: 'A', quantity: 1 });
    // Its form must be that of the version that it says.
    expect(() => read(3, first)).toThrow(Refusal);
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
