import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleVersion } from './rule-book.ts';

const REASON_LENGTH_MAX = 500;

/** Takes a planned version of the rules back. */
export interface RuleWithdrawalRequest {
  readonly version: number;
  readonly withdrawnBy: string;
  readonly reason: string;
}

/**
 * A version whose time has come is in effect, whether or not the writer has noted it already: taking it back then is a
 * change like any other, and has to say what is to hold instead.
 */
export function decideWithdrawRules(
  state: LedgerState,
  { version, withdrawnBy, reason: text }: RuleWithdrawalRequest,
  { nowMs }: DecisionMoment,
): Decision<'withdraw-availability-rules'> {
  const reason = text.trim();
  if (reason.length === 0 || reason.length > REASON_LENGTH_MAX) {
    const message = `reason must have 1 to ${REASON_LENGTH_MAX} characters.`;
    return refuse('BAD_USER_INPUT', message, { field: 'reason', max: REASON_LENGTH_MAX });
  }
  const planned = state.ruleBook.get(version);
  const refusal = findObjection(planned, version, nowMs);
  if (refusal) return refusal;
  const withdrawn = { type: 'availability-rules-withdrawn', version, atMs: nowMs, withdrawnBy, reason } as const;
  return { events: [withdrawn], answer: { version } };
}

function findObjection(planned: RuleVersion | undefined, version: number, nowMs: number): RefusalValue | undefined {
  const notPlanned = (status: string, message: string) =>
    refuse('RULE_VERSION_NOT_PLANNED', message, { version, status });
  if (!planned) return notPlanned('UNKNOWN', `There is no version ${version}, or it is no longer kept.`);
  if (planned.withdrawal) return notPlanned('WITHDRAWN', `Version ${version} was withdrawn before.`);
  const isEffective = planned.becameEffectiveAtMs !== null || planned.effectiveAtMs <= nowMs;
  return isEffective ? notPlanned('EFFECTIVE', `Version ${version} has taken effect.`) : undefined;
}
