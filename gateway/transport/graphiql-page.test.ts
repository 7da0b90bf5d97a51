import { describe, expect, test } from '@jest/globals';
import { renderGraphiqlPage } from './graphiql-page.ts';

describe('the GraphiQL page', () => {
  test('loads no script and no style from elsewhere', () => {
    const page = renderGraphiqlPage();

    expect(page.match(/<script[^>]+src=/g)).toBeNull();
    expect(page.match(/<link[^>]+rel="?stylesheet/g)).toBeNull();
  });

  test('gives the headers of a tab to its socket before GraphiQL opens one', () => {
    const page = renderGraphiqlPage([{ query: '{ a }', headers: { authorization: 'Bearer T' } }]);

    expect(page.indexOf('connection_init')).toBeGreaterThan(0);
    expect(page.indexOf('headersOfTab')).toBeLessThan(page.indexOf('</head>'));
  });

  test('forgets stored tabs when it offers others', () => {
    const offered = (token: string) =>
      /offered = "([0-9a-f]{64})"/.exec(
        renderGraphiqlPage([{ query: '{ a }', headers: { authorization: `Bearer ${token}` } }]),
      )?.[1];

    expect(offered('one')).toMatch(/^[0-9a-f]{64}$/);
    expect(offered('one')).not.toBe(offered('two'));
  });
});
