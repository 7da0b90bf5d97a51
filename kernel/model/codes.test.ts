import { describe, expect, test } from '@jest/globals';
import { CODE_LENGTH_MAX, channelId, locationId, networkId, skuId, storeChannelId } from './codes.ts';

describe('codes', () => {
  test('a code is trimmed and upper-cased', () => {
    expect(skuId(' 84406b ')).toBe('84406B');
    expect([locationId('store-1'), channelId('web'), networkId('uk')]).toEqual(['STORE-1', 'WEB', 'UK']);
  });

  test('an empty, over-long or unprintable code is refused, and the field is named', () => {
    for (const text of ['', '   ', 'x'.repeat(CODE_LENGTH_MAX + 1), 'a\u0000b', 'a\nb', '\u007f']) {
      expect(() => locationId(text)).toThrow(
        expect.objectContaining({ code: 'BAD_USER_INPUT', details: { field: 'location' } }),
      );
    }
    expect(skuId('x'.repeat(CODE_LENGTH_MAX))).toHaveLength(CODE_LENGTH_MAX);
  });

  test('the channel of one store is told from configured ones by its form', () => {
    expect(storeChannelId(locationId('12'))).toBe('STORE:12');
  });
});
