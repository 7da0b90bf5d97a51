import { describe, expect, test } from '@jest/globals';
import type { IncomingHttpHeaders } from 'node:http';
import { mayBeForged } from './csrf.ts';

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };

describe('a request that a page may have forged', () => {
  test.each<[string, IncomingHttpHeaders]>([
    ['of a browser that says nothing else', BROWSER],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['with an origin', { origin: 'https://evil.example' }],
    ['with a referrer', { referer: 'https://evil.example/' }],
    ['with a cookie', { cookie: 'session=1' }],
    ['with a form type', { ...BROWSER, 'content-type': 'text/plain; charset=utf-8' }],
    ['with an empty type', { ...BROWSER, 'content-type': '' }],
    ['with an empty telling header', { ...BROWSER, 'apollo-require-preflight': '' }],
  ])('is one %s', (_what, headers) => {
    expect(mayBeForged(headers, 'browsers')).toBe(true);
    expect(mayBeForged(headers, 'off')).toBe(false);
  });

  test.each<[string, IncomingHttpHeaders]>([
    ['has a type for which a browser asks first', { ...BROWSER, 'content-type': 'application/json' }],
    ['has a header for which a browser asks first', { ...BROWSER, 'x-apollo-operation-name': 'Q' }],
    ['carries a token in a header', { ...BROWSER, authorization: 'Bearer x' }],
  ])('is none that %s', (_what, headers) => {
    expect(mayBeForged(headers, 'browsers')).toBe(false);
    expect(mayBeForged(headers, 'always')).toBe(false);
  });

  test.each<[string, IncomingHttpHeaders]>([
    ['from its own page', { ...BROWSER, 'sec-fetch-site': 'same-origin', referer: 'https://hub.example/' }],
    ['from the address bar', { ...BROWSER, 'sec-fetch-site': 'none' }],
    ['of a client that is no browser', { 'user-agent': 'curl/8' }],
  ])('is none %s, unless every plain request is refused', (_what, headers) => {
    expect(mayBeForged(headers, 'browsers')).toBe(false);
    expect(mayBeForged(headers, 'always')).toBe(true);
  });
});
