import { isRefusal } from '../../../../kernel/model/errors.ts';
import { OPEN_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';
import { recordTracking } from '../parcels/record-tracking.ts';
import type { Shipment } from '../parcels/shipment.ts';
import { countUnits } from '../units.ts';
import { toSendAt, withLabel, type ParcelLabel } from './parcel-label.ts';

/** The newest parcel left with a label: its carrier tells of it by itself, and what it told before holds from now on. */
export function useLabel(order: Order, label: ParcelLabel): Order {
  const newest = order.shipments.at(-1);
  const { bought, early } = label;
  if (!newest || !bought) return order;
  const { label: reference, document, cost } = bought;
  const sent: Shipment = { ...newest, followedBy: label.system, label: { id: label.id, reference, document, cost } };
  const shipments = [...order.shipments.slice(0, -1), sent];
  const used = withLabel({ ...order, shipments }, { ...label, state: 'USED' });
  if (!early) return used;
  const tracked = recordTracking(used, { type: 'RecordTracking', shipment: newest.id, ...early });
  return isRefusal(tracked) ? used : tracked.state;
}

/** Gives back labels of parcels that are not to be sent any more, and forgets where nothing is sent to any more. */
export function withoutIdleLabels(order: Order): Order {
  const idle = (order.labels ?? []).filter(
    ({ state, location }) => state === 'BOUGHT' && toSendAt(order, location).length === 0,
  );
  return withoutAddress(idle.reduce(voidLabel, order));
}

/** Has a label given back. */
export function voidLabel(order: Order, label: ParcelLabel): Order {
  const voiding = withLabel(order, { ...label, state: 'VOIDING' });
  return enqueue(voiding, (id) => ({ id, name: 'void-label', label: label.id }));
}

function withoutAddress(order: Order): Order {
  const { hasAddress, ...rest } = order;
  const isOpen = order.lines.some(({ units }) => countUnits(units, { states: OPEN_STATES }) > 0);
  // A label that is being bought is sent again after a crash, to the same address.
  const isAsked = (order.labels ?? []).some(({ state }) => state === 'ASKED');
  if (!hasAddress || isOpen || isAsked) return order;
  return enqueue(rest, (id) => ({ id, name: 'forget-address' }));
}
