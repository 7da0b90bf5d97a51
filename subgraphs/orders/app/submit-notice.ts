import { parseAs } from '../../../kernel/model/json-schema.ts';
import {
  tellCustomer,
  type MessageSubject,
  type TellCustomer,
  type ToldCustomer,
} from '../../../schema/commands/outbound-messages.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import { stockLine } from '../domain/pending-command.ts';
import type { NoticeSubject } from '../domain/hand-offs/reached-milestones.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import type { OrdersServices } from './orders-services.ts';

interface About {
  readonly order: Order;
  readonly command: Extract<PendingCommand, { readonly name: 'tell-customer' }>;
}

/** Has the customer told by way of the queue of whoever sends the messages. The order says nothing of where they live. */
export async function submitNotice(
  { outbound }: Pick<OrdersServices, 'outbound'>,
  { order, command }: About,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const payload = messageOf(order, command);
  // Its customer or its plan is gone: there is nobody to tell.
  if (!payload) return { status: 'DONE', notice: { outcome: 'TOO_LATE', message: null } };
  const submission = await outbound.submit({
    system: command.system,
    key: command.id,
    name: command.name,
    lane: 'ORDERS',
    group: order.id,
    ref: `${OUTBOUND_REF}${order.id}`,
    payload,
    correlationId,
  });
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const notice = parseAs<ToldCustomer>(tellCustomer.reply, submission.result, command.name);
  return { status: 'DONE', notice };
}

function messageOf(order: Order, { notice: key, about }: About['command']): TellCustomer | undefined {
  const { customer, noticePlan: plan } = order;
  const notice = plan?.notices.find((each) => each.key === key);
  if (!plan || !notice || customer === null) return undefined;
  return {
    order: order.id,
    channel: order.channel,
    number: order.externalId,
    customer,
    milestone: notice.milestone,
    language: plan.language,
    occurredAt: new Date(notice.atMs).toISOString(),
    tellBefore: new Date(notice.atMs + plan.ageMsMax).toISOString(),
    about: subjectOf(order, about),
  };
}

function subjectOf(order: Order, { amountMinor, lines, ...about }: NoticeSubject): MessageSubject {
  return {
    ...about,
    lines: lines.map((line) => {
      const { sku, quantity } = stockLine(order, line);
      return { sku, quantity };
    }),
    ...(amountMinor !== undefined && { amount: { amountMinor, currencyCode: order.currency } }),
  };
}
