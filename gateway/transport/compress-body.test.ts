import { describe, expect, test } from '@jest/globals';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { compressBody } from './compress-body.ts';

const BODY = `{"data":{"words":"${'größer '.repeat(500)}"}}`;
const OPENERS = { br: brotliDecompressSync, gzip: gunzipSync } as const;

describe('compression', () => {
  test.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['GZIP', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
  ] as const)('for a client that takes %s is %s, and gives back the very same', async (accepted, expected) => {
    const compressed = await compressBody(BODY, accepted, 1_000);
    expect(compressed?.encoding).toBe(expected);
    expect(compressed?.bytes.length).toBeLessThan(BODY.length / 5);
    expect(OPENERS[expected](compressed?.bytes ?? '').toString()).toBe(BODY);
  });

  test.each([undefined, '', 'identity', 'deflate', 'gzip;q=0', 'gzip;q=0, br;q=0', 'br;q=x'])(
    'is left out for a client that takes %j',
    (accepted) => expect(compressBody(BODY, accepted, 1_000)).toBeUndefined(),
  );

  test('is left out below the bound', () => {
    expect(compressBody('{}', 'br', 1_000)).toBeUndefined();
    expect(compressBody(BODY, 'br', Infinity)).toBeUndefined();
  });
});
