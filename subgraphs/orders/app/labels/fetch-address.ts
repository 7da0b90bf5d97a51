import { Refusal } from '../../../../kernel/model/errors.ts';
import type { ParcelAddress } from '../../../../schema/commands/outbound-parcels.ts';
import type { Order } from '../../domain/order.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { toldByHub } from '../told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'addresses' | 'marketplaces' | 'clock'>;

/** Where an order goes, or why nobody says. */
export type FetchedAddress = { readonly address: ParcelAddress } | { readonly missingBecause: string };

/**
 * Where an order goes: as it was told with the order, or as the marketplace that took it says. A marketplace is asked only
 * when a label is about to be bought; what it says is kept beside the order, like any other address, until nothing is to
 * be sent any more.
 * @returns undefined where nobody was told and nobody can be asked
 * @throws {Obstacle} when the marketplace does not answer
 */
export async function fetchAddress(
  services: Services,
  order: Order,
  cause: Cause,
): Promise<FetchedAddress | undefined> {
  if (order.isMisaddressed) return { missingBecause: 'it goes elsewhere than its address says' };
  const kept = order.hasAddress && (await services.addresses.of(order));
  if (kept) return { address: kept };
  const marketplace = services.marketplaces.find(({ system }) => system === order.marketplace?.system);
  if (!marketplace) return undefined;
  try {
    const address = await marketplace.deliveryAddress(order);
    if (!address) return { missingBecause: `${marketplace.system} does not tell the whole address` };
    await keepAddress(services, { order, address }, cause);
    return { address };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { missingBecause: error.message };
  }
}

/** The order says first that there is an address, so that none is kept that nobody would take away again. */
async function keepAddress(
  { store, addresses, clock }: Services,
  { order: { id }, address }: { readonly order: Order; readonly address: ParcelAddress },
  cause: Cause,
): Promise<void> {
  await store.change(id, { type: 'NoteAddress', told: toldByHub(clock.nowMs(), `address/${id}`) }, cause);
  await addresses.keep(id, address);
  if (!(await store.get(id))?.hasAddress) await addresses.forget(id);
}
