import type { OrderLine } from '../order-line.ts';
import type { Order } from '../order.ts';
import { DAY_MS, MINUTE_MS } from '../times/time-rules.ts';
import { owedOf } from './owed-units.ts';
import { USUAL_PRIORITY } from './priority-of-claim.ts';

/** Who is covered first when stock comes for what was sold beyond it. */
export interface PriorityRule {
  /** Absent: any. */
  readonly channel?: string;
  /** 0 to PRIORITY_MAX, the highest first. */
  readonly priority: number;
  /** It matters more when it is due soon. Absent: never. */
  readonly dueSoon?: readonly DueSoon[];
}

export interface DueSoon {
  /** Before the ship-by date of a marketplace, or the end of the promised day, whichever comes first. */
  readonly withinMinutes: number;
  readonly priority: number;
}

/** What is due within two days goes before what may still wait. */
const USUAL_RULE: PriorityRule = { priority: USUAL_PRIORITY, dueSoon: [{ withinMinutes: 2_880, priority: 8 }] };

const ruleOf = (rules: readonly PriorityRule[], channel: string): PriorityRule =>
  rules.find((each) => each.channel === undefined || each.channel === channel) ?? USUAL_RULE;

interface Step {
  readonly atMs: number;
  readonly priority: number;
}

/** When an order begins to matter more, in no order. */
function stepsOf(order: Order, { dueSoon = [] }: PriorityRule): readonly Step[] {
  const dueAtMs = dueAtMsOf(order);
  if (dueAtMs === undefined) return [];
  return dueSoon.map(({ withinMinutes, priority }) => ({ atMs: dueAtMs - withinMinutes * MINUTE_MS, priority }));
}

/** By when what it waits for has to leave or arrive; undefined when nobody waits for a day. */
function dueAtMsOf({ lines, marketplace }: Order): number | undefined {
  const promised = lines.flatMap(({ promise, units }) =>
    promise && units.some(({ state }) => state === 'CAPTURED' || state === 'RESERVED' || state === 'BACKORDERED')
      ? [Date.parse(promise.latestOn) + DAY_MS]
      : [],
  );
  const due = [...promised, ...(marketplace?.shipByMs === undefined ? [] : [marketplace.shipByMs])];
  return due.length === 0 ? undefined : Math.min(...due);
}

/** What the rules give an order at a time. */
export function ruledPriority(order: Order, rules: readonly PriorityRule[], nowMs: number): number {
  const rule = ruleOf(rules, order.channel);
  const reached = stepsOf(order, rule).filter(({ atMs }) => atMs <= nowMs);
  return Math.max(rule.priority, ...reached.map(({ priority }) => priority));
}

/** Whether some of a line was sold beyond stock, and waits for it. */
export const waitsForStock = ({ claims }: Pick<OrderLine, 'claims'>): boolean =>
  claims.some((claim) => owedOf(claim) > 0);

/** When the rules give an order that waits for stock more than it has; undefined: never. */
export function nextPriorityAtMs(order: Order, rules: readonly PriorityRule[]): number | undefined {
  const { said, byRule = USUAL_PRIORITY } = order.priority ?? {};
  if (said !== undefined || !order.lines.some(waitsForStock)) return undefined;
  const steps = stepsOf(order, ruleOf(rules, order.channel)).filter(({ priority }) => priority > byRule);
  return steps.length === 0 ? undefined : Math.min(...steps.map(({ atMs }) => atMs));
}
