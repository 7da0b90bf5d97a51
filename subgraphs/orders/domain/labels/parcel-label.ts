import type { BoughtLabel, ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import type { Order } from '../order.ts';
import type { LineQuantity, Tracking } from '../parcels/shipment.ts';
import type { Told } from '../told.ts';
import { countUnits } from '../units.ts';

/** A label for what a location is to send. JSON data. */
export interface ParcelLabel {
  /** Named by its order and its number; its carrier brings it back with what it tells of the parcel. */
  readonly id: string;
  readonly location: string;
  /** Of whom it is bought. */
  readonly system: string;
  readonly from: ParcelAddress;
  readonly weightGrams: number;
  /** Null: no carrier takes the parcel. */
  readonly service: string | null;
  /**
   * USED: it is on a parcel that left. VOIDING: it is being given back. KEPT: it could not be given back.
   * REFUSED: it could not be bought.
   */
  readonly state: 'ASKED' | 'BOUGHT' | 'USED' | 'VOIDING' | 'VOIDED' | 'KEPT' | 'REFUSED';
  readonly askedAtMs: number;
  /** Absent: it was not bought. */
  readonly bought?: BoughtLabel;
  /** Of the change that told the address for which it was asked. Absent: the one that was told first. */
  readonly addressId?: string;
  /** Why it was refused or kept; absent otherwise. */
  readonly because?: string;
  /** What its carrier told before the location told that the parcel left; absent: nothing. */
  readonly early?: { readonly tracking: Tracking; readonly told: Told };
}

export const labelIdOf = (order: string, labelNo: number): string => `${order}.l${labelNo}`;

/** The order of a label id, or undefined when it cannot be one. */
export function orderOfLabelId(labelId: string): string | undefined {
  const at = labelId.lastIndexOf('.l');
  return at > 0 && /^[1-9]\d*$/.test(labelId.slice(at + 2)) ? labelId.slice(0, at) : undefined;
}

const TO_SEND: readonly LineState[] = ['RELEASED', 'PICKED', 'PACKED'];
const BEGUN: readonly LineState[] = ['PICKED', 'PACKED'];

/** What a location has been given to send, and has not sent. */
export function toSendAt({ lines }: Pick<Order, 'lines'>, location: string): readonly LineQuantity[] {
  return unitsAt({ lines }, location, TO_SEND);
}

/** Whether a location sends units of an order to its customer, or is about to be given them. */
export const sendsFrom = (order: Pick<Order, 'lines'>, location: string): boolean =>
  unitsAt(order, location, ['ALLOCATED', ...TO_SEND]).length > 0;

function unitsAt({ lines }: Pick<Order, 'lines'>, location: string, states: readonly LineState[]) {
  return lines
    .filter(({ pickupAt }) => pickupAt === undefined)
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states, location }) }))
    .filter(({ quantity }) => quantity > 0);
}

/**
 * Whether a label is to be bought for a location: it has begun to put together what it sends. One that was refused is asked
 * for again when the location gets work anew, or the order another address.
 */
export function needsLabel(order: Order, location: string): boolean {
  const releasedMs = order.releasedAtMs?.[location] ?? 0;
  const isCovered = (order.labels ?? []).some((label) => {
    if (label.location !== location) return false;
    if (isLive(label)) return true;
    const isSameAddress = label.addressId === order.addressId;
    return label.state === 'REFUSED' && isSameAddress && label.askedAtMs >= releasedMs;
  });
  return !isCovered && unitsAt(order, location, BEGUN).length > 0;
}

const isLive = ({ state }: ParcelLabel): boolean => state === 'ASKED' || state === 'BOUGHT';

/** Labels of parcels that have not left. */
export const labelledAt = ({ labels = [] }: Order): readonly ParcelLabel[] =>
  labels.filter(({ state }) => state === 'BOUGHT');

/** The label that the next parcel of a location leaves with; undefined when there is none. */
export function labelAt({ labels = [] }: Order, location: string): ParcelLabel | undefined {
  return labels.find((label) => label.location === location && label.state === 'BOUGHT');
}

/** Puts a changed label in the place of the old one, or adds a new one. */
export function withLabel(order: Order, label: ParcelLabel): Order {
  const { labels = [] } = order;
  const isKnown = labels.some(({ id }) => id === label.id);
  return {
    ...order,
    labels: isKnown ? labels.map((each) => (each.id === label.id ? label : each)) : [...labels, label],
  };
}
