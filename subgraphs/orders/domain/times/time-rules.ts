import type { PriorityRule } from '../claims/priority-rules.ts';

/** What has to be done to an order by a time. */
export const DEADLINE_KINDS = ['ACKNOWLEDGEMENT', 'RELEASE', 'SHIPMENT', 'PROMISE'] as const;

export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

export interface DeadlineRule {
  /** Absent: any. */
  readonly channel?: string;
  readonly kind: DeadlineKind;
  /** How long before its end people hear of it, 0 or more. */
  readonly warnMinutes: number;
  /** Of PROMISE: how long before its end people hear of what is on its way and has not arrived. Absent: half a day. */
  readonly arrivalWarnMinutes?: number;
  /** Of RELEASE: how long work may wait to be handed over. Absent or null: for ever. */
  readonly afterMinutes?: number | null;
}

/** After which silence a parcel is taken to have arrived; null: never. */
export interface ArrivalRule {
  /** Absent: any. */
  readonly channel?: string;
  /** As those name it who send parcels. Absent: any, also none. */
  readonly carrier?: string;
  /** Of a parcel of which no carrier has told anything. */
  readonly untoldDays: number | null;
  /** Of a parcel that its carrier last told to be on its way. */
  readonly silentDays: number | null;
}

/** How long after everything has arrived it may come back; then the order is closed. Null: it never is. */
export interface ReturnWindow {
  /** Absent: any. */
  readonly channel?: string;
  readonly days: number | null;
}

/** What time alone does to orders. Of each list the first rule that fits holds, then the usual one. */
export interface TimeRules {
  readonly deadlines: readonly DeadlineRule[];
  readonly arrivals: readonly ArrivalRule[];
  readonly returnWindows: readonly ReturnWindow[];
  /** Who is covered first when stock comes. Absent: the usual. */
  readonly priorities?: readonly PriorityRule[];
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** The end of the promised day: until then nothing that is on its way is late. */
const USUAL_ARRIVAL_WARN_MINUTES = 720;

type UsualDeadline = Required<Pick<DeadlineRule, 'warnMinutes' | 'afterMinutes'>>;

const USUAL_DEADLINES: Readonly<Record<DeadlineKind, UsualDeadline>> = {
  ACKNOWLEDGEMENT: { warnMinutes: 60, afterMinutes: null },
  RELEASE: { warnMinutes: 240, afterMinutes: 1_440 },
  SHIPMENT: { warnMinutes: 240, afterMinutes: null },
  PROMISE: { warnMinutes: 1_440, afterMinutes: null },
};
const USUAL_ARRIVAL: ArrivalRule = { untoldDays: 10, silentDays: 30 };
const USUAL_WINDOW: ReturnWindow = { days: 90 };

/** What holds where nothing else is said. */
export const USUAL_TIMES: TimeRules = { deadlines: [], arrivals: [], returnWindows: [] };

type OfChannel = { readonly channel: string };

export function warnMsOf({ deadlines }: TimeRules, kind: DeadlineKind, { channel }: OfChannel): number {
  const rule = deadlines.find((each) => each.kind === kind && fits(each, channel));
  return (rule ?? USUAL_DEADLINES[kind]).warnMinutes * MINUTE_MS;
}

export function arrivalWarnMsOf({ deadlines }: TimeRules, { channel }: OfChannel): number {
  const rule = deadlines.find((each) => each.kind === 'PROMISE' && fits(each, channel));
  return (rule?.arrivalWarnMinutes ?? USUAL_ARRIVAL_WARN_MINUTES) * MINUTE_MS;
}

/** How long work may wait to be handed over; null: for ever. */
export function releaseMsOf({ deadlines }: TimeRules, { channel }: OfChannel): number | null {
  const rule = deadlines.find((each) => each.kind === 'RELEASE' && fits(each, channel));
  const { afterMinutes = null } = rule ?? USUAL_DEADLINES.RELEASE;
  return afterMinutes === null ? null : afterMinutes * MINUTE_MS;
}

export function arrivalRuleOf({ arrivals }: TimeRules, { channel }: OfChannel, carrier: string | null): ArrivalRule {
  const fitting = arrivals.find(
    (each) => fits(each, channel) && (each.carrier === undefined || each.carrier === carrier),
  );
  return fitting ?? USUAL_ARRIVAL;
}

/** Null: for ever. */
export function returnWindowMsOf({ returnWindows }: TimeRules, { channel }: OfChannel): number | null {
  const { days } = returnWindows.find((each) => fits(each, channel)) ?? USUAL_WINDOW;
  return days === null ? null : days * DAY_MS;
}

function fits(rule: { readonly channel?: string }, channel: string): boolean {
  return rule.channel === undefined || rule.channel === channel;
}
