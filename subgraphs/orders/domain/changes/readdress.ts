import { labelledAt, toSendAt } from '../labels/parcel-label.ts';
import { voidLabel } from '../labels/use-label.ts';
import type { Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';
import { isSamePlace } from '../sourcing/destination.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';
import { isHandingOver } from '../work/plan-release.ts';
import type { OrderEdit } from './order-edit.ts';

interface Readdressing {
  /** The order before it goes elsewhere. */
  readonly before: Order;
  readonly edit: OrderEdit;
  readonly redirectable: readonly string[];
  readonly told: Told;
}

/**
 * What was put on parcels or told to systems follows the order to its new address. An order that goes elsewhere without an
 * address for it is sent nowhere by the hub until somebody tells one.
 */
export function readdress(order: Order, { before, edit, redirectable, told }: Readdressing): Order {
  const { addressId, destination } = edit;
  const isMoved = destination !== undefined && !isSamePlace(destination, before.destination);
  if (addressId === undefined && !isMoved) return order;
  const unlabelled = labelledAt(order).reduce(voidLabel, order);
  const routed = unlabelled.routing
    ? { ...unlabelled, routing: { ...unlabelled.routing, isMoved: true as const } }
    : unlabelled;
  if (addressId === undefined) return order.hasAddress ? misaddressed(routed, told) : routed;
  const { isMisaddressed: _, ...rest } = routed;
  const noted = note(
    { ...rest, hasAddress: true, addressId },
    { type: 'ADDRESS_CHANGED', summary: 'It goes to another address.', told, visibility: 'CUSTOMER' },
  );
  return redirectable
    .filter((location) => toSendAt(noted, location).length > 0 || isHandedOver(noted, location))
    .reduce((state, location) => enqueue(state, (id) => ({ id, name: 'redirect-work', location })), noted);
}

const isHandedOver = ({ pending }: Order, location: string): boolean =>
  pending.some((command) => isHandingOver(command, location));

function misaddressed(order: Order, told: Told): Order {
  return note(
    { ...order, isMisaddressed: true },
    {
      type: 'ADDRESS_MISSING',
      summary:
        'It goes elsewhere than its address says: no label is bought, and no system gets the work, until one is told.',
      told,
      visibility: 'AGENT',
    },
  );
}
