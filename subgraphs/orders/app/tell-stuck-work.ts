import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

/** Keeps with an order that work on it fails again and again, or, with null, that it does so no more. */
export async function tellStuckWork(
  { store, clock, ids }: Pick<OrdersServices, 'store' | 'clock' | 'ids'>,
  order: string,
  because: string | null,
): Promise<void> {
  const told = toldByHub(clock.nowMs(), order);
  await store.change(order, { type: 'NoteStuckWork', because, told }, { correlationId: ids.next() });
}
