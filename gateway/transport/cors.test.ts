import { describe, expect, test } from '@jest/globals';
import { createCors } from './cors.ts';

const SHOP = 'https://shop.example';

describe('pages of other origins', () => {
  test('that are listed may read answers, with cookies only when that is said', () => {
    expect(createCors({ origins: [SHOP] }).headersFor(SHOP)).toEqual({
      vary: 'origin',
      'access-control-allow-origin': SHOP,
      'access-control-expose-headers': 'retry-after, x-correlation-id',
    });
    const withCookies = createCors({ origins: [SHOP], credentials: true });
    expect(withCookies.headersFor(SHOP)).toMatchObject({ 'access-control-allow-credentials': 'true' });
  });

  test.each(['https://evil.example', 'https://shop.example.evil.example', 'null', '*', undefined])(
    'such as %s are told nothing but that answers depend on the origin',
    (origin) => {
      const cors = createCors({ origins: [SHOP] });
      expect(cors.headersFor(origin)).toEqual({ vary: 'origin' });
      expect(cors.preflight(origin)).toBeUndefined();
    },
  );

  test('are all let in by *, and never with cookies', () => {
    const cors = createCors({ origins: '*' });
    expect(cors.headersFor('https://any.example')).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(() => createCors({ origins: '*', credentials: true })).toThrow('Credentials need a list of origins.');
  });

  test('learn from a preflight what they may send', () => {
    const cors = createCors({ origins: [SHOP], allowedHeaders: ['x-shop'], maxAgeSeconds: 5 });
    const { 'access-control-allow-headers': headers, ...rest } = cors.preflight(SHOP) ?? {};
    expect(headers?.split(', ')).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-shop']));
    expect(rest).toMatchObject({ 'access-control-allow-methods': 'GET, POST', 'access-control-max-age': '5' });
  });
});
