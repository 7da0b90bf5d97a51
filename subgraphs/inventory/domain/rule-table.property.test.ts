import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { RuleTable, type RuleKind, type RuleScope } from './rule-table.ts';
import { specificityOf } from './rules-of-kind.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

/** Codes that would be taken for each other if they were only strung together. */
const code = fc.constantFrom('a', 'b', 'a|', '|b', 'a b', '1');
const kind = fc.constantFrom<RuleKind>('THRESHOLD', 'CAP');
const scope: fc.Arbitrary<RuleScope> = fc
  .record({ sku: fc.option(code), location: fc.option(code), channel: fc.option(code) })
  .map(({ sku, location, channel }) => ({
    ...(sku !== null && { sku }),
    ...(location !== null && { location }),
    ...(channel !== null && { channel }),
  }));
const setting = fc.tuple(kind, scope, fc.option(fc.nat({ max: 9 })));

/** The list of all rules that were set, and the one that names most of a place. */
class PlainRules {
  #rules: { readonly kind: RuleKind; readonly scope: RuleScope; readonly value: number }[] = [];

  set(of: RuleKind, at: RuleScope, value: number | null): void {
    this.#rules = this.#rules.filter((rule) => rule.kind !== of || JSON.stringify(rule.scope) !== JSON.stringify(at));
    if (value !== null) this.#rules.push({ kind: of, scope: at, value });
  }

  find(of: RuleKind, place: RuleScope) {
    const holding = this.#rules.filter((rule) => rule.kind === of && holds(rule.scope, place));
    return holding.sort((a, b) => specificityOf(b.scope) - specificityOf(a.scope))[0];
  }

  has(of: RuleKind): boolean {
    return this.#rules.some((rule) => rule.kind === of);
  }

  get size(): number {
    return this.#rules.length;
  }
}

function holds(rule: RuleScope, place: RuleScope): boolean {
  return (['sku', 'location', 'channel'] as const).every(
    (part) => rule[part] === undefined || rule[part] === place[part],
  );
}

describe('the table of rules', () => {
  test('finds what the most specific of all rules says, also after it was saved', () => {
    fc.assert(
      fc.property(fc.array(setting, { maxLength: 30 }), fc.array(scope), (settings, places) => {
        const table = new RuleTable();
        const plain = new PlainRules();
        for (const [of, at, value] of settings) {
          table.set(of, at, value);
          plain.set(of, at, value);
        }
        const saved = JSON.parse(JSON.stringify(table.toEntries())) as ReturnType<RuleTable['toEntries']>;
        for (const each of [table, new RuleTable(saved), table.with([])]) {
          expect([each.size, each.isEmpty]).toEqual([plain.size, plain.size === 0]);
          for (const wanted of ['THRESHOLD', 'CAP'] as const) {
            expect(each.has(wanted)).toBe(plain.has(wanted));
            for (const place of [...places, ...settings.map(([, at]) => at)]) {
              const expected = plain.find(wanted, place);
              expect(each.find(wanted, place)).toBe(expected?.value);
              const told = expected && { value: expected.value, isOfChannel: expected.scope.channel !== undefined };
              expect(each.findWithScope(wanted, place)).toEqual(told);
            }
          }
        }
      }),
      parameters,
    );
  });

  test('stays as it is when it is tried with other settings', () => {
    const table = new RuleTable([['CAP', { sku: 'a' }, 1]]);
    const tried = table.with([{ kind: 'CAP', scope: { sku: 'a', channel: 'b' }, value: 2 }]);
    expect([table.find('CAP', { sku: 'a', channel: 'b' }), tried.find('CAP', { sku: 'a', channel: 'b' })]).toEqual([
      1, 2,
    ]);
  });
});
