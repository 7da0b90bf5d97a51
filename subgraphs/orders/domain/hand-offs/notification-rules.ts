import type { Milestone } from '../../../../schema/commands/outbound-messages.ts';
import type { NoticePlan } from './notice.ts';

/** Who tells the customers of a channel what becomes of their orders. Without a rule nobody does. */
export interface NotificationRule {
  /** Absent: any. */
  readonly channel?: string;
  /** Who sends the messages, by its name as a source. */
  readonly system: string;
  /** BCP 47; of orders that say none. */
  readonly language: string;
  /** Absent: all. */
  readonly milestones?: readonly Milestone[];
  /** What happened longer ago is not told. Absent: NOTICE_AGE_HOURS_MAX. */
  readonly ageHoursMax?: number;
}

export const NOTICE_AGE_HOURS_MAX = 72;

export const MILESTONES: readonly Milestone[] = [
  'CONFIRMED',
  'SHIPPED',
  'READY_FOR_PICKUP',
  'DELIVERED',
  'CANCELLED',
  'REFUNDED',
  'DELAYED',
];

const HOUR_MS = 3_600_000;

/** By the first rule that fits; undefined when none does. */
export function noticePlanOf(
  rules: readonly NotificationRule[],
  { channel, language }: { readonly channel: string; readonly language?: string },
): NoticePlan | undefined {
  const rule = rules.find((each) => (each.channel ?? channel) === channel);
  if (!rule) return undefined;
  const { system, milestones = MILESTONES, ageHoursMax = NOTICE_AGE_HOURS_MAX } = rule;
  const ageMsMax = ageHoursMax * HOUR_MS;
  return { system, language: language ?? rule.language, milestones, ageMsMax, notices: [] };
}
