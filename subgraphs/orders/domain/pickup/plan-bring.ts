import { findLine, withLine, type Order } from '../order.ts';
import { transferIdOf } from './order-transfer.ts';
import { enqueue, stockLine } from '../pending-command.ts';
import type { LineQuantity } from '../parcels/shipment.ts';

/** Units behind a reservation that are to be brought from one location to another. */
export interface Bringing extends LineQuantity {
  readonly reservation: string;
  readonly location: string;
  readonly bringTo: string;
}

/**
 * Decides that goods are brought to where they are collected: one transfer for each pair of locations. A transfer knows its
 * lines by their names, so another claim of a line is left for the next one.
 */
export function planBring(order: Order, choices: readonly Bringing[], wmsLocations: readonly string[]): Order {
  const byRoute = Map.groupBy(choices, ({ location, bringTo }) => `${location}|${bringTo}`);
  return [...byRoute.values()].reduce((state, lines) => bring(state, firstOfEachLine(lines), wmsLocations), order);
}

const firstOfEachLine = (choices: readonly Bringing[]): readonly Bringing[] =>
  choices.filter(({ line }, at) => choices.findIndex((each) => each.line === line) === at);

function bring(order: Order, choices: readonly Bringing[], wmsLocations: readonly string[]): Order {
  const [first] = choices;
  if (!first) return order;
  const { location: from, bringTo: to } = first;
  const transferCount = (order.transferCount ?? 0) + 1;
  const isRunBySystem = wmsLocations.includes(from);
  const asked = enqueue({ ...order, transferCount }, (id) => ({
    id,
    name: 'bring-stock',
    ...(isRunBySystem && { isRunBySystem }),
    request: {
      commandId: id,
      order: order.id,
      channel: order.channel,
      transfer: transferIdOf(order.id, transferCount),
      from,
      to,
      lines: choices.map(({ reservation, ...line }) => ({ ...stockLine(order, line), reservation })),
    },
  }));
  const commandId = asked.pending.at(-1)?.id ?? null;
  return choices.reduce((state, choice) => {
    const line = findLine(state, choice.line);
    if (!line) return state;
    const claims = line.claims.map((claim) =>
      claim.reservation === choice.reservation ? { ...claim, commandId, location: from } : claim,
    );
    return withLine(state, { ...line, claims });
  }, asked);
}
