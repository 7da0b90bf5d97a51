import type { LineDiscount, Tax } from '../domain/order-line.ts';
import type { Order } from '../domain/order.ts';
import type { OrderEdit } from '../domain/changes/order-edit.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import type { Cause } from './cause.ts';
import { changeOrder, type ChangeServices } from './change-order.ts';
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
  readonly tenders?: readonly PlacedTender[];
}

/**
 * Changes what is bought, all of it or nothing; see `changeOrder` for its errors.
 * @throws {Refusal} also UNKNOWN_SKU and INVALID_QUANTITY
 */
export async function editOrder(services: ChangeServices, asked: EditOrder, cause: Cause): Promise<Order> {
  const { order, idempotencyKey, expectedRevision, ...content } = asked;
  const newLines = await readOrderLines(services, content.addLines ?? []);
  const expected = expectedRevision === undefined ? {} : { expectedRevision };
  return changeOrder(
    services,
    {
      order,
      key: `edit/${idempotencyKey}`,
      content: asked,
      ...expected,
      editOf: (now) => editOf(services, now, { asked, newLines }),
    },
    cause,
  );
}

interface Read {
  readonly asked: EditOrder;
  readonly newLines: NonNullable<OrderEdit['newLines']>;
}

function editOf(services: ChangeServices, order: Order, { asked, newLines }: Read): OrderEdit {
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
    ...(tenders.length > 0 && { tenders: newTenders(services, { channel: order.channel, tenders }) }),
  };
}

export const quantitiesOf = (order: Order, lines: readonly LineText[]) =>
  readLines(
    order,
    lines.map(({ line, quantity }) => ({ orderLine: line, quantity })),
  );
