import { eraseCommands } from '../../../../schema/commands/erasure.ts';
import { hasEnded } from '../../domain/erasure/erase-personal-data.ts';
import type { Order } from '../../domain/order.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { toldByHub } from '../told-by.ts';
import { askKeeper } from './ask-keeper.ts';
import type { OpenErasure } from './erasure-book.ts';

type Services = Pick<OrdersServices, 'store' | 'addresses' | 'decisions' | 'rpc' | 'limits' | 'clock'>;

/**
 * Takes personal data out of one order and of what is kept beside it. The order itself comes last, because it is found by
 * what is taken out of it: who died before begins again.
 * @returns whether it is done; an order that is under way has to end first
 * @throws {Obstacle} when the queues do not answer
 */
export async function eraseOrder(
  services: Services,
  { erasure, order }: { readonly erasure: OpenErasure; readonly order: Order },
  cause: Cause,
): Promise<boolean> {
  const { store, addresses, decisions, clock } = services;
  if (order.isErased) return true;
  if (!hasEnded(order)) return false;
  await addresses.forget(order.id);
  await askKeeper(services, eraseCommands, { order: order.id }, cause);
  await decisions.eraseDestinations(order.id);
  const { pseudonym, texts } = erasure;
  const known = order.customer === null ? texts : [order.customer, ...texts];
  const told = toldByHub(clock.nowMs(), pseudonym);
  const after = await store.change(
    order.id,
    // It may have gone on meanwhile, such as by a return.
    (now) => (hasEnded(now) ? { type: 'ErasePersonalData', pseudonym, texts: known, told } : undefined),
    cause,
  );
  return after.isErased === true;
}
