import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';

/** An address in the vendor's fields, which wants the last name by itself. */
export function shippingAddressOf({ name, street, city, postalCode, country }: ParcelAddress) {
  const words = name.split(/\s+/);
  const last_name = words.at(-1) ?? name;
  return { first_name: words.slice(0, -1).join(' '), last_name, address1: street, city, zip: postalCode, country };
}
