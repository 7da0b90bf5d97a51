import type { ToldCustomer } from '../../../schema/commands/outbound-messages.ts';
import type { BoughtLabel, VoidedLabel } from '../../../schema/commands/outbound-parcels.ts';
import type { ErrorCode } from '../../../schema/errors.ts';
import type { PromiseTold } from './promises/promise-told.ts';
import type { Order } from './order.ts';
import type { PendingCommand } from './commands-of-order.ts';
import type { Told } from './told.ts';
import type { QuotedTaxes } from './money/tax-check.ts';
import { note } from './timeline.ts';

/** What the one who had to do a command answered. */
export type CommandOutcome =
  | {
      readonly status: 'DONE';
      /** Of reserve-stock, deallocate-stock and cancel-reservations. */
      readonly reservations?: readonly NamedReservation[];
      /** Of quote-tax. */
      readonly taxes?: QuotedTaxes;
      /** Of authorise-payment. */
      readonly promise?: PromiseTold;
      /** Of capture-payment, void-payment and refund-payment: PENDING, its provider tells later what became of it. */
      readonly operation?: 'SUCCEEDED' | 'PENDING';
      /** Of tell-customer. */
      readonly notice?: ToldCustomer;
      /** Of record-sales-order, route-order and confirm-tax: what the system calls it. */
      readonly document?: string;
      /** Of request-invoice: what the ERP calls it. */
      readonly invoice?: string;
      /** Of buy-label. */
      readonly label?: BoughtLabel;
      /** Of void-label. */
      readonly voided?: VoidedLabel['voided'];
      /** Of stop-work. */
      readonly stopped?: 'CANCELLED' | 'REFUSED';
      /** Of redirect-work. */
      readonly redirected?: 'REDIRECTED' | 'REFUSED';
      /** Of take-capacity: the days, by location and day, that had no room. */
      readonly full?: readonly string[];
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
  /** Of `quantity`, what is sold beyond stock; absent: nothing. */
  readonly backordered?: string;
  /** It is sold ahead, and does not leave before; absent: it leaves as soon as it is there. */
  readonly shipsAt?: string;
}

export interface Settlement<Command extends PendingCommand = PendingCommand> {
  readonly command: Command;
  readonly outcome: CommandOutcome;
  readonly told: Told;
}

export type PendingOf<Name extends PendingCommand['name']> = Extract<PendingCommand, { readonly name: Name }>;

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
