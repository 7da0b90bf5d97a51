import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { LineDiscount, Tax } from '../domain/order-line.ts';
import type { Order } from '../domain/order.ts';
import type { OrderEdit } from '../domain/changes/order-edit.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import type { Cause } from './cause.ts';
import { changeOrder, type ChangeServices } from './change-order.ts';
import { withOtherAddress } from './labels/other-address.ts';
import { newTenders, readOrderLines, type PlacedTender, type PlaceOrder } from './place-order.ts';
import { readLines } from './read-lines.ts';

interface LineText {
  readonly line: string;
  readonly quantity: string;
}

/** What is absent stays as it is. */
export interface EditOrder {
  readonly order: string;
  readonly idempotencyKey: string;
  readonly expectedRevision?: number;
  readonly reason: string;
  readonly authority?: string;
  readonly by: string;
  readonly addLines?: PlaceOrder['lines'];
  readonly addUnits?: readonly LineText[];
  readonly takeUnits?: readonly LineText[];
  readonly prices?: readonly {
    readonly line: string;
    readonly unitPriceMinor?: number;
    readonly discounts?: readonly LineDiscount[];
    readonly taxes?: readonly Tax[];
  }[];
  readonly shipping?: { readonly description: string; readonly amountMinor: number; readonly taxes?: readonly Tax[] };
  readonly destination?: Destination;
  /** As it stands on a label; kept apart from the order. */
  readonly shipTo?: ParcelAddress;
  readonly tenders?: readonly PlacedTender[];
}

/**
 * Changes what is bought, all of it or nothing; see `changeOrder` for its errors.
 * @throws {Refusal} also UNKNOWN_SKU and INVALID_QUANTITY
 */
export async function editOrder(services: ChangeServices, asked: EditOrder, cause: Cause): Promise<Order> {
  const newLines = await readOrderLines(services, asked.addLines ?? []);
  const { order, shipTo } = asked;
  const change = (addressId?: string) => applyChange(services, { asked, newLines, addressId }, cause);
  return shipTo ? withOtherAddress(services, { order, shipTo }, { change, cause }) : change();
}

function applyChange(services: ChangeServices, read: Read, cause: Cause): Promise<Order> {
  const { order, idempotencyKey, expectedRevision } = read.asked;
  const expected = expectedRevision === undefined ? {} : { expectedRevision };
  return changeOrder(
    services,
    {
      order,
      key: `edit/${idempotencyKey}`,
      content: read.asked,
      ...expected,
      editOf: (now) => editOf(services, now, read),
    },
    cause,
  );
}

interface Read {
  readonly asked: EditOrder;
  readonly newLines: NonNullable<OrderEdit['newLines']>;
  /** Under which the new address is kept. */
  readonly addressId: string | undefined;
}

function editOf(services: ChangeServices, order: Order, { asked, newLines, addressId }: Read): OrderEdit {
  const { reason, authority, by, prices, shipping, destination, addUnits = [], takeUnits = [], tenders = [] } = asked;
  return {
    reason,
    by,
    ...(authority !== undefined && { authority }),
    ...(newLines.length > 0 && { newLines }),
    ...(addUnits.length > 0 && { addedUnits: quantitiesOf(order, addUnits) }),
    ...(takeUnits.length > 0 && { takenUnits: quantitiesOf(order, takeUnits) }),
    ...(prices && prices.length > 0 && { prices }),
    ...(shipping && { shipping }),
    ...(destination && { destination }),
    ...(addressId !== undefined && { addressId }),
    ...(tenders.length > 0 && { tenders: newTenders(services, { channel: order.channel, tenders }) }),
  };
}

export const quantitiesOf = (order: Order, lines: readonly LineText[]) =>
  readLines(
    order,
    lines.map(({ line, quantity }) => ({ orderLine: line, quantity })),
  );
