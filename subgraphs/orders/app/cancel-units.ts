import type { CancelReason } from '../domain/calling-off/cancel-order.ts';
import { OPEN_STATES } from '../domain/line-state.ts';
import type { Order } from '../domain/order.ts';
import type { LineQuantity } from '../domain/parcels/shipment.ts';
import { countUnits } from '../domain/units.ts';
import { cancelOrder } from './cancel-order.ts';
import type { Cause } from './cause.ts';
import { changeOrder, type ChangeServices } from './change-order.ts';
import { quantitiesOf } from './edit-order.ts';

export interface CancelUnits {
  readonly order: string;
  readonly idempotencyKey: string;
  readonly reason: CancelReason;
  readonly by: string;
  readonly lines: readonly { readonly line: string; readonly quantity: string }[];
}

/**
 * Calls units of an order off, all of these or none; when nothing would be left of it, the order. Their price goes with them,
 * and what the whole order is charged stays. Idempotent by key within the order; see `changeOrder` for its errors.
 */
export async function cancelUnits(services: ChangeServices, asked: CancelUnits, cause: Cause): Promise<Order> {
  const { order, idempotencyKey, reason, by } = asked;
  const key = `cancel/${idempotencyKey}`;
  const found = await services.store.get(order);
  const isWhole = found && (found.status === 'CANCELLED' || isEverything(found, quantitiesOf(found, asked.lines)));
  if (isWhole && !Object.hasOwn(found.applied, key)) {
    return cancelOrder(services, { order, reason }, cause);
  }
  return changeOrder(
    services,
    {
      order,
      key,
      content: asked,
      editOf: (now) => ({ reason, by, takenUnits: quantitiesOf(now, asked.lines) }),
    },
    cause,
  );
}

/** Whether these are all units that are still to be worked on, and none has left. */
function isEverything({ lines }: Order, taken: readonly LineQuantity[]): boolean {
  return lines.every(({ id, units }) => {
    const asked = taken.reduce((sum, each) => (each.line === id ? sum + each.quantity : sum), 0);
    const dead = countUnits(units, { states: ['CANCELLED', 'REJECTED', 'SUBSTITUTED'] });
    return asked === countUnits(units, { states: OPEN_STATES }) && asked === countUnits(units) - dead;
  });
}
