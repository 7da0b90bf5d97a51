import type { CommandOf, OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';
import { owedOf } from './owed-units.ts';
import { priorityOf, priorityOfClaim, USUAL_PRIORITY, type ClaimPriority } from './priority-of-claim.ts';
import { ruledPriority, waitsForStock, type PriorityRule } from './priority-rules.ts';

/** A new order, whose first claim nobody has sent yet, has the priority that the rules give it. */
export function withFirstPriority(order: Order, rules: readonly PriorityRule[], nowMs: number): Order {
  if (!order.pending.some(({ name }) => name === 'reserve-stock')) return order;
  const ruled = withByRule(order, ruledPriority(order, rules, nowMs));
  if (ruled === order) return order;
  const pending = ruled.pending.map((command) =>
    command.name === 'reserve-stock'
      ? { ...command, request: { ...command.request, ...priorityOfClaim(ruled) } }
      : command,
  );
  return { ...ruled, pending };
}

/** Has the priority that the rules give it now, while it waits for stock. */
export function withRuledPriority(order: Order, rules: readonly PriorityRule[], nowMs: number): Order {
  return order.lines.some(waitsForStock) ? withByRule(order, ruledPriority(order, rules, nowMs)) : order;
}

/** Tells the ledger anew where claims that wait for stock stand, when the rules or somebody say otherwise by now. */
export function withPriority(
  before: Order,
  after: Order,
  { command, rules, nowMs }: { readonly command: OrderCommand; readonly rules: readonly PriorityRule[]; nowMs: number },
): Order {
  const learnt = command.type === 'SettleCommand' ? learn(before, after, command) : after;
  if (!learnt.lines.some(waitsForStock)) return withKnown(learnt, {});
  const ruled = withRuledPriority(learnt, rules, nowMs);
  const priority = priorityOf(ruled);
  const { known = {} } = ruled.priority ?? {};
  const claims = ruled.lines.flatMap((line) => line.claims);
  const stale = claims.flatMap(({ reservation, commandId, ...claim }) => {
    const isNamed = reservation !== null && commandId === null && owedOf({ ...claim, reservation, commandId }) > 0;
    return isNamed && (known[reservation] ?? USUAL_PRIORITY) !== priority ? [reservation] : [];
  });
  const held = claims.flatMap(({ reservation }) => (reservation === null ? [] : [reservation]));
  const kept = held.flatMap((id) => (known[id] === undefined ? [] : [[id, known[id]] as const]));
  const told = Object.fromEntries([...kept, ...stale.map((id) => [id, priority] as const)]);
  const state = withKnown(ruled, told);
  if (stale.length === 0) return state;
  return enqueue(state, (id) => ({
    id,
    name: 'prioritise-reservations',
    request: { commandId: id, priority, reservations: stale.slice(0, PER_COMMAND_MAX) },
  }));
}

/** As many claims as an order can have lines. */
const PER_COMMAND_MAX = 500;

/** The ledger took a claim with the priority that it was asked with; what it makes of the rest of one is told again. */
function learn(before: Order, after: Order, { commandId, outcome }: CommandOf<'SettleCommand'>): Order {
  const command = before.pending.find(({ id }) => id === commandId);
  if (outcome.status !== 'DONE' || !command) return after;
  const { known = {} } = after.priority ?? {};
  const given = command.name === 'reserve-stock' ? (command.request.priority ?? USUAL_PRIORITY) : UNKNOWN;
  const isUsual = given === USUAL_PRIORITY || (given === UNKNOWN && Object.keys(known).length === 0);
  const { reservations = [] } = outcome;
  if (isUsual || reservations.length === 0) return after;
  return withKnown(after, { ...known, ...Object.fromEntries(reservations.map(({ id }) => [id, given])) });
}

/** No priority, so that whatever holds is told. */
const UNKNOWN = -1;

function withByRule(order: Order, byRule: number): Order {
  if (byRule === (order.priority?.byRule ?? USUAL_PRIORITY)) return order;
  const { byRule: _, ...rest } = order.priority ?? {};
  return withParts(order, byRule === USUAL_PRIORITY ? rest : { ...rest, byRule });
}

function withKnown(order: Order, known: Readonly<Record<string, number>>): Order {
  const before = Object.entries(order.priority?.known ?? {});
  const isSame = before.length === Object.keys(known).length && before.every(([id, each]) => known[id] === each);
  if (isSame) return order;
  const { known: _, ...rest } = order.priority ?? {};
  return withParts(order, Object.keys(known).length === 0 ? rest : { ...rest, known });
}

function withParts(order: Order, priority: ClaimPriority): Order {
  const { priority: _, ...rest } = order;
  return Object.keys(priority).length === 0 ? rest : { ...rest, priority };
}
