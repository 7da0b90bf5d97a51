import type { Steps } from '../../../../kernel/model/quantity.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { Claim, OrderLine } from '../order-line.ts';
import { allocatable, owedOf } from '../claims/owed-units.ts';
import { awaitParts, enqueueGivenUp, takeFromClaims } from '../claims/give-up-claims.ts';
import { stockLine } from '../pending-command.ts';
import { enqueueAllocation, withClaimsOf } from '../claims/plan-allocation.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { addCell, moveUnits } from '../units.ts';

/** Units behind claims that the ledger has named, that no command is about to change, and that do not wait for supply. */
export function bindable(line: OrderLine | undefined): Steps {
  return freeClaims(line).reduce((sum, claim) => sum + allocatable(claim), 0);
}

const freeClaims = (line: OrderLine | undefined) =>
  line?.claims.filter(({ reservation, commandId }) => reservation !== null && commandId === null) ?? [];

/** Asks the ledger to allocate units at a location; each line has as many that are free. None makes no command. */
export function bindClaims(order: Order, location: string, lines: readonly LineQuantity[]): Order {
  const asked = lines.flatMap(({ line: id, quantity }) => {
    let left = quantity;
    return freeClaims(findLine(order, id)).flatMap((claim) => {
      const part = Math.min(left, allocatable(claim));
      left -= part;
      if (part === 0) return [];
      return [{ ...stockLine(order, { line: id, quantity: part }), reservation: claim.reservation ?? '', location }];
    });
  });
  return asked.length > 0 ? withClaimsOf(enqueueAllocation(order, asked), asked) : order;
}

/**
 * Units have left from a location that was never told: their claims end, because the ledger has moved the goods without an
 * allocation. They count as allocated there. What waits for supply stays: it cannot have left.
 */
export function bindLeft(order: Order, location: string, lines: readonly LineQuantity[]): Order {
  const given = lines.flatMap(({ line: id, quantity: wanted }) => {
    const line = findLine(order, id);
    const there = freeClaims(line).filter((claim) => owedOf(claim) === 0);
    const quantity = there.reduce((sum, claim) => sum + claim.quantity, 0);
    return line && wanted > 0 && quantity > 0 ? [leaveClaims(line, there, { location, wanted, quantity })] : [];
  });
  if (given.length === 0) return order;
  const moved = given.reduce((state, { line }) => withLine(state, line), order);
  const claims = given.map((each) => each.claims);
  return awaitParts(enqueueGivenUp(moved, claims), claims);
}

interface Leaving {
  readonly location: string;
  readonly wanted: Steps;
  /** Of `there`. */
  readonly quantity: Steps;
}

function leaveClaims(line: OrderLine, there: readonly Claim[], { location, wanted, quantity: most }: Leaving) {
  const quantity = Math.min(wanted, most);
  const taken = takeFromClaims({ ...line, claims: there }, quantity);
  const claims = { ...taken, left: [...line.claims.filter((claim) => !there.includes(claim)), ...taken.left] };
  const units = moveUnits(line.units, { from: 'RESERVED', at: null, to: 'ALLOCATED', toLocation: location, quantity });
  const inferred = addCell(line.inferred, { state: 'ALLOCATED', location, quantity });
  return { line: { ...line, units, inferred, claims: claims.left }, claims };
}
