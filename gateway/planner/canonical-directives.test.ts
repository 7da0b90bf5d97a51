import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { withCanonicalDirectives } from './canonical-directives.ts';

const canonical = (link: string, rest: string): string =>
  print(
    withCanonicalDirectives(parse(`schema @link(url: "https://specs.apollo.dev/${link}) { query: Query } ${rest}`)),
  );

describe('directives that the gateway acts upon', () => {
  test.each([
    ['are known by their own name', 'authenticated/v0.1"', '@authenticated', '@authenticated'],
    ['are known by the name that the link gives', 'authenticated/v0.1", as: "login"', '@login', '@authenticated'],
    ['are known by an imported name', 'policy/v0.1", import: [{ name: "@policy", as: "@rule" }]', '@rule', '@policy'],
    ['are known by a prefix', 'cost/v0.1"', '@cost__listSize(assumedSize: 1)', '@listSize(assumedSize: 1)'],
    ['are known by another prefix', 'cost/v0.1", as: "price"', '@price__listSize', '@listSize'],
    ['are known when imported', 'cost/v0.1", import: ["@listSize"]', '@listSize', '@listSize'],
  ])('%s', (_what, link, written, expected) => {
    expect(canonical(link, `type Query { a: Int ${written} }`)).toContain(`a: Int ${expected}\n`);
  });

  test('are no other directives, whatever those are called', () => {
    const text = canonical('login/v1.0", as: "authenticated"', 'type Query { a: Int @login }');
    expect(text).toContain('a: Int @login\n');
  });
});
