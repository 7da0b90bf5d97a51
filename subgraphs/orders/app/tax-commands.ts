import type { TaxSystem } from '../../../connectors/tax/port.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { confirmTax, type ConfirmedTax, type ConfirmTax } from '../../../schema/commands/outbound-taxes.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import { bookedItems, taxedItems } from '../domain/money/tax-check.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import type { OrdersServices } from './orders-services.ts';

type OnTax<Name> = Extract<PendingCommand, { readonly name: Name }>;

interface About<Name> {
  readonly order: Order;
  readonly command: OnTax<Name>;
}

/**
 * Asks the tax system directly what the taxes of an order are.
 * @throws {Obstacle} when it does not answer
 */
export async function quoteTax(
  { taxes }: Pick<OrdersServices, 'taxes'>,
  { order, command }: About<'quote-tax'>,
): Promise<CommandOutcome> {
  const port = portOf(taxes, command.system);
  const { quote, taxes: quoted } = await port.quote({
    order: order.id,
    currency: order.currency,
    pricesIncludeTax: order.pricesIncludeTax ?? true,
    country: order.taxCheck?.country ?? '',
    postalCode: order.destination?.postalCode ?? null,
    items: taxedItems(order),
  });
  const minorByRef = Object.fromEntries(
    [...quoted].map(([ref, each]) => [ref, each.reduce((sum, { amountMinor }) => sum + amountMinor, 0)]),
  );
  return { status: 'DONE', taxes: { quote, minorByRef } };
}

/** Has the taxes booked by way of the tax system's queue, where the command is durable. */
export async function submitTax(
  { outbound }: Pick<OrdersServices, 'outbound'>,
  { order, command }: About<'confirm-tax'>,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const quote = order.taxCheck?.quote ?? null;
  const payload: ConfirmTax = {
    order: order.id,
    ...(quote !== null && { quote }),
    currency: order.currency,
    lines: [...bookedItems(order)],
  };
  const submission = await outbound.submit({
    system: command.system,
    key: command.id,
    name: command.name,
    lane: 'FINANCE',
    group: order.id,
    ref: `${OUTBOUND_REF}${order.id}`,
    payload,
    correlationId,
  });
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const { document } = parseAs<ConfirmedTax>(confirmTax.reply, submission.result, command.name);
  return { status: 'DONE', document };
}

/** @throws {Refusal} UPSTREAM_REJECTED when the configuration has it no more */
function portOf(taxes: readonly TaxSystem[], system: string): TaxSystem {
  const port = taxes.find((each) => each.system === system);
  if (!port) throw new Refusal('UPSTREAM_REJECTED', `No tax system ${system} is connected any more.`, { system });
  return port;
}
