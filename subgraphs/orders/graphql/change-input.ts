import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { EditOrder } from '../app/edit-order.ts';
import type { SubstituteLine } from '../app/substitute-line.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import { discountOf, placedLineOf, taxesOf, tenderOf, textOf } from './order-input.ts';
import { readAddress } from './read-address.ts';
import { readDestination } from './read-destination.ts';
import type { EditOrderInput, OrderLinePriceInput, SubstituteLineInput } from './resolvers.generated.ts';

/** Who asks, as a change names them. */
const authorOf = ({ clientId, subject }: Identity): string => `${clientId}/${subject}`;

/**
 * What is left out stays out, so that the same change has one form whatever its client spells out.
 * @throws {Refusal} BAD_USER_INPUT
 */
export function editOf(input: EditOrderInput, identity: Identity): EditOrder {
  const { order, idempotencyKey, expectedRevision, reason, authority, shipping, destination } = input;
  const place = readDestination(destination ?? input.shipTo);
  const shipTo = readAddress(input.shipTo);
  if (place && shipTo) assertSamePlace(place, shipTo);
  return {
    order,
    idempotencyKey: keyOf(idempotencyKey),
    expectedRevision,
    reason: textOf(reason, 'reason'),
    by: authorOf(identity),
    ...(typeof authority === 'string' && { authority: textOf(authority, 'authority') }),
    ...some('addLines', input.addLines?.map(placedLineOf)),
    ...some('addUnits', input.addUnits?.map(quantityOf)),
    ...some('takeUnits', input.takeUnits?.map(quantityOf)),
    ...some('prices', input.prices?.map(priceOf)),
    ...(shipping && {
      shipping: {
        description: textOf(shipping.description, 'shipping.description'),
        amountMinor: shipping.amountMinor,
        ...taxesOf(shipping.taxes),
      },
    }),
    ...(place && { destination: place }),
    ...(shipTo && { shipTo }),
    ...some('tenders', input.tenders?.map(tenderOf)),
  };
}

/** @throws {Refusal} BAD_USER_INPUT */
export function substitutionOf(input: SubstituteLineInput, identity: Identity): Omit<SubstituteLine, 'location'> {
  const { order, idempotencyKey, line, quantity, substitute, unitPriceMinor, isMissing } = input;
  return {
    order,
    idempotencyKey: keyOf(idempotencyKey),
    line,
    quantity,
    substitute,
    ...(typeof unitPriceMinor === 'number' && { unitPriceMinor }),
    isMissing: isMissing ?? false,
    by: authorOf(identity),
  };
}

/** An address that is not where the order goes would be on no parcel. */
function assertSamePlace({ country, postalCode }: Destination, shipTo: ParcelAddress): void {
  const told = readDestination({ country: shipTo.country, postalCode: shipTo.postalCode });
  if (country === shipTo.country && (postalCode === null || postalCode === told?.postalCode)) return;
  throw new Refusal('BAD_USER_INPUT', 'destination and shipTo are different places.', { field: 'destination' });
}

/** A list that is told; an empty one is left out. */
function some<Name extends string, Item>(name: Name, items: readonly Item[] | undefined) {
  return (items && items.length > 0 ? { [name]: items } : {}) as { readonly [Key in Name]?: readonly Item[] };
}

const quantityOf = ({ line, quantity }: { readonly line: string; readonly quantity: string }) => ({ line, quantity });

function priceOf({ line, unitPriceMinor, discounts, taxes }: OrderLinePriceInput) {
  return {
    line,
    ...(typeof unitPriceMinor === 'number' && { unitPriceMinor }),
    ...(discounts && { discounts: discounts.map(discountOf) }),
    ...(taxes && {
      taxes: taxes.map(({ jurisdiction, ratePercent, amountMinor }) => ({ jurisdiction, ratePercent, amountMinor })),
    }),
  };
}

const KEY_LENGTH_MAX = 200;

/** @throws {Refusal} BAD_USER_INPUT */
export function keyOf(key: string | null | undefined): string {
  if (typeof key === 'string' && key.trim() !== '' && key.length <= KEY_LENGTH_MAX) return key;
  const message = `idempotencyKey must have 1 to ${KEY_LENGTH_MAX} characters.`;
  throw new Refusal('BAD_USER_INPUT', message, { field: 'idempotencyKey', max: KEY_LENGTH_MAX });
}
