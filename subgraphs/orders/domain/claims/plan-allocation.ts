import { parseQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import type { AllocateStock } from '../../../../schema/commands/inventory.ts';
import { allocationTakes } from './allocation-takes.ts';
import { blockedBy } from '../holds/hold.ts';
import { findLine, ORDER_LIMITS, withLine, type Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import type { Told } from '../told.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { enqueue, stockLine } from '../pending-command.ts';
import { dealWithShort } from './owe-short-units.ts';
import { planBring, type Bringing } from '../pickup/plan-bring.ts';
import { allocatable } from './owed-units.ts';
import type { DeliveryDates } from '../sourcing/sourcing-policy.ts';
import type { Day } from '../sourcing/working-calendar.ts';
import { note } from '../timeline.ts';

/** A location was chosen for units behind one reservation; several choices share a reservation that is split. */
export interface LineChoice {
  readonly line: string;
  readonly reservation: string;
  readonly location: string;
  /** Absent: all that can be allocated. */
  readonly quantity?: Steps;
  /** The day whose capacity it takes; absent or null: the location has no limit. */
  readonly capacityDay?: Day | null;
  readonly units?: number;
  /** When it should arrive; absent or null: not known. */
  readonly delivery?: DeliveryDates | null;
  /** Where it is brought first, to be collected there; absent: it is served from its location. */
  readonly bringTo?: string;
}

/**
 * Decides where units are allocated. The choice is saved before the ledger is asked, so that after a crash the ledger is
 * asked for the same again. Choices that no longer fit are left out.
 */
export function planAllocation(order: Order, command: CommandOf<'PlanAllocation'>): Transition {
  const { unsourced, givenUp, told, wmsLocations = [] } = command;
  // Goods that are brought are work at once.
  const choices = command.choices.filter(
    ({ bringTo, line }) => bringTo === undefined || !blockedBy(order, 'RELEASE', line),
  );
  // What is to be taken out must not be on its way to a location when its claim is made.
  if (blockedBy(order, 'ALLOCATE') || order.openEdit) return { state: order, events: [] };
  const fitting = awaitsCapacity(order) ? [] : fittingChoices(order, choices);
  const direct = fitting.filter(({ bringTo }) => bringTo === undefined);
  let state = direct.length > 0 ? allocate(order, direct) : order;
  state = planBring(state, fitting.flatMap(bringingOf), wmsLocations);
  state = mark(state, { lines: unsourced, sourcing: 'UNSOURCED', told });
  state = mark(state, { lines: givenUp, sourcing: 'GIVEN_UP', told });
  state = dealWithShort(state, {
    short: command.short ?? [],
    unsourced,
    policy: command.shortPolicy ?? 'SOURCE_AGAIN',
    told,
  });
  if (state === order) return { state, events: [] };
  return { state: withDecision(withDates(state, fitting), command, fitting), events: [] };
}

/** One question about capacity at a time: the next has to know in which days the order has its place. */
export const awaitsCapacity = ({ pending }: Order): boolean => pending.some(({ name }) => name === 'take-capacity');

const NOTES = {
  UNSOURCED: {
    type: 'NO_LOCATION_FOUND',
    summary: 'No location can serve the whole line at the moment; it is tried again.',
  },
  GIVEN_UP: {
    type: 'SOURCING_GIVEN_UP',
    summary: 'Too many locations could not serve the line after all; somebody has to decide.',
  },
} as const;

interface Mark {
  readonly lines: readonly string[];
  readonly sourcing: 'UNSOURCED' | 'GIVEN_UP';
  readonly told: Told;
}

/** Notes it once, not with every try. */
function mark(order: Order, { lines: ids, sourcing, told }: Mark): Order {
  const lines = ids
    .map((id) => findLine(order, id))
    .filter((line) => line !== undefined)
    .filter((line) => line.sourcing !== sourcing);
  if (lines.length === 0) return order;
  const marked = lines.reduce<Order>((state, line) => withLine(state, { ...line, sourcing }), order);
  const lineNos = lines.map((line) => line.lineNo);
  return note(marked, { ...NOTES[sourcing], told, visibility: 'AGENT', lineNos });
}

type Fitting = LineChoice & { readonly quantity: Steps };

/** A reservation is allocated to the full extent of its choices, or not at all. */
function fittingChoices(order: Order, choices: readonly LineChoice[]): readonly Fitting[] {
  const left = new Map<string, Steps>();
  return choices.flatMap((choice) => {
    const claim = freeClaim(findLine(order, choice.line), choice.reservation);
    const most = left.get(choice.reservation) ?? (claim ? allocatable(claim) : 0);
    const quantity = choice.quantity ?? most;
    if (quantity <= 0 || quantity > most) return [];
    left.set(choice.reservation, most - quantity);
    return [{ ...choice, quantity }];
  });
}

/** A claim that is named and not on its way already, of which not everything waits for supply. */
function freeClaim(line: OrderLine | undefined, reservation: string) {
  const claim = line?.claims.find((each) => each.reservation === reservation && each.commandId === null);
  return claim && allocatable(claim) > 0 ? claim : undefined;
}

const bringingOf = ({ bringTo, line, reservation, location, quantity }: Fitting): readonly Bringing[] =>
  bringTo === undefined ? [] : [{ line, reservation, location, quantity, bringTo }];

type AllocationLine = AllocateStock['lines'][number];

function allocate(order: Order, choices: readonly Fitting[]): Order {
  const lines = choices.map(({ line, reservation, location, quantity }): AllocationLine => {
    return { ...stockLine(order, { line, quantity }), reservation, location };
  });
  const takes = allocationTakes(order, choices);
  const asked =
    takes.length > 0
      ? enqueue(order, (id) => ({ id, name: 'take-capacity', takes, lines }))
      : enqueueAllocation(order, lines);
  return withClaimsOf(asked, lines);
}

/** Asks the ledger to bind units whose claims wait for it. */
export function enqueueAllocation(order: Order, lines: readonly AllocationLine[]): Order {
  return enqueue(order, (id) => ({
    id,
    name: 'allocate-stock',
    request: { commandId: id, order: order.id, lines: [...lines] },
  }));
}

/** The claims behind these lines wait for the newest command. */
export function withClaimsOf(order: Order, lines: readonly AllocationLine[]): Order {
  const commandId = order.pending.at(-1)?.id ?? null;
  return lines.reduce((state, { orderLine, reservation, location }) => {
    const line = findLine(state, orderLine) as OrderLine;
    const claims = line.claims.map((claim) =>
      claim.reservation === reservation ? { ...claim, commandId, location } : claim,
    );
    return withLine(state, { ...line, claims });
  }, order);
}

/** The first promise stays; what is expected follows the newest choice. */
function withDates(order: Order, choices: readonly Fitting[]): Order {
  return choices.reduce((state, { line: id, delivery }) => {
    const line = findLine(state, id);
    if (!line || !delivery) return state;
    const others = choices.filter((each) => each.line === id).map((each) => each.delivery ?? delivery);
    const chosen = {
      earliestOn: others.reduce((day, each) => (each.earliestOn > day ? each.earliestOn : day), delivery.earliestOn),
      latestOn: others.reduce((day, each) => (each.latestOn > day ? each.latestOn : day), delivery.latestOn),
    };
    const expected = heldDates(state, line) ?? chosen;
    return withLine(state, { ...line, promise: line.promise ?? expected, expected });
  }, order);
}

/** What is sold ahead leaves on its day, wherever it lies until then; undefined for anything else. */
function heldDates(order: Order, line: OrderLine): DeliveryDates | undefined {
  const hold = blockedBy(order, 'SHIP', line.id);
  if (hold?.type !== 'PREORDER_DATE' || hold.expiresAtMs === null) return undefined;
  const day = new Date(hold.expiresAtMs).toISOString().slice(0, 'yyyy-mm-dd'.length);
  return line.expected ?? { earliestOn: day, latestOn: day };
}

function withDecision(order: Order, command: CommandOf<'PlanAllocation'>, choices: readonly Fitting[]): Order {
  const { decision, unsourced, givenUp } = command;
  if (decision === undefined) return order;
  const about = new Set([...choices.map(({ line }) => line), ...unsourced, ...givenUp]);
  const lines = order.lines.map((line) => (about.has(line.id) ? { ...line, decision } : line));
  const decisions = [...(order.decisions ?? []), decision].slice(-ORDER_LIMITS.decisionsMax);
  return { ...order, lines, decisions };
}

/** Of a line that is to be allocated. */
export const stepsOf = (order: Order, { orderLine, quantity }: AllocationLine): Steps =>
  parseQuantity(quantity, findLine(order, orderLine)?.decimals ?? 0);
