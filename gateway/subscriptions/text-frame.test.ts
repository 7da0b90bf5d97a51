import { describe, expect, test } from '@jest/globals';
import { asciiJson } from './ascii-json.ts';
import { headerOf } from './text-frame.ts';

const bytesOf = (bytes: number): number[] => [...Buffer.from(headerOf(bytes), 'latin1')];

describe('the header of a text frame', () => {
  test.each([
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 255, 255]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
    [2 ** 32 + 3, [0x81, 127, 0, 0, 0, 1, 0, 0, 0, 3]],
  ])('says that %i bytes follow', (bytes, expected) => expect(bytesOf(bytes)).toEqual(expected));
});

describe('ASCII JSON', () => {
  test.each(['plain', 'Größe', '✓ 𝄞', '\u007f\u0080', '"quoted"'])('of %j reads back as it was', (text) => {
    const json = asciiJson(text);
    expect(Buffer.byteLength(json)).toBe(json.length);
    expect(JSON.parse(json)).toBe(text);
  });
});
