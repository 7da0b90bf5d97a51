import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import type { PendingCommand } from '../commands-of-order.ts';
import type { Order } from '../order.ts';
import type { UnitCell } from '../units.ts';
import type { OpenEdit, OrderEdit } from './order-edit.ts';

const PARCELLED: readonly LineState[] = ['PACKED', 'READY_FOR_PICKUP'];
const AT_WORK: readonly LineState[] = ['RELEASED', 'PICKED', 'PACKED', 'CANCEL_REQUESTED'];
/** Of work that a system can still send elsewhere. */
const UNPARCELLED: readonly LineState[] = ['RELEASED', 'PICKED'];

type Systems = Pick<OpenEdit, 'wmsLocations' | 'redirectable'>;

/** A parcel has its address on it, and a system was told the address together with the work: not every one takes another. */
export function checkDestination(order: Order, edit: OrderEdit, systems: Systems): RefusalValue | undefined {
  if (!edit.destination && edit.addressId === undefined) return undefined;
  for (const { id, lineNo, units } of order.lines) {
    const cell = units.find((each) => PARCELLED.includes(each.state) || isTold(each, edit, systems));
    const details = { line: id, state: cell?.state, location: cell?.location };
    if (cell)
      return refuse('ILLEGAL_TRANSITION', `Units of line ${lineNo} are on their way to the old address.`, details);
  }
  if (order.pending.some((command) => isTelling(command, edit, systems))) {
    return refuse('ILLEGAL_TRANSITION', 'Work is being handed over with the old address.', {});
  }
  const isBuying = order.labels?.some(({ state }) => state === 'ASKED') ?? false;
  return isBuying ? refuse('VERSION_CONFLICT', 'A label is being bought for the old address.', {}) : undefined;
}

/** The old address is on its way to a system; one that sends work elsewhere is told the new one after it. */
function isTelling(command: PendingCommand, { addressId }: OrderEdit, { redirectable = [] }: Systems): boolean {
  if (command.name === 'route-order') return true;
  if (command.name !== 'release-work' || command.transfer !== undefined) return false;
  return addressId === undefined || !redirectable.includes(command.location);
}

/** A system has the old address with work that it does not send elsewhere any more. */
function isTold({ state, location }: UnitCell, { addressId }: OrderEdit, { wmsLocations, redirectable }: Systems) {
  if (location === null || !wmsLocations.includes(location) || !AT_WORK.includes(state)) return false;
  const isRedirectable = (redirectable ?? []).includes(location) && UNPARCELLED.includes(state);
  return addressId === undefined || !isRedirectable;
}
