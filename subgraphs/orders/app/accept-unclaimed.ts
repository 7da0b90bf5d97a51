import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Order } from '../domain/order.ts';
import { whenLedgerIsAway } from '../domain/placement-rules.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'placementRules' | 'telemetry'>;

/**
 * Takes an order on whose stock could not be claimed because the ledger is away, where its channel does: it goes on by
 * itself then, under the claim that was decided first.
 * @throws {Obstacle} what kept it from being claimed, where the channel tells whoever places the order
 */
export async function acceptUnclaimed(services: Services, order: Order, away: unknown, cause: Cause): Promise<Order> {
  const { store, clock, telemetry } = services;
  if (!(away instanceof Obstacle)) throw away;
  if (whenLedgerIsAway(services.placementRules, order.channel) === 'REFUSE') throw away;
  telemetry.count('orders_taken_on_unclaimed_total', { channel: order.channel });
  return store.change(order.id, { type: 'AcceptUnclaimed', told: toldByHub(clock.nowMs(), order.id) }, cause);
}
