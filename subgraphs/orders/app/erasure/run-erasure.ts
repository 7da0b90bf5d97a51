import { eraseCustomer } from '../../../../schema/commands/erasure.ts';
import { erasePersonalData } from '../../../../schema/commands/inbox.ts';
import type { Order } from '../../domain/order.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { askKeeper } from './ask-keeper.ts';
import { eraseOrder } from './erase-order.ts';
import type { OpenErasure } from './erasure-book.ts';

/** How far an erasure has come. */
export interface ErasureProgress {
  /** In this run. */
  readonly erasedOrders: number;
  /** Under way, and waited for. */
  readonly openOrders: number;
  readonly openReturns: number;
}

/** Orders that are looked up at a time. */
const PAGE = 100;

/**
 * Takes a customer out of whatever has ended: orders with what is kept beside them, facts that wait, returns, raw messages.
 * Every part may be done again, so a run may end anywhere and another may begin anew. When nothing is under way any more,
 * the erasure is complete, and it is forgotten for whom it was.
 * @throws {Obstacle} when somebody who keeps a part of it does not answer
 */
export async function runErasure(
  services: OrdersServices,
  erasure: OpenErasure,
  cause: Cause,
): Promise<ErasureProgress> {
  const { parked, erasures, customerReferences, clock } = services;
  let [erasedOrders, openOrders] = [0, 0];
  for await (const order of ordersOf(services, erasure)) {
    if (order.isErased) continue;
    if (await eraseOrder(services, { erasure, order }, cause)) erasedOrders++;
    else openOrders++;
  }
  // An order that waits to be taken in is one that is under way.
  openOrders += await parked.erase(erasure);
  const { customer, orders, pseudonym } = erasure;
  const asked = { customer, orders: [...orders], pseudonym };
  const { open: openReturns } = await askKeeper(services, eraseCustomer, asked, cause);
  await eraseMessages(services, erasure, cause);
  // Last, because somebody may link one at any time.
  if (customer !== null) await customerReferences.erase(customer);
  if (openOrders === 0 && openReturns === 0) await erasures.complete(erasure, clock.nowMs());
  return { erasedOrders, openOrders, openReturns };
}

async function* ordersOf({ store }: OrdersServices, { customer, orders }: OpenErasure): AsyncGenerator<Order> {
  yield* (await store.getMany(orders)).values();
  if (customer === null) return;
  let after: { readonly id: string; readonly value: number } | undefined;
  do {
    const found = await store.collection.find({
      where: { customer: { eq: customer } },
      orderBy: { path: 'placedAtMs', direction: 'asc' },
      ...(after && { after }),
      limit: PAGE,
    });
    for (const { document } of found) yield document;
    const last = found.length === PAGE ? found.at(-1)?.document : undefined;
    after = last && { id: last.id, value: last.placedAtMs };
  } while (after);
}

/** A reference may be a part of any word, so only a text that is nothing else is taken for it. */
async function eraseMessages(services: OrdersServices, { customer, texts }: OpenErasure, cause: Cause): Promise<void> {
  if (customer !== null && customer.length >= TEXT_LENGTH_MIN) {
    await askKeeper(services, erasePersonalData, { text: customer, isWhole: true }, cause);
  }
  for (const text of texts) await askKeeper(services, erasePersonalData, { text }, cause);
}

/** Of what can be looked for in raw messages. */
const TEXT_LENGTH_MIN = 3;
