import { Obstacle } from '../../../kernel/model/errors.ts';
import { advanceOrder } from './advance-order.ts';
import type { Cause } from './cause.ts';
import type { OrderWork } from './order-work.ts';
import type { OrdersServices } from './orders-services.ts';

/**
 * Does what is due for an order. What cannot be done now is tried again later, also what fails for reasons of its own: then
 * the order alone waits, and people hear of it when it fails again and again.
 */
export async function goOn(
  services: OrdersServices,
  { work, order }: { readonly work: OrderWork; readonly order: string },
  cause: Cause,
): Promise<void> {
  let outcome: Awaited<ReturnType<typeof advanceOrder>>;
  try {
    outcome = await advanceOrder(services, order, cause);
  } catch (error) {
    if (error instanceof Obstacle) throw error;
    services.telemetry.count('orders_work_failures_total');
    services.telemetry.log('error', 'work on an order failed', { order, error: String(error) });
    outcome = 'AGAIN';
  }
  if (outcome === 'AGAIN') await work.schedule(order);
}
