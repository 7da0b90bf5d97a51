import type { RefusalValue } from '../../../../kernel/model/errors.ts';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { CommandOf, OrderCommand, Transition } from '../order-command.ts';
import { enqueueDeallocation } from '../pending-command.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { addCell, countUnits } from '../units.ts';
import { bindable, bindClaims, bindLeft } from './bind-claims.ts';
import type { DoubtfulAllocation, EarlyTold } from './routing-hand-off.ts';

/** What is told of units that an outside OMS routes. */
type RoutedCommand = CommandOf<'RecordRouting' | 'RecordWork' | 'RecordShortPick' | 'EndRelease'>;
type Decide = (order: Order, command: OrderCommand) => Transition | RefusalValue;

const TYPES: readonly OrderCommand['type'][] = ['RecordRouting', 'RecordWork', 'RecordShortPick', 'EndRelease'];
/** Further messages are taken as they come. */
const EARLY_MAX = 100;

/** Whether it is about units that an OMS routes, whose location the hub hears of from outside alone. */
export function isRouted({ routing }: Order, command: OrderCommand): command is RoutedCommand {
  return routing !== undefined && TYPES.includes(command.type);
}

/**
 * Takes in what is told of routed units. What comes while the ledger is asked about them waits for its answer, so that
 * nothing overtakes a claim; what tells of a later step implies the steps before.
 */
export function takeRouted(order: Order, command: RoutedCommand, decide: Decide): Transition | RefusalValue {
  const early = order.routing?.early ?? [];
  const isEarly = early.length > 0 || isAsked(order, command);
  if (isEarly && early.length < EARLY_MAX) return keep(order, [...early, { command }]);
  return takeNow(order, { command }, decide);
}

/** Takes up what waited for the ledger, in the order of telling, as far as it has answered. */
export function takeUpEarly(answered: Transition, decide: Decide): Transition {
  let { state, events } = answered;
  for (;;) {
    const [head, ...rest] = state.routing?.early ?? [];
    // It was kept as the command that it is.
    const command = head?.command as RoutedCommand | undefined;
    if (!head || !command || isAsked(state, command)) return { state, events };
    const taken = takeNow(withEarly(state, rest), { ...head, command, wasEarly: true }, decide);
    if (isRefusal(taken)) return { state: withEarly(state, rest), events };
    state = taken.state;
    events = [...events, ...taken.events];
  }
}

const isAsked = (order: Order, { lines }: RoutedCommand): boolean =>
  lines.some(({ line }) => findLine(order, line)?.claims.some(({ commandId }) => commandId !== null));

const keep = (order: Order, early: readonly EarlyTold[]): Transition => ({
  state: withEarly(order, early),
  events: [],
});

function withEarly(order: Order, early: readonly EarlyTold[]): Order {
  if (!order.routing) return order;
  const { early: _, ...routing } = order.routing;
  return { ...order, routing: early.length > 0 ? { ...routing, early } : routing };
}

interface Taking {
  readonly command: RoutedCommand;
  readonly bound?: readonly LineQuantity[];
  readonly wasEarly?: true;
}

function takeNow(before: Order, { command, bound, wasEarly }: Taking, decide: Decide): Transition | RefusalValue {
  const { location } = command;
  const order = bound && location !== null ? withInferred(before, location, bound) : before;
  const missing = location === null ? [] : missingAt(order, location, command);
  if (location === null || missing.length === 0) return follow(order, { command, wasEarly }, decide);
  if (isLeaving(command)) return follow(bindLeft(order, location, missing), { command, wasEarly }, decide);
  const asked = bound ? order : bindClaims(order, location, missing);
  if (asked === order) return follow(order, { command, wasEarly }, decide);
  return keep(asked, [{ command, bound: missing }, ...(order.routing?.early ?? [])]);
}

/** What the ledger has allocated because of a later step was never told; it may be told late. */
function withInferred(order: Order, location: string, bound: readonly LineQuantity[]): Order {
  return bound.reduce((state, { line: id, quantity: asked }) => {
    const line = findLine(state, id);
    const quantity = Math.min(asked, countUnits(line?.units ?? [], { states: ['ALLOCATED'], location }));
    if (!line || quantity === 0) return state;
    return withLine(state, { ...line, inferred: addCell(line.inferred, { state: 'ALLOCATED', location, quantity }) });
  }, order);
}

function follow(
  order: Order,
  { command, wasEarly }: { readonly command: RoutedCommand; readonly wasEarly: true | undefined },
  decide: Decide,
): Transition | RefusalValue {
  const decided = decide(order, command);
  if (isRefusal(decided)) return decided;
  const state = wasEarly && isLeaving(command) ? withDoubt(decided.state, command) : decided.state;
  return { ...decided, state: retire(state) };
}

const isLeaving = (command: RoutedCommand): command is CommandOf<'RecordWork'> =>
  command.type === 'RecordWork' && (command.step === 'SHIPPED' || command.step === 'DELIVERED');

/** Units that a message needs at its location and that are not there, as far as they are free to be. */
function missingAt(order: Order, location: string, command: RoutedCommand): readonly LineQuantity[] {
  const isWork = command.type === 'RecordWork';
  const isForward = isWork || (command.type === 'RecordRouting' && command.status === 'RELEASED');
  if (!isForward || isKnownParcel(order, command)) return [];
  return command.lines.flatMap(({ line: id, quantity }) => {
    const line = findLine(order, id);
    if (!line) return [];
    // Of a step that goods take more than once, those that took it before are not counted as gone.
    const states = isLeaving(command) ? STAYING : undefined;
    const there = countUnits(line.units, { location, ...(states && { states }) });
    const missing = Math.min(quantity - there, bindable(line));
    return missing > 0 ? [{ line: id, quantity: missing }] : [];
  });
}

const STAYING = ['ALLOCATED', 'RELEASED', 'PICKED', 'PACKED', 'READY_FOR_PICKUP', 'CANCEL_REQUESTED'] as const;

const isKnownParcel = ({ shipments }: Order, command: RoutedCommand): boolean =>
  command.type === 'RecordWork' &&
  command.parcel !== undefined &&
  shipments.some(({ externalId }) => externalId === command.parcel?.externalId);

/** The ledger may have heard of the goods before it was asked to allocate them. */
function withDoubt(order: Order, { location, lines }: CommandOf<'RecordWork'>): Order {
  const { routing } = order;
  if (!routing) return order;
  const others = (routing.doubtful ?? []).filter(
    (each) => each.location !== location || !lines.some(({ line }) => line === each.line),
  );
  return { ...order, routing: { ...routing, doubtful: [...others, ...lines.map(({ line }) => ({ line, location }))] } };
}

/** Where nothing of a line is left, the ledger is to hold nothing either; it takes back what is still there, if anything. */
function retire(order: Order): Order {
  const { routing } = order;
  const doubtful = routing?.doubtful;
  if (!doubtful) return order;
  const isOver = ({ line, location }: DoubtfulAllocation): boolean =>
    countUnits(findLine(order, line)?.units ?? [], { states: STAYING, location }) === 0;
  const lines = doubtful.filter(isOver).map(({ line, location }) => {
    return { line, location, quantity: findLine(order, line)?.ordered ?? 0 };
  });
  const { doubtful: _, ...rest } = routing;
  const left = doubtful.filter((each) => !isOver(each));
  const without: Order = { ...order, routing: left.length > 0 ? { ...rest, doubtful: left } : rest };
  return enqueueDeallocation(without, { lines, into: 'NOTHING' });
}
