import { createHash } from 'node:crypto';

/** External document numbers have 35 characters at most. */
const DIGITS = 32;

/** The external document number under which the order of an id is found again. */
export function orderReferenceOf(order: string): string {
  const plain = order.replaceAll('-', '').toUpperCase();
  // Ids of the hub fit as they are; whatever else names an order does not have to.
  const digest = createHash('sha256').update(order).digest('hex').slice(0, DIGITS).toUpperCase();
  return `SO-${/^[0-9A-F]{32}$/.test(plain) ? plain : digest}`;
}

/** The text of the line that a parcel has in its order and its invoice. */
export const parcelText = (shipment: string): string => `Parcel ${shipment}`;

/** The text of the line for what is no goods and belongs to no parcel yet. */
export const CHARGES_TEXT = 'Charges and discounts';
