import type { ReturnReason } from '../../../schema/events/fields.ts';
import { DEFAULT_TERMS, type RefundTerms } from './refund-terms.ts';
import type { PolicyAnswer, PolicyQuestion, QuestionedLine, ReturnPolicy } from './return-policy.ts';
import { BUILT_IN_RULES, WINDOW_DAYS, type ReturnRule, type ReturnRules } from './return-rules.ts';

const DAY_MS = 86_400_000;

/** The retailer's doing: such goods come back whatever was agreed. */
const FAULTS: ReadonlySet<ReturnReason> = new Set([
  'DEFECTIVE',
  'DAMAGED_IN_TRANSIT',
  'WRONG_ITEM',
  'NOT_AS_DESCRIBED',
]);
/** Carriage goes back as well where the retailer or the carrier is to blame, or nothing was taken in. */
const FREE_OF_CHARGES: ReadonlySet<ReturnReason> = new Set([...FAULTS, 'LATE', 'REFUSED']);

/**
 * The newest version of the rules that is in force at the time of the request, and in it the first rule that fits each
 * line. What one line is refused for the whole return is; an agent may allow what the rules leave open or refuse.
 */
export function ruleReturnPolicy(versions: readonly ReturnRules[] = []): ReturnPolicy {
  const newestFirst = versions.toSorted((a, b) => b.effectiveFromMs - a.effectiveFromMs);
  const inForce = (atMs: number): ReturnRules =>
    newestFirst.find(({ effectiveFromMs }) => effectiveFromMs <= atMs) ?? BUILT_IN_RULES;
  return {
    decideRequest: (question) => decide(question, inForce(question.requestedAtMs)),
    mayDecideOpen: (requester) => requester === 'AGENT',
    history: (atMs) => inForce(atMs).history,
    blindRefundMaxMinor: (atMs) => inForce(atMs).blindRefundMaxMinor ?? 0,
  };
}

type Objection = 'BEYOND_WINDOW' | 'FINAL_SALE' | 'WORTH_ABOVE_LIMIT' | 'MANY_RETURNS';

function decide(question: PolicyQuestion, rules: ReturnRules): PolicyAnswer {
  const chosen = question.lines.map((line) => rules.rules.find((rule) => fits(rule, line, question)) ?? {});
  const objections = new Set<Objection>();
  for (const [index, line] of question.lines.entries()) {
    for (const objection of objectionsTo(line, chosen[index] ?? {}, question)) objections.add(objection);
  }
  if (rules.history && question.recentReturns >= rules.history.countMax) objections.add('MANY_RETURNS');
  const terms = chosen.map((rule, index) => termsOf(rule, question.lines[index], rules.version));
  const awaited = chosen.map(({ awaitDays }) => awaitDays ?? Number.POSITIVE_INFINITY);
  const awaitDays = Math.max(...awaited);
  return {
    ...outcomeOf([...objections], question),
    rulesVersion: rules.version,
    ...(Number.isFinite(awaitDays) && { awaitDays }),
    terms,
  };
}

function fits(rule: ReturnRule, { categories, reason }: QuestionedLine, { channel, start }: PolicyQuestion): boolean {
  return (
    (rule.channel === undefined || rule.channel === channel) &&
    (rule.category === undefined || categories.includes(rule.category)) &&
    (rule.reasons?.includes(reason) ?? true) &&
    (rule.starts?.includes(start) ?? true)
  );
}

function objectionsTo(line: QuestionedLine, rule: ReturnRule, question: PolicyQuestion): readonly Objection[] {
  const { placedAtMs, requestedAtMs, start } = question;
  // Nobody took it in, so nothing was agreed to be kept.
  if (start === 'REFUSED_DELIVERY') return [];
  const windowMs = (rule.windowDays ?? WINDOW_DAYS) * DAY_MS;
  const found: Objection[] = [];
  if (placedAtMs !== null && requestedAtMs - placedAtMs > windowMs) found.push('BEYOND_WINDOW');
  if (rule.isFinalSale === true && !FAULTS.has(line.reason)) found.push('FINAL_SALE');
  if (rule.worthMaxMinor !== undefined && line.worthMinor > rule.worthMaxMinor) found.push('WORTH_ABOVE_LIMIT');
  return found;
}

function outcomeOf(
  objections: readonly Objection[],
  { requester, start }: PolicyQuestion,
): Pick<PolicyAnswer, 'outcome' | 'reasons'> {
  const agreeing = start === 'BLIND' ? 'GOODS_ARE_HERE' : 'WITHIN_POLICY';
  if (objections.length === 0) return { outcome: 'AUTHORIZED', reasons: [agreeing] };
  if (requester === 'AGENT') return { outcome: 'AUTHORIZED', reasons: [...objections, 'ALLOWED_BY_AGENT'] };
  const isRefused = requester === 'CUSTOMER' && objections.includes('FINAL_SALE');
  return { outcome: isRefused ? 'REJECTED' : 'REQUESTED', reasons: objections };
}

function termsOf(rule: ReturnRule, line: QuestionedLine | undefined, rulesVersion: string): RefundTerms {
  const refundsCharges = line !== undefined && FREE_OF_CHARGES.has(line.reason);
  const isFault = line !== undefined && FAULTS.has(line.reason);
  return {
    ...DEFAULT_TERMS,
    rulesVersion,
    refundAt: rule.refundAt ?? DEFAULT_TERMS.refundAt,
    // Nobody pays for sending back what should not have been sent.
    restockingFeePercent: isFault ? 0 : (rule.restockingFeePercent ?? DEFAULT_TERMS.restockingFeePercent),
    returnFeeMinor: isFault ? 0 : (rule.returnFeeMinor ?? DEFAULT_TERMS.returnFeeMinor),
    conditionPercent: isFault ? {} : (rule.conditionPercent ?? DEFAULT_TERMS.conditionPercent),
    refundsCharges: rule.refundsCharges ?? refundsCharges,
    unrefunded: rule.unrefunded ?? DEFAULT_TERMS.unrefunded,
  };
}
