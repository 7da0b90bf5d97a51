import type { CommandOf, Transition } from './order-command.ts';
import type { Order } from './order.ts';
import { note } from './timeline.ts';

/** That an order was taken on before its stock was claimed. JSON data. */
export interface Acceptance {
  readonly atMs: number;
  /** Why the ledger claims nothing for the order yet; absent: nothing is wrong. */
  readonly unclaimedBecause?: string;
}

/**
 * Whether the order stands whatever the ledger says: a marketplace has sold it, or it was taken on while the ledger was
 * away. Nobody waits for the answer to its first claim, and what is not there is owed.
 */
export const isTakenOn = ({ marketplace, acceptance }: Pick<Order, 'marketplace' | 'acceptance'>): boolean =>
  marketplace !== undefined || acceptance !== undefined;

/** Why nothing is claimed for an order that was taken on; undefined: nothing is wrong. */
export const unclaimedBecause = ({ marketplace, acceptance }: Order): string | undefined =>
  (marketplace ?? acceptance)?.unclaimedBecause;

/** @param because undefined: nothing keeps it from being claimed any more */
export function withUnclaimed(order: Order, because: string | undefined): Order {
  if (because === unclaimedBecause(order)) return order;
  const told = because === undefined ? {} : { unclaimedBecause: because };
  const { marketplace, acceptance } = order;
  if (marketplace) return { ...order, marketplace: { ...without(marketplace), ...told } };
  return acceptance ? { ...order, acceptance: { ...without(acceptance), ...told } } : order;
}

function without<Terms extends { readonly unclaimedBecause?: string }>(terms: Terms): Omit<Terms, 'unclaimedBecause'> {
  const { unclaimedBecause: _, ...rest } = terms;
  return rest;
}

/** The ledger does not say whether it can be served, and the channel takes it on all the same. */
export function acceptUnclaimed(order: Order, { told }: CommandOf<'AcceptUnclaimed'>): Transition {
  if (order.status !== 'RECEIVED' || isTakenOn(order)) return { state: order, events: [] };
  const accepted = { ...order, acceptance: { atMs: told.occurredAtMs } };
  return {
    state: note(accepted, {
      type: 'ORDER_TAKEN_ON',
      summary: 'The order is taken on. Its stock is claimed as soon as the ledger answers.',
      told,
      visibility: 'CUSTOMER',
    }),
    events: [],
  };
}
