import type { OrderDesk } from './order-desk.ts';
import type { WarehouseOrder } from './warehouse-order.ts';

export interface Autopilot {
  stop(): void;
}

/** Orders taken one step further per tick; the rest waits for the next one. */
const ORDERS_PER_TICK_MAX = 200;

/** Takes every open order one step further each `stepMs`: pick, pack, ship, deliver. */
export function startAutopilot(desk: OrderDesk, stepMs: number): Autopilot {
  const timer = setInterval(() => {
    for (const order of desk.orders().filter(isOpen).slice(0, ORDERS_PER_TICK_MAX)) advance(desk, order);
  }, stepMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function isOpen({ status }: WarehouseOrder): boolean {
  return status !== 'delivered' && status !== 'canceled';
}

function advance(desk: OrderDesk, { id, status }: WarehouseOrder): void {
  switch (status) {
    case 'released':
      desk.pick(id);
      return;
    case 'picked':
      desk.pack(id);
      return;
    case 'packed':
    case 'partially_shipped':
      desk.ship(id);
      return;
    case 'shipped':
      desk.deliver(id);
      return;
    case 'delivered':
    case 'canceled':
  }
}
