import { Refusal } from '../../../kernel/model/errors.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { RuleInForce } from '../domain/rule-book.ts';
import type { RuleScope } from '../domain/rule-table.ts';
import { specificityOf } from '../domain/rules-of-kind.ts';

/**
 * The rules that hold for a place at an instant, the most specific of each kind.
 * @throws {Refusal} LIMIT_EXCEEDED when that was so long ago that it is no longer known
 */
export function rulesAt({ ruleBook }: LedgerState, place: RuleScope, atMs: number): readonly RuleInForce[] {
  if (!ruleBook.knows(atMs)) {
    throw new Refusal('LIMIT_EXCEEDED', 'The rules of that time are no longer kept.', { field: 'at' });
  }
  const byKind = new Map<string, RuleInForce>();
  for (const rule of ruleBook.inForceAt(atMs, place)) {
    const { kind, scope } = rule.setting;
    const known = byKind.get(kind);
    if (!known || specificityOf(scope) > specificityOf(known.setting.scope)) byKind.set(kind, rule);
  }
  return [...byKind.values()];
}
