import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import type { RuleChangeRequest } from './ledger-command.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { readRule } from './read-rule.ts';
import { ruleImpactOf } from './rule-impact.ts';
import { settingKeyOf, type RuleSetting } from './rule-setting.ts';

/** Rules of one change. */
const RULES_OF_CHANGE_MAX = 500;
/** Changes that wait for their time. */
const PENDING_CHANGES_MAX = 1_000;
/** Rules in force; a sell policy counts for four. */
const RULES_IN_FORCE_MAX = 200_000;
const AHEAD_MS_MAX = 366 * 86_400_000;
const EFFECTIVE_PER_COMMAND_MAX = 100;

/** A change that could be made, and when it would take effect. */
export interface PlannedRules {
  readonly settings: readonly RuleSetting[];
  readonly effectiveAtMs: number;
}

/** Takes effect at once, or when its time has come. An instant that has passed is now: rules are never retroactive. */
export function decideChangeRules(
  state: LedgerState,
  request: RuleChangeRequest,
  moment: DecisionMoment,
): Decision<'change-availability-rules'> {
  const { nowMs } = moment;
  const planned = planRules(state, request, nowMs);
  if (isRefusal(planned)) return planned;
  const { settings, effectiveAtMs } = planned;
  const id = moment.nextId();
  const version = state.ruleBook.nextNumber;
  const { changedBy } = request;
  const changed: LedgerEvent = {
    type: 'availability-rules-changed',
    id,
    version,
    atMs: nowMs,
    effectiveAtMs,
    changedBy,
    settings,
  };
  const isNow = effectiveAtMs <= nowMs;
  const effective: LedgerEvent = { type: 'availability-rule-effective', version, atMs: nowMs };
  const answer = { version, effectiveAtMs, impact: ruleImpactOf(state, settings) };
  return { events: isNow ? [changed, effective] : [changed], answer };
}

/** What a request would change, with every reason for which it would be refused. */
export function planRules(
  state: LedgerState,
  { rules, effectiveAtMs }: Pick<RuleChangeRequest, 'rules' | 'effectiveAtMs'>,
  nowMs: number,
): PlannedRules | RefusalValue {
  if (rules.length === 0 || rules.length > RULES_OF_CHANGE_MAX) {
    const bounds = { field: 'rules', max: RULES_OF_CHANGE_MAX };
    return refuse('BAD_USER_INPUT', `rules must be 1 to ${RULES_OF_CHANGE_MAX}.`, bounds);
  }
  const settings: RuleSetting[] = [];
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const setting = readRule(state, rule);
    if (isRefusal(setting)) return { ...setting, details: { ...setting.details, rule: index } };
    const key = settingKeyOf(setting);
    if (seen.has(key)) return refuse('BAD_USER_INPUT', 'A rule comes twice.', { field: 'rules', rule: index });
    seen.add(key);
    settings.push(setting);
  }
  const effectiveMs = Math.max(nowMs, effectiveAtMs ?? nowMs);
  return findLimit(state, settings, effectiveMs - nowMs) ?? { settings, effectiveAtMs: effectiveMs };
}

function findLimit(state: LedgerState, settings: readonly RuleSetting[], aheadMs: number): RefusalValue | undefined {
  const beyond = (limit: string, max: number) =>
    refuse('LIMIT_EXCEEDED', `The change goes beyond ${limit}, which is ${max}.`, { limit, max });
  if (aheadMs > AHEAD_MS_MAX) return beyond('AHEAD_MS_MAX', AHEAD_MS_MAX);
  const isLater = aheadMs > 0;
  if (isLater && state.ruleBook.pending().length >= PENDING_CHANGES_MAX) {
    return beyond('PENDING_CHANGES_MAX', PENDING_CHANGES_MAX);
  }
  if (state.rules.size + settings.length * 4 > RULES_IN_FORCE_MAX) {
    return beyond('RULES_IN_FORCE_MAX', RULES_IN_FORCE_MAX);
  }
  return undefined;
}

/** What time has made due. More than one command takes is due again afterwards. */
export function decideApplyDueRules(state: LedgerState, { nowMs }: DecisionMoment): Decision<'apply-due-rules'> {
  const due = state.ruleBook.pending().filter(({ effectiveAtMs }) => effectiveAtMs <= nowMs);
  const events = due.slice(0, EFFECTIVE_PER_COMMAND_MAX).map(({ number }): LedgerEvent => {
    return { type: 'availability-rule-effective', version: number, atMs: nowMs };
  });
  return { events, answer: { effective: events.length } };
}

/** Nothing is noted while no rule asks how far away supply is. */
export function decideAdvanceSupplyHorizon(
  state: LedgerState,
  { nowMs }: DecisionMoment,
): Decision<'advance-supply-horizon'> {
  const dueMs = nextHorizonMs(state);
  if (dueMs === undefined || dueMs > nowMs) return { events: [], answer: NOTHING };
  return { events: [{ type: 'supply-horizon-advanced', atMs: nowMs }], answer: NOTHING };
}

/** How long supply may be nearer than the ledger counts it. */
const HORIZON_STEP_MS = 3_600_000;

export function nextHorizonMs({ rules, ruleBook }: Pick<LedgerState, 'rules' | 'ruleBook'>): number | undefined {
  return rules.hasPreorders ? ruleBook.asOfMs + HORIZON_STEP_MS : undefined;
}
