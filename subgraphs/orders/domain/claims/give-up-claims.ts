import { formatQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { Claim, OrderLine } from '../order-line.ts';
import { allocatable, owedOf } from './owed-units.ts';
import { enqueue } from '../pending-command.ts';

/** What becomes of the claims of a line of which units are taken away. */
export interface GivenUpClaims {
  readonly line: string;
  /** What stays as it is. */
  readonly left: readonly Claim[];
  /** Reservations that end. */
  readonly whole: readonly string[];
  /** Reservations of which a part ends, with what is left of them. */
  readonly parts: readonly { readonly reservation: string; readonly quantity: string; readonly rest: Claim }[];
}

/** Takes units from claims that no command is about to change, what is owed first: there are as many. */
export function takeFromClaims(line: OrderLine, quantity: Steps): GivenUpClaims {
  let left = quantity;
  const taken = new Map<Claim, { owed: Steps; there: Steps }>();
  const free = line.claims.filter(({ commandId }) => commandId === null);
  for (const claim of free) {
    const owed = Math.min(left, owedOf(claim));
    left -= owed;
    taken.set(claim, { owed, there: 0 });
  }
  for (const claim of free) {
    const there = Math.min(left, allocatable(claim));
    left -= there;
    taken.set(claim, { owed: taken.get(claim)?.owed ?? 0, there });
  }
  return givenUp(line, taken);
}

type Taken = ReadonlyMap<Claim, { readonly owed: Steps; readonly there: Steps }>;

function givenUp({ id, claims, decimals }: OrderLine, taken: Taken): GivenUpClaims {
  const left: Claim[] = [];
  const whole: string[] = [];
  const parts: GivenUpClaims['parts'][number][] = [];
  for (const claim of claims) {
    const { owed = 0, there = 0 } = taken.get(claim) ?? {};
    const part = owed + there;
    const rest = { ...claim, quantity: claim.quantity - part, owed: owedOf(claim) - owed };
    if (part === 0) left.push(claim);
    else if (claim.reservation === null && rest.quantity > 0) left.push(rest);
    else if (claim.reservation !== null && rest.quantity === 0) whole.push(claim.reservation);
    else if (claim.reservation !== null) {
      parts.push({ reservation: claim.reservation, quantity: formatQuantity(part, decimals), rest });
    }
  }
  return { line: id, left, whole, parts };
}

/** Gives up what the ledger holds of claims; none makes no command. */
export function enqueueGivenUp(order: Order, claims: readonly GivenUpClaims[]): Order {
  const reservations = claims.flatMap(({ whole }) => whole);
  const parts = claims.flatMap((each) => each.parts.map(({ reservation, quantity }) => ({ reservation, quantity })));
  if (reservations.length === 0 && parts.length === 0) return order;
  return enqueue(order, (id) => ({
    id,
    name: 'cancel-reservations',
    request: { commandId: id, reservations, ...(parts.length > 0 && { parts }) },
  }));
}

/** What is left of claims waits until the newest command has named it. */
export function awaitParts(order: Order, claims: readonly GivenUpClaims[]): Order {
  const commandId = order.pending.at(-1)?.id ?? null;
  return claims.reduce((state, { line: id, parts }) => {
    const line = findLine(state, id);
    if (!line || parts.length === 0) return state;
    const rests = parts.map(({ rest }) => ({ ...rest, reservation: null, commandId, location: null }));
    return withLine(state, { ...line, claims: [...line.claims, ...rests] });
  }, order);
}
