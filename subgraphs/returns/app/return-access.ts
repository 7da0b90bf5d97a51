import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope, mayActForStore, type Identity } from '../../../kernel/model/identity.ts';
import type { Requester } from '../domain/return-policy.ts';
import type { ReturnState } from '../domain/return-state.ts';
import type { Sale } from '../domain/sale.ts';

/** Who asks, as the policy sees it. What a person may see is another question: that is for its stores and customer. */
export function requesterOf(identity: Identity): Requester {
  if (hasScope(identity, 'orders:act')) return 'AGENT';
  return actsForStores(identity) ? 'STORE' : 'CUSTOMER';
}

/** Staff sees what its stores hold; everybody else what is its own. */
export function actsForStores({ stores, customer }: Identity): boolean {
  return stores === '*' || (stores.length > 0 && customer === undefined);
}

/** A store sees a return without a location by its exact id, because the customer may bring it to any store. */
export function maySee(identity: Identity, { customer, location, lines }: ReturnState): boolean {
  const { stores } = identity;
  if (stores === '*') return true;
  if (customer !== null && identity.customer === customer) return true;
  if (stores.length === 0) return false;
  const holds = lines.some((line) => line.location !== undefined && stores.includes(line.location));
  return holds || location === null || stores.includes(location);
}

/** A store may return any order that it looks up by its exact id; a customer its own. */
export function mayReturn(identity: Identity, { customer }: Sale): boolean {
  return actsForStores(identity) || (customer !== null && identity.customer === customer);
}

/** @throws {Refusal} FORBIDDEN */
export function assertMayActAt(identity: Identity, location: string): void {
  if (mayActForStore(identity, location)) return;
  throw new Refusal('FORBIDDEN', `The token does not carry the store ${location}.`, { location });
}

export const unknownReturn = (id: string): Refusal =>
  new Refusal('UNKNOWN_RETURN', `There is no return ${id} that you may see.`, { return: id });

/**
 * Goods are seen to where they lie.
 * @throws {Refusal} FORBIDDEN
 */
export function assertHoldsLines(identity: Identity, { lines, location }: ReturnState, ids: readonly string[]): void {
  for (const line of lines) {
    const place = line.location ?? location;
    if (line.status !== 'AUTHORIZED' && place !== null && ids.includes(line.id)) assertMayActAt(identity, place);
  }
}
