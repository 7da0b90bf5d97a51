import { Refusal } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { redirectWork, stopWork, type RedirectedWork, type StoppedWork } from '../../../schema/commands/outbound.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import { stockLine } from '../domain/pending-command.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import { authorisePayment, submitPayment } from './payment-commands.ts';
import { submitToMarketplace } from './marketplace-commands.ts';
import { forgetAddress, submitLabel } from './labels/label-commands.ts';
import { workAddress } from './labels/work-address.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import { submitRouting } from './routing-commands.ts';
import { submitInvoice, submitSalesOrder } from './sale-commands.ts';
import { quoteTax, submitTax } from './tax-commands.ts';
import { submitNotice } from './submit-notice.ts';
import { tellInventory } from './tell-inventory.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';
import { takeCapacity } from './sourcing/take-capacity.ts';

type Services = Pick<
  OrdersServices,
  | 'addresses'
  | 'askInventory'
  | 'capacity'
  | 'rules'
  | 'wms'
  | 'outbound'
  | 'payments'
  | 'taxes'
  | 'knownPayments'
  | 'parked'
  | 'pickupRules'
  | 'store'
  | 'marketplaces'
  | 'clock'
  | 'skus'
  | 'channels'
  | 'ids'
  | 'telemetry'
>;

export interface Sending {
  readonly order: Order;
  readonly command: PendingCommand;
}

/**
 * Sends a pending command to the one who has to do it. What a warehouse has to do goes to the warehouse's queue, where it is
 * durable, and is WAITING until the warehouse has done it; then the order is told.
 * @throws {Obstacle} when there is no answer; it is to be sent again under the same id
 */
export async function sendCommand(
  services: Services,
  sending: Sending,
  cause: Cause,
): Promise<CommandOutcome | 'WAITING'> {
  try {
    return await send(services, sending, cause);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 'REFUSED', code: error.code, message: error.message, details: error.details };
  }
}

async function send(
  services: Services,
  { order, command }: Sending,
  cause: Cause,
): Promise<CommandOutcome | 'WAITING'> {
  const { correlationId } = cause;
  switch (command.name) {
    case 'reserve-stock':
    case 'allocate-stock':
    case 'deallocate-stock':
    case 'cancel-reservations':
    case 'prioritise-reservations':
    case 'record-movement':
    case 'bring-stock':
    case 'give-up-transfer':
      return tellInventory(services.askInventory, command, correlationId);
    case 'release-work': {
      const lines = command.lines.map((line) => stockLine(order, line));
      const content = { lines, ...(command.transfer !== undefined && { order: command.transfer }) };
      const address = await workAddress(services, { order, work: command }, cause);
      return toWarehouse(services, { order, command, content, address }, correlationId);
    }
    case 'buy-label':
    case 'void-label':
      return submitLabel(services, { order, command }, correlationId);
    case 'forget-address':
      return forgetAddress(services, order);
    case 'stop-work': {
      const content = command.transfer === undefined ? {} : { order: command.transfer };
      return toWarehouse(services, { order, command, content }, correlationId);
    }
    case 'redirect-work': {
      const shipTo = await services.addresses.of(order);
      if (!shipTo) throw new Refusal('UPSTREAM_REJECTED', 'Nobody knows where it goes.', { order: order.id });
      return toWarehouse(services, { order, command, content: {}, address: { shipTo } }, correlationId);
    }
    case 'acknowledge-order':
    case 'tell-cancellation':
    case 'tell-shipment':
      return submitToMarketplace(services, { order, command }, correlationId);
    case 'quote-tax':
      return quoteTax(services, { order, command });
    case 'confirm-tax':
      return submitTax(services, { order, command }, correlationId);
    case 'tell-customer':
      return submitNotice(services, { order, command }, correlationId);
    case 'record-sales-order':
      return submitSalesOrder(services, { order, command }, correlationId);
    case 'route-order':
      return submitRouting(services, { order, command }, cause);
    case 'request-invoice':
      return submitInvoice(services, { order, command }, correlationId);
    case 'authorise-payment':
      return authorisePayment(services, { order, command });
    case 'capture-payment':
    case 'void-payment':
    case 'refund-payment':
      return submitPayment(services, { order, command }, correlationId);
    case 'take-capacity':
      return { status: 'DONE', full: await takeCapacity(services, order, command) };
    case 'give-capacity-back':
      await services.capacity.giveBack({ command: command.id, order: order.id, claim: command.claim });
      return { status: 'DONE' };
  }
}

type Work = Extract<PendingCommand, { readonly name: 'release-work' | 'stop-work' | 'redirect-work' }>;

interface WorkToTell {
  readonly order: Order;
  readonly command: Work;
  readonly content: object;
  readonly address?: { readonly shipTo?: ParcelAddress };
}

async function toWarehouse(
  { outbound, wms }: Services,
  { order, command, content, address }: WorkToTell,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const { id: key, name, location } = command;
  const about = { order: order.id, location, ...content };
  const submission = await outbound.submit({
    // Who routes an order runs the work on it, wherever it is done.
    system: order.routing?.system ?? systemOf(wms, location).system,
    key,
    name,
    lane: 'FULFILMENT',
    group: order.id,
    ref: `${OUTBOUND_REF}${order.id}`,
    payload: { ...about, ...address },
    // Once it is told, what is known of the address later makes no other command of it.
    content: about,
    correlationId,
  });
  switch (submission.status) {
    case 'WAITING':
      return 'WAITING';
    case 'REFUSED':
      return submission;
    case 'DONE':
      if (name === 'release-work') return { status: 'DONE' };
      if (name === 'stop-work')
        return { status: 'DONE', ...parseAs<StoppedWork>(stopWork.reply, submission.result, name) };
      return { status: 'DONE', ...parseAs<RedirectedWork>(redirectWork.reply, submission.result, name) };
  }
}

function systemOf(wms: Services['wms'], location: string) {
  const system = wms.find((each) => each.locations.includes(location));
  // The configuration was changed while work was on its way to a system that is no longer there.
  if (!system) throw new Refusal('UPSTREAM_REJECTED', `No system runs ${location} any more.`, { location });
  return system;
}
