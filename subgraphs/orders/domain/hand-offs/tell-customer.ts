import type { ToldCustomer } from '../../../../schema/commands/outbound-messages.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { noticeCommandId, type Notice, type NoticePlan } from './notice.ts';
import { ORDER_LIMITS, type Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';
import { reachedMilestones, type ReachedMilestone } from './reached-milestones.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';

/**
 * Has the customer told of the milestones that a change has reached. Each is decided together with the change, so that it
 * is told once, also after a restart. What happened too long ago is left out: an order that comes late, or is told again
 * from the beginning, does not flood its customer.
 */
export function tellCustomer(before: Order, after: Order, told: Told): Order {
  const { noticePlan: plan } = after;
  if (!plan || after.customer === null) return after;
  return reachedMilestones(before, after).reduce((state, reached) => take(state, reached, told), after);
}

function take(order: Order, reached: ReachedMilestone, told: Told): Order {
  const { noticePlan: plan } = order;
  if (!plan?.milestones.includes(reached.milestone) || plan.notices.length >= ORDER_LIMITS.noticesMax) return order;
  const key = keyOf(plan, reached);
  if (plan.notices.some((notice) => notice.key === key) || isNoLater(plan, reached)) return order;
  const { milestone, about } = reached;
  const { expectedOn } = about;
  const notice = { key, milestone, atMs: told.occurredAtMs, ...(expectedOn !== undefined && { expectedOn }) };
  if (isOldNews(order, reached, told)) {
    const state = withNotice(order, plan, { ...notice, state: 'LEFT_OUT' });
    const summary = `The customer was not told (${milestone}): it happened too long ago to be news.`;
    return note(state, { type: 'NOTICE_LEFT_OUT', summary, told, visibility: 'INTERNAL' });
  }
  const id = noticeCommandId(order.id, key);
  const asked = enqueue(order, () => ({ id, name: 'tell-customer', system: plan.system, notice: key, about }));
  return withNotice(asked, plan, { ...notice, state: 'ASKED' });
}

/** An order that was told long after it was placed was confirmed by somebody else. */
function isOldNews({ noticePlan, timeline }: Order, { milestone }: ReachedMilestone, told: Told): boolean {
  const [placed] = milestone === 'CONFIRMED' ? timeline : [];
  const lagMs = Math.max(lagOf(told), placed ? lagOf(placed.told) : 0);
  return lagMs > (noticePlan?.ageMsMax ?? 0);
}

const lagOf = ({ occurredAtMs, recordedAtMs }: Told): number => recordedAtMs - occurredAtMs;

function keyOf({ notices }: NoticePlan, { milestone, of }: ReachedMilestone): string {
  if (of === '') return milestone;
  return `${milestone}/${of ?? notices.filter((each) => each.milestone === milestone).length + 1}`;
}

/** A day that was told already, or an earlier one, is no news. */
function isNoLater({ notices }: NoticePlan, { milestone, about }: ReachedMilestone): boolean {
  if (milestone !== 'DELAYED') return false;
  return notices.some(({ expectedOn }) => expectedOn !== undefined && expectedOn >= (about.expectedOn ?? ''));
}

function withNotice(order: Order, plan: NoticePlan, notice: Notice): Order {
  const isKnown = plan.notices.some(({ key }) => key === notice.key);
  const notices = isKnown
    ? plan.notices.map((each) => (each.key === notice.key ? notice : each))
    : [...plan.notices, notice];
  return { ...order, noticePlan: { ...plan, notices } };
}

const WORDS: Readonly<Record<Notice['milestone'], string>> = {
  CONFIRMED: 'the order is confirmed',
  SHIPPED: 'a parcel is on its way',
  READY_FOR_PICKUP: 'goods wait to be collected',
  DELIVERED: 'a parcel has arrived',
  CANCELLED: 'units were called off',
  REFUNDED: 'money was given back',
  DELAYED: 'units come later than promised',
};

/** The one who sends messages has taken the message on, or has not. */
export function settleNotice(order: Order, { command, outcome, told }: Settlement<PendingOf<'tell-customer'>>): Order {
  const { noticePlan: plan } = order;
  const notice = plan?.notices.find(({ key }) => key === command.notice);
  if (!plan || !notice) return order;
  const { system } = command;
  const what = WORDS[notice.milestone];
  if (outcome.status === 'REFUSED') {
    const summary = `The customer was not told that ${what}: ${outcome.message}`;
    const state = withNotice(order, plan, { ...notice, state: 'REFUSED' });
    return note(state, { type: 'NOTICE_REFUSED', summary, told, visibility: 'AGENT' });
  }
  const { outcome: end = 'TOO_LATE', message = null } = outcome.notice ?? {};
  const { state, type, words } = ENDS[end];
  const settled = withNotice(order, plan, { ...notice, state, ...(message !== null && { message }) });
  return note(settled, { type, summary: words(what, system), told, visibility: 'AGENT' });
}

interface End {
  readonly state: Notice['state'];
  /** Of the entry on the timeline. */
  readonly type: string;
  readonly words: (what: string, system: string) => string;
}

const ENDS: Readonly<Record<ToldCustomer['outcome'], End>> = {
  ACCEPTED: {
    state: 'TOLD',
    type: 'CUSTOMER_TOLD',
    words: (what, system) => `The customer was told by ${system} that ${what}.`,
  },
  SUPPRESSED: {
    state: 'SUPPRESSED',
    type: 'NOTICE_SUPPRESSED',
    words: (what) => `The customer was not told that ${what}: they want no such messages.`,
  },
  TOO_LATE: {
    state: 'TOO_LATE',
    type: 'NOTICE_TOO_LATE',
    words: (what, system) =>
      `The customer was not told that ${what}: ${system} was away until it was no news any more.`,
  },
};
