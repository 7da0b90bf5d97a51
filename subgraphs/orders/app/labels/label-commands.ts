import { Refusal } from '../../../../kernel/model/errors.ts';
import { parseAs } from '../../../../kernel/model/json-schema.ts';
import {
  buyLabel,
  voidLabel,
  type BoughtLabel,
  type BuyLabel,
  type VoidedLabel,
  type VoidLabel,
} from '../../../../schema/commands/outbound-parcels.ts';
import type { CommandOutcome } from '../../domain/command-outcome.ts';
import type { ParcelLabel } from '../../domain/labels/parcel-label.ts';
import type { Order } from '../../domain/order.ts';
import type { PendingCommand } from '../../domain/commands-of-order.ts';
import { OUTBOUND_REF } from '../outbound-ref.ts';
import type { OrdersServices } from '../orders-services.ts';

type OnLabel = Extract<PendingCommand, { readonly name: 'buy-label' | 'void-label' }>;

interface About {
  readonly order: Order;
  readonly command: OnLabel;
}

/** Has a carrier sell a label, or take one back, by way of its queue, where the command is durable. */
export async function submitLabel(
  services: Pick<OrdersServices, 'outbound' | 'addresses'>,
  { order, command }: About,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const label = order.labels?.find(({ id }) => id === command.label);
  if (!label)
    throw new Refusal('UNKNOWN_SHIPMENT', `The order has no label ${command.label}.`, { label: command.label });
  const submission = await services.outbound.submit({
    system: label.system,
    key: command.id,
    name: command.name,
    lane: 'FULFILMENT',
    group: order.id,
    ref: `${OUTBOUND_REF}${order.id}`,
    payload: command.name === 'buy-label' ? await wanted(services, order, label) : unwanted(order, label),
    correlationId,
  });
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  if (command.name === 'buy-label') {
    return { status: 'DONE', label: parseAs<BoughtLabel>(buyLabel.reply, submission.result, command.name) };
  }
  return { status: 'DONE', ...parseAs<VoidedLabel>(voidLabel.reply, submission.result, command.name) };
}

/** @throws {Refusal} UPSTREAM_REJECTED when nobody knows where it goes */
async function wanted(
  { addresses }: Pick<OrdersServices, 'addresses'>,
  order: Order,
  { id: reference, location, service, from, weightGrams }: ParcelLabel,
): Promise<BuyLabel> {
  const to = await addresses.of(order);
  if (!to || service === null) {
    throw new Refusal('UPSTREAM_REJECTED', `Nobody knows where the parcel of ${location} goes.`, { location });
  }
  return { order: order.id, reference, service, from, to, weightGrams };
}

const unwanted = (order: Order, { bought }: ParcelLabel): VoidLabel => ({
  order: order.id,
  label: bought?.label ?? '',
});

/** Nothing of the order is to be sent any more. */
export async function forgetAddress(
  { addresses }: Pick<OrdersServices, 'addresses'>,
  { id }: Order,
): Promise<CommandOutcome> {
  await addresses.forget(id);
  return { status: 'DONE' };
}
