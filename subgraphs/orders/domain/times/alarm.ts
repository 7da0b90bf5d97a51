import type { Order } from '../order.ts';
import { activeHolds } from '../holds/hold.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';
import { deadlineOf, knownSinceMs, type Deadline } from './deadline.ts';
import { DEADLINE_KINDS, type DeadlineKind, type TimeRules } from './time-rules.ts';

/** What people were told of a deadline that is still open. JSON data. */
export interface Alarm {
  readonly kind: DeadlineKind;
  readonly dueAtMs: number;
  /** PASSED: it was over when the hub first heard of the order, which is noted and nothing else. */
  readonly state: 'WARNED' | 'MISSED' | 'PASSED';
  /** It was told of what is on its way. Absent: of what is still to be done here. */
  readonly isOutOfHands?: true;
}

interface Passing {
  readonly nowMs: number;
  readonly told: Told;
}

/** Tells people once that a deadline is near, and once that it was missed. */
export function passDeadlines(order: Order, passing: Passing, rules: TimeRules): Order {
  return DEADLINE_KINDS.reduce((state, kind) => {
    const deadline = deadlineOf(state, kind, rules);
    return deadline ? passOne(state, deadline, passing) : state;
  }, order);
}

function passOne(order: Order, deadline: Deadline, { nowMs, told }: Passing): Order {
  const { kind, dueAtMs, warnAtMs, isOutOfHands } = deadline;
  const before = alarmOf(order, deadline);
  if (nowMs < (before ? dueAtMs : warnAtMs) || (before && before.state !== 'WARNED')) return order;
  const late = dueAtMs <= knownSinceMs(order) ? 'PASSED' : 'MISSED';
  const state = nowMs < dueAtMs ? 'WARNED' : late;
  const alarm: Alarm = { kind, dueAtMs, state, ...(isOutOfHands && { isOutOfHands }) };
  const alarms = [...(order.alarms ?? []).filter((each) => each.kind !== kind), alarm];
  return note(
    { ...order, alarms },
    {
      type: entryTypeOf({ kind, state }),
      summary: `${wordsOf(deadline)}${soFar(state, deadline)}${heldBy(order)}`,
      told,
      visibility: state === 'PASSED' ? 'INTERNAL' : 'AGENT',
    },
  );
}

const STATE_WORDS: Readonly<Record<Alarm['state'], string>> = { WARNED: 'DUE', MISSED: 'MISSED', PASSED: 'PASSED' };

/** How an alarm stands on the timeline. */
export const entryTypeOf = ({ kind, state }: Pick<Alarm, 'kind' | 'state'>): string => `${kind}_${STATE_WORDS[state]}`;

const SO_FAR: Readonly<Record<Alarm['state'], string>> = {
  WARNED: ', and is not yet.',
  MISSED: ', and was not.',
  PASSED: '; that was over when the hub first heard of it.',
};

const soFar = (state: Alarm['state'], { isOutOfHands }: Deadline): string =>
  isOutOfHands && state !== 'PASSED' ? ', and has not arrived.' : SO_FAR[state];

/** Without the end of the sentence. */
function wordsOf({ kind, dueAtMs, what }: Deadline): string {
  return kind === 'PROMISE' ? `The order ${what}` : `The order ${what} by ${new Date(dueAtMs).toISOString()}`;
}

function heldBy(order: Order): string {
  const types = activeHolds(order).map(({ type }) => type);
  return types.length === 0 ? '' : ` It is held: ${types.join(', ')}.`;
}

/** The alarm about this very deadline. */
function alarmOf({ alarms = [] }: Order, { kind, dueAtMs, isOutOfHands }: Deadline): Alarm | undefined {
  const alarm = alarms.find((each) => each.kind === kind && each.dueAtMs === dueAtMs);
  // What was warned of here was done; that it arrives is another thing.
  return alarm?.state === 'WARNED' && (alarm.isOutOfHands ?? false) !== isOutOfHands ? undefined : alarm;
}

/** Withdraws alarms about what was done, called off, or is to be done by another time now. */
export function withOpenAlarms(order: Order, rules: TimeRules): Order {
  const { alarms, ...rest } = order;
  if (!alarms) return order;
  const open = alarms.filter((alarm) => {
    const deadline = deadlineOf(order, alarm.kind, rules);
    return deadline && alarmOf(order, deadline) === alarm;
  });
  if (open.length === alarms.length) return order;
  return open.length > 0 ? { ...rest, alarms: open } : rest;
}

/** When the next deadline is to be told of; undefined: never. */
export function nextAlarmAtMs(order: Order, rules: TimeRules): number | undefined {
  const times = DEADLINE_KINDS.flatMap((kind) => {
    const deadline = deadlineOf(order, kind, rules);
    const alarm = deadline && alarmOf(order, deadline);
    if (!deadline || (alarm && alarm.state !== 'WARNED')) return [];
    return [alarm ? deadline.dueAtMs : deadline.warnAtMs];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}
