import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { Order } from '../../domain/order.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { toldByHub } from '../told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'addresses' | 'ids' | 'clock'>;

interface OtherAddress {
  readonly order: string;
  readonly shipTo: ParcelAddress;
}

/**
 * Makes a change of an order that comes with another address. The address is put down first under an id that the change
 * makes the order name: whoever dies in between leaves the order as it was, and a repetition does it again.
 */
export async function withOtherAddress(
  services: Services,
  { order: id, shipTo }: OtherAddress,
  { change, cause }: { readonly change: (addressId: string) => Promise<Order>; readonly cause: Cause },
): Promise<Order> {
  const { addresses, ids } = services;
  const addressId = ids.next();
  // One that nobody would take away again is not kept: the change is refused.
  const order = await addressed(services, id, cause);
  if (!order) return change(addressId);
  await addresses.propose(order, addressId, shipTo);
  try {
    return await change(addressId);
  } finally {
    await settle(services, id, addressId);
  }
}

/** Has the order say that an address is kept beside it. @returns undefined when it has nothing to send, or its marketplace knows */
async function addressed({ store, clock }: Services, id: string, cause: Cause): Promise<Order | undefined> {
  const order = await store.get(id);
  if (!order || order.marketplace) return undefined;
  if (order.hasAddress) return order;
  const told = toldByHub(clock.nowMs(), `address/${id}`);
  const noted = await store.change(id, { type: 'NoteAddress', told }, cause);
  return noted.hasAddress ? noted : undefined;
}

/** However it ended, also when others ended the order meanwhile. */
async function settle({ store, addresses }: Services, id: string, addressId: string): Promise<void> {
  const order = await store.get(id);
  const isWaiting = order?.openEdit?.edit.addressId === addressId;
  if (!order?.hasAddress) await addresses.forget(id);
  else if (!isWaiting) await addresses.settle(id, addressId, order.addressId === addressId);
}
