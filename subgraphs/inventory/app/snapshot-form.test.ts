import { describe, expect, test } from '@jest/globals';
import { joinSlices, packInSlices, unpack } from './snapshot-form.ts';

const roundTrip = (data: object, lists: readonly string[]): unknown =>
  unpack(joinSlices(packInSlices(data, lists as readonly never[])));

describe('the form of a snapshot', () => {
  test('gives back text, typed arrays at any depth and long lists', () => {
    const data = {
      name: 'für Ähre',
      rows: Int32Array.from([1, -2, 3]),
      nested: { seqs: Float64Array.from([1.5, 2 ** 52]), flags: Uint8Array.from([7]) },
      many: Array.from({ length: 1_234 }, (_, n) => ({ n, text: `ü${n}` })),
      none: [],
    };
    expect(roundTrip(data, ['many', 'none'])).toEqual(data);
    expect(roundTrip({ many: [1, 2] }, ['many'])).toEqual({ many: [1, 2] });
  });

  test('is the same for equal data, whatever is written in slices of a list', () => {
    const many = Array.from({ length: 1_001 }, (_, n) => `text ${n}`);
    const packed = () => joinSlices(packInSlices({ rows: Int32Array.from([1]), many: [...many] }, ['many']));
    expect(Buffer.compare(packed(), packed())).toBe(0);
  });

  test('holds what the data was when it was asked for', () => {
    const data = { count: 1, rows: Float64Array.from([1]).slice(), many: ['a'] };
    const slices = packInSlices(data, ['many']);
    data.count = 2;
    expect(unpack(joinSlices(slices))).toMatchObject({ count: 1, many: ['a'] });
  });

  test('refuses bytes that do not fit', () => {
    const bytes = joinSlices(packInSlices({ many: [1] }, ['many']));
    expect(() => unpack(bytes.slice(0, -1))).toThrow();
    expect(() => unpack(bytes.slice(0, 5))).toThrow('trailer');
  });

  test('gives slices of a bounded size', () => {
    const slices = packInSlices({ rows: new Float64Array(1_000_000), many: Array.from({ length: 5_000 }, () => 'x') }, [
      'many',
    ]);
    expect(Math.max(...Array.from(slices, ({ byteLength }) => byteLength))).toBeLessThanOrEqual(1_048_576);
  });
});
