import type { PendingOf, Settlement } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { answeredBy, note, noteRegression } from '../timeline.ts';
import { findLine } from '../order.ts';

/** The OMS has taken the order on as it was told, or will not. */
export function settleRouting(order: Order, { command, outcome, told }: Settlement<PendingOf<'route-order'>>): Order {
  const { routing } = order;
  if (!routing) return order;
  const { system } = command;
  if (outcome.status === 'REFUSED') {
    const { lines: _lines, ...rest } = routing;
    const pending = order.pending.filter(({ name }) => name !== 'route-order');
    const summary = `${system} does not take the order on: ${outcome.message}`;
    const refused: Order = { ...order, pending, routing: { ...rest, state: 'REFUSED' } };
    return note(refused, { type: 'ROUTING_REFUSED', summary, told, visibility: 'AGENT' });
  }
  const isFirst = routing.document === undefined;
  const isMore = order.pending.some(({ name }) => name === 'route-order');
  const { document = '' } = outcome;
  const taken: Order = { ...order, routing: { ...routing, document, state: isMore ? 'ASKED' : 'TAKEN' } };
  return note(taken, {
    type: isFirst ? 'ROUTING_HANDED_OVER' : 'ROUTING_CHANGED',
    summary: isFirst ? `${system} routes the order as ${document}.` : `${system} has brought ${document} up to date.`,
    told: answeredBy(system, document, told),
    visibility: 'AGENT',
  });
}

/** Somebody has seen to what the OMS refused: it is asked again, and knows the order by its id. */
export function routeAgain(order: Order, { told }: CommandOf<'HandOverAgain'>): Transition | undefined {
  const { routing } = order;
  if (routing?.state !== 'REFUSED') return undefined;
  const again: Order = { ...order, routing: { ...routing, state: 'NEW' } };
  const summary = `${routing.system} is asked again.`;
  return { state: note(again, { type: 'HANDED_OVER_AGAIN', summary, told, visibility: 'AGENT' }), events: [] };
}

/** The OMS has chosen a location where the ledger has nothing for it: people have to see who is right. */
export function noteRefusedLocation(before: Order, after: Order, command: CommandOf<'SettleCommand'>): Order {
  const { commandId, outcome, told } = command;
  const asked = before.pending.find(({ id }) => id === commandId);
  if (!before.routing || asked?.name !== 'allocate-stock' || outcome.status === 'DONE') return after;
  const { lines } = asked.request;
  const places = [...new Set(lines.map(({ location }) => location))].join(', ');
  const lineNos = lines.map(({ orderLine }) => findLine(before, orderLine)?.lineNo ?? 0);
  return noteRegression(after, `An allocation at ${places}, which the ledger refuses (${outcome.code}),`, {
    told,
    lineNos,
  });
}
