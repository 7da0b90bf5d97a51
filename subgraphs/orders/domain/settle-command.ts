import type { ErrorCode } from '../../../schema/errors.ts';
import type { Order, PendingCommand, Told } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { withoutCommand } from './pending-command.ts';
import { settleAllocation } from './settle-allocation.ts';
import { settleDeallocation } from './settle-deallocation.ts';
import { settleRelease } from './settle-release.ts';
import { settleReservation } from './settle-reservation.ts';
import { settleStop } from './settle-stop.ts';
import { note } from './timeline.ts';

/** What the one who had to do a command answered. */
export type CommandOutcome =
  | {
      readonly status: 'DONE';
      /** Of reserve-stock and deallocate-stock. */
      readonly reservations?: readonly NamedReservation[];
      /** Of stop-work. */
      readonly stopped?: 'CANCELLED' | 'REFUSED';
    }
  | {
      readonly status: 'REFUSED';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };

export interface NamedReservation {
  readonly id: string;
  /** The order line. */
  readonly lineRef: string;
  readonly quantity: string;
}

export interface Settlement<Command extends PendingCommand = PendingCommand> {
  readonly command: Command;
  readonly outcome: CommandOutcome;
  readonly told: Told;
}

export type PendingOf<Name extends PendingCommand['name']> = Extract<PendingCommand, { readonly name: Name }>;

/** Takes in the answer to a pending command. One that was settled before changes nothing. */
export function settleCommand(order: Order, { commandId, outcome, told }: CommandOf<'SettleCommand'>): Transition {
  const command = order.pending.find((pending) => pending.id === commandId);
  if (!command) return { state: order, events: [] };
  const rest = withoutCommand(order, commandId);
  switch (command.name) {
    case 'reserve-stock':
      return settleReservation(rest, { command, outcome, told });
    case 'allocate-stock':
      return { state: settleAllocation(rest, { command, outcome, told }), events: [] };
    case 'deallocate-stock':
      return { state: settleDeallocation(rest, { command, outcome, told }), events: [] };
    case 'release-work':
      return settleRelease(rest, { command, outcome, told });
    case 'stop-work':
      return { state: settleStop(rest, { command, outcome, told }), events: [] };
    case 'cancel-reservations':
    case 'record-movement':
      return { state: noteIfRefused(rest, { command, outcome, told }), events: [] };
  }
}

/** A command that must not fail did: what the ledger holds has to be looked at by a person. */
export function noteIfRefused(order: Order, { command, outcome, told }: Settlement): Order {
  if (outcome.status === 'DONE') return order;
  return note(order, {
    type: 'COMMAND_REFUSED',
    summary: `${command.name} was refused with ${outcome.code}: ${outcome.message}`,
    told,
    visibility: 'INTERNAL',
  });
}
