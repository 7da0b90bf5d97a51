import { parseQuantity } from '../../../kernel/model/quantity.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import { OPEN_STATES } from '../domain/line-state.ts';
import { orderOfLineId, type Claim, type OrderLine } from '../domain/order-line.ts';
import { findLine, type Order } from '../domain/order.ts';

/** What the ledger holds for orders, and what it has carried out. */
export interface LedgerView {
  readonly reservations: ReadonlyMap<
    string,
    { readonly line: string; readonly quantity: number; readonly isActive: boolean }
  >;
  /** `line|location` -> units. */
  readonly allocations: ReadonlyMap<string, number>;
  /** The reservations that a command has made; undefined: it was not carried out. */
  made(commandId: string): readonly string[] | undefined;
}

/** By order line, and by order line and location: how much more the ledger holds than the order says. Nothing is left out. */
export type Differences = ReadonlyMap<string, number>;

/** Units that a location has for the order. */
const HELD = OPEN_STATES.filter((state) => !['CAPTURED', 'RESERVED', 'BACKORDERED'].includes(state));

const reservedKey = (line: string): string => `${line} reserved`;
const allocatedKey = (line: string, location: string): string => `${line} at ${location}`;

/** How the claims of the ledger differ from what an open order holds. */
export function differencesOf(order: Order, ledger: LedgerView): Differences {
  const differences = new Sums();
  for (const { line, quantity, isActive } of ledger.reservations.values()) {
    if (isActive && orderOfLineId(line) === order.id) differences.add(reservedKey(line), quantity);
  }
  for (const [key, quantity] of ledger.allocations) {
    const [line = '', location = ''] = key.split('|');
    if (orderOfLineId(line) === order.id) differences.add(allocatedKey(line, location), quantity);
  }
  for (const { id, units, claims } of order.lines) {
    differences.add(reservedKey(id), -sumOf(claims.filter(isBacked)));
    for (const { state, location, quantity } of units) {
      if (location !== null && HELD.includes(state)) differences.add(allocatedKey(id, location), -quantity);
    }
  }
  return differences.nonZero();
}

/** Behind it stands a reservation, or a command that is about to make one. */
const isBacked = ({ reservation, commandId }: Claim): boolean => reservation !== null || commandId !== null;

/**
 * Which differences the commands in flight explain: what each of them has done in the ledger that the order has not heard of,
 * and what the order has decided that the ledger has not done. Without such commands that is nothing.
 */
export function explainedByCommands(order: Order, ledger: LedgerView): Differences {
  const explained = new Sums();
  /** A reservation may be named by several commands; it is there once. */
  const counted = new Set<string>();
  for (const command of order.pending) {
    for (const id of heldFor(command, ledger)) {
      const reservation = ledger.reservations.get(id);
      if (!reservation?.isActive || counted.has(id)) continue;
      counted.add(id);
      explained.add(reservedKey(reservation.line), reservation.quantity);
    }
    for (const { id, claims } of order.lines) {
      explained.add(reservedKey(id), -sumOf(claims.filter(({ commandId }) => commandId === command.id)));
    }
    for (const { line, location, quantity } of boundFor(order, command, ledger)) {
      explained.add(allocatedKey(line, location), quantity);
    }
  }
  return explained.nonZero();
}

/** A transfer as the ledger tells of it: what has arrived of each line is bound to the order. */
interface ToldTransfer {
  readonly transfer: string;
  readonly lines: readonly { readonly line: string; readonly arrived: number }[];
}

/** Which differences what has arrived explains, and the order has not been told of. */
export function explainedByArrivals({ transfers = [] }: Order, at: string, told: readonly ToldTransfer[]): Differences {
  const explained = new Sums();
  for (const { transfer: id, lines } of told) {
    const known = transfers.find((transfer) => transfer.id === id)?.lines ?? [];
    for (const { line, arrived } of lines) {
      explained.add(allocatedKey(line, at), arrived - (known.find((each) => each.line === line)?.arrived ?? 0));
    }
  }
  return explained.nonZero();
}

/** What several causes explain together. */
export function togetherOf(parts: readonly Differences[]): Differences {
  const sums = new Sums();
  for (const part of parts) for (const [key, quantity] of part) sums.add(key, quantity);
  return sums.nonZero();
}

/** The reservations that are there because of a command: those that it made, or those that it is to end or to bind. */
function heldFor(command: PendingCommand, ledger: LedgerView): readonly string[] {
  const made = ledger.made(command.id);
  switch (command.name) {
    case 'reserve-stock':
      return made ?? command.request.replaces ?? [];
    case 'cancel-reservations': {
      const { reservations, parts = [] } = command.request;
      return made ?? [...reservations, ...parts.map(({ reservation }) => reservation)];
    }
    case 'deallocate-stock':
      return made ?? [];
    case 'allocate-stock':
    case 'bring-stock':
      // What is not bound stays behind its claim.
      return command.request.lines.map(({ reservation }) => reservation);
    default:
      return [];
  }
}

interface Bound {
  readonly line: string;
  readonly location: string;
  readonly quantity: number;
}

/** What is bound to locations because of a command: by it, and not known; or in spite of it, because it is not done. */
function boundFor(order: Order, command: PendingCommand, ledger: LedgerView): readonly Bound[] {
  const isDone = ledger.made(command.id) !== undefined;
  const stepsOf = (line: string, quantity: string): number =>
    parseQuantity(quantity, findLine(order, line)?.decimals ?? 0);
  if ((command.name === 'allocate-stock' && isDone) || (command.name === 'deallocate-stock' && !isDone)) {
    return command.request.lines.map(({ orderLine, location, quantity }) => {
      return { line: orderLine, location, quantity: stepsOf(orderLine, quantity) };
    });
  }
  if (command.name !== 'record-movement' || command.request.kind !== 'SHIP' || isDone) return [];
  const { location, lines } = command.request;
  return lines.map(({ documentLine, quantity }) => {
    return { line: documentLine, location, quantity: stepsOf(documentLine, quantity) };
  });
}

/** Claims that no command is about to change are in the ledger by their names, as they are in the order. */
export function misnamedClaims({ lines }: Order, { reservations }: LedgerView): readonly string[] {
  const isThere = (line: OrderLine, { reservation, quantity }: Claim): boolean => {
    const found = reservations.get(reservation ?? '');
    return found?.isActive === true && found.line === line.id && found.quantity === quantity;
  };
  return lines.flatMap((line) =>
    line.claims
      .filter(({ reservation, commandId }) => reservation !== null && commandId === null)
      .filter((claim) => !isThere(line, claim))
      .map(({ reservation }) => `${line.id} ${reservation}`),
  );
}

/** Claims that wait for a command that is not in flight. */
export function forgottenClaims({ lines, pending }: Order): readonly string[] {
  const inFlight = new Set(pending.map(({ id }) => id));
  return lines.flatMap(({ id, claims }) =>
    claims.flatMap(({ commandId }) => (commandId === null || inFlight.has(commandId) ? [] : [`${id} ${commandId}`])),
  );
}

const sumOf = (claims: readonly Claim[]): number => claims.reduce((sum, { quantity }) => sum + quantity, 0);

class Sums {
  readonly #sums = new Map<string, number>();

  add(key: string, quantity: number): void {
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + quantity);
  }

  /** In the order of their keys. */
  nonZero(): Differences {
    return new Map([...this.#sums].filter(([, sum]) => sum !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}
