import type { Erp } from '../../../connectors/erp/port.ts';
import type { Messenger } from '../../../connectors/notification/port.ts';
import type { Oms } from '../../../connectors/oms/port.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { Language } from '../../../schema/commands/outbound-messages.ts';
import { MILESTONES, noticePlanOf, type NotificationRule } from '../domain/hand-offs/notification-rules.ts';
import type { Order } from '../domain/order.ts';
import { routingOf, type OrchestrationRule } from '../domain/routing/routing-hand-off.ts';
import { saleHandOffOf, type SalesOrderRule } from '../domain/hand-offs/sale-hand-off.ts';

/** Who hears of the orders of which channel. */
export interface HandOffRules {
  readonly notificationRules: readonly NotificationRule[];
  readonly salesOrderRules: readonly SalesOrderRule[];
  /** Hold of a channel until the ownership register says who orchestrates it. Absent: the hub does. */
  readonly orchestrationRules?: readonly OrchestrationRule[];
}

export interface OrderToHandOff {
  readonly channel: string;
  /** Null: nobody is told. */
  readonly customer: string | null;
  /** BCP 47; absent: that of the channel's rule. */
  readonly language?: string;
  /** The OMS that orchestrates it; null: the hub does. */
  readonly orchestrator: string | null;
}

const LANGUAGE = new RegExp(Language.pattern ?? '');

/**
 * What is settled for an order when it is placed: who tells its customer, which ERP keeps it, and which OMS routes it.
 * @throws {Refusal} BAD_USER_INPUT for what is no language
 */
export function handOffsOf(
  { notificationRules, salesOrderRules }: HandOffRules,
  { channel, customer, language, orchestrator }: OrderToHandOff,
): Pick<Order, 'noticePlan' | 'sale' | 'routing'> {
  if (language !== undefined && !LANGUAGE.test(language)) {
    throw new Refusal('BAD_USER_INPUT', 'language must be a tag such as en or de-AT.', { field: 'language' });
  }
  const about = { channel, ...(language !== undefined && { language }) };
  const noticePlan = customer === null ? undefined : noticePlanOf(notificationRules, about);
  const sale = saleHandOffOf(salesOrderRules, channel);
  const routing = routingOf(orchestrator);
  return { ...(noticePlan && { noticePlan }), ...(sale && { sale }), ...(routing && { routing }) };
}

/** The systems that rules may name. */
export interface HandOffSystems {
  readonly messengers: readonly Messenger[];
  readonly erp: Pick<Erp, 'system' | 'orders'> | undefined;
  /** Absent: there is none. */
  readonly oms?: readonly Oms[];
}

/**
 * @throws {Refusal} BAD_USER_INPUT for a rule that names a system which is not connected, has no words for a milestone,
 * keeps no orders, or routes none; and for a channel with two of them
 */
export function checkHandOffs(rules: HandOffRules, { messengers, erp, oms = [] }: HandOffSystems): void {
  const faults = [...silentMilestones(rules, messengers), ...unkeptOrders(rules, erp), ...unroutedChannels(rules, oms)];
  if (faults.length > 0) throw new Refusal('BAD_USER_INPUT', faults.join('\n'));
}

function unkeptOrders({ salesOrderRules }: HandOffRules, erp: HandOffSystems['erp']): readonly string[] {
  const keeper = erp?.orders && erp.system;
  const others = salesOrderRules.map(({ system }) => system).filter((system) => system !== keeper);
  return [...new Set(others)].map(
    (system) => `A rule has ${system} keep orders, and no ERP of that name is set up to.`,
  );
}

function unroutedChannels({ orchestrationRules = [] }: HandOffRules, oms: readonly Oms[]): readonly string[] {
  return orchestrationRules.flatMap(({ channel, system }, index) => [
    ...(oms.some((each) => each.system === system)
      ? []
      : [`A rule has ${system} orchestrate ${channel}, and no system of that name routes orders.`]),
    ...(orchestrationRules.findIndex((other) => other.channel === channel) < index
      ? [`More than one rule says who orchestrates ${channel}.`]
      : []),
  ]);
}

function silentMilestones({ notificationRules }: HandOffRules, messengers: readonly Messenger[]): readonly string[] {
  return notificationRules.flatMap(({ system, milestones = MILESTONES }) => {
    const messenger = messengers.find((each) => each.system === system);
    if (!messenger) return [`A notification rule names ${system}, and no system of that name sends messages.`];
    const missing = milestones.filter((milestone) => !messenger.milestones.includes(milestone));
    return missing.length > 0 ? [`${system} has no words for ${missing.join(', ')}, which a rule wants told.`] : [];
  });
}
