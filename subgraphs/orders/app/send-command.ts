import { Refusal } from '../../../kernel/model/errors.ts';
import {
  allocateStock,
  cancelReservations,
  deallocateStock,
  recordMovement,
  reserveStock,
} from '../../../schema/commands/inventory.ts';
import type { Order, PendingCommand } from '../domain/order.ts';
import { stockLine } from '../domain/pending-command.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';

type Services = Pick<OrdersServices, 'askInventory' | 'wms'>;

export interface Sending {
  readonly order: Order;
  readonly command: PendingCommand;
}

/**
 * Sends a pending command to the one who has to do it.
 * @throws {Obstacle} when there is no answer; it is to be sent again under the same id
 */
export async function sendCommand(services: Services, sending: Sending, cause: Cause): Promise<CommandOutcome> {
  try {
    return await send(services, sending, cause.correlationId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 'REFUSED', code: error.code, message: error.message, details: error.details };
  }
}

async function send(
  { askInventory, wms }: Services,
  { order, command }: Sending,
  correlationId: string,
): Promise<CommandOutcome> {
  switch (command.name) {
    case 'reserve-stock': {
      const { reservations } = await askInventory(reserveStock, command.request, correlationId);
      return { status: 'DONE', reservations };
    }
    case 'deallocate-stock': {
      const { reservations } = await askInventory(deallocateStock, command.request, correlationId);
      return { status: 'DONE', reservations };
    }
    case 'allocate-stock':
      await askInventory(allocateStock, command.request, correlationId);
      return { status: 'DONE' };
    case 'cancel-reservations':
      await askInventory(cancelReservations, command.request, correlationId);
      return { status: 'DONE' };
    case 'record-movement':
      await askInventory(recordMovement, command.request, correlationId);
      return { status: 'DONE' };
    case 'release-work': {
      const { id, location } = command;
      const lines = command.lines.map((line) => stockLine(order, line));
      await systemOf(wms, location).release({ idempotencyKey: id, order: order.id, location, lines });
      return { status: 'DONE' };
    }
    case 'stop-work':
      return {
        status: 'DONE',
        stopped: await systemOf(wms, command.location).cancelRelease(order.id, command.location),
      };
  }
}

function systemOf(wms: Services['wms'], location: string) {
  const system = wms.find((each) => each.locations.includes(location));
  // The configuration was changed while work was on its way to a system that is no longer there.
  if (!system) throw new Refusal('UPSTREAM_REJECTED', `No system runs ${location} any more.`, { location });
  return system;
}
