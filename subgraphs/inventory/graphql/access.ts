import { createHash } from 'node:crypto';
import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope, mayActForStore, type Identity } from '../../../kernel/model/identity.ts';

/** As long as an id may be. */
const CALLER_LENGTH_MAX = 150;

/** @throws {Refusal} FORBIDDEN when the token is not for this store */
export function assertStore(identity: Identity, location: string): void {
  if (mayActForStore(identity, location)) return;
  throw new Refusal('FORBIDDEN', `The token is not for ${location}.`, { location });
}

/**
 * Customers may reserve anywhere; the staff of stores, and whoever uses the channel of a store, only at their own.
 * @throws {Refusal} FORBIDDEN
 */
export function assertMayReserve(
  identity: Identity,
  { location, isStoreChannel }: { readonly location: string | undefined; readonly isStoreChannel: boolean },
): void {
  const isStaff = hasScope(identity, 'positions:read');
  if (location !== undefined && (isStaff || isStoreChannel)) assertStore(identity, location);
}

/** Who owns what is reserved over the graph: idempotency keys and reservations of two callers never meet. */
export function callerOf({ clientId, subject }: Identity): string {
  const caller = `${clientId}/${subject}`;
  if (caller.length <= CALLER_LENGTH_MAX) return caller;
  return createHash('sha256').update(caller).digest('base64url');
}
