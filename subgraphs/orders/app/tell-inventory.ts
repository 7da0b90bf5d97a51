import {
  allocateStock,
  bringStock,
  cancelReservations,
  deallocateStock,
  giveUpTransfer,
  prioritiseReservations,
  recordMovement,
  reserveStock,
} from '../../../schema/commands/inventory.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { AskInventory } from './ask-inventory.ts';

type OnStock = Extract<PendingCommand, { readonly request: unknown }>;

/**
 * Has the ledger do what was decided about stock.
 * @throws {Refusal} what the ledger says no to
 * @throws {Obstacle} when it does not answer
 */
export async function tellInventory(
  askInventory: AskInventory,
  command: OnStock,
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
    case 'cancel-reservations': {
      const { reservations } = await askInventory(cancelReservations, command.request, correlationId);
      return { status: 'DONE', ...(reservations && { reservations }) };
    }
    case 'prioritise-reservations':
      await askInventory(prioritiseReservations, command.request, correlationId);
      break;
    case 'allocate-stock':
      await askInventory(allocateStock, command.request, correlationId);
      break;
    case 'record-movement':
      await askInventory(recordMovement, command.request, correlationId);
      break;
    case 'bring-stock':
      await askInventory(bringStock, command.request, correlationId);
      break;
    case 'give-up-transfer':
      await askInventory(giveUpTransfer, command.request, correlationId);
  }
  return { status: 'DONE' };
}
