import { createHash } from 'node:crypto';
import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope, mayActForStore, type Identity } from '../../../kernel/model/identity.ts';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';

/** As long as an id may be. */
const CALLER_LENGTH_MAX = 150;
const IDEMPOTENCY_KEY_LENGTH_MAX = 200;

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

/** Kinds that a customer's own doing explains; the others keep stock back for longer, and are for whoever runs it. */
const CUSTOMER_KINDS: readonly ReserveStock['kind'][] = ['CART', 'CHECKOUT', 'PICKUP'];

/** @throws {Refusal} FORBIDDEN when the kind is not for customers, and the caller sees no positions */
export function assertMayReserveAs(identity: Identity, kind: ReserveStock['kind']): void {
  if (CUSTOMER_KINDS.includes(kind) || hasScope(identity, 'positions:read')) return;
  throw new Refusal('FORBIDDEN', `The token may not make reservations of kind ${kind}.`, { kind });
}

/** @throws {Refusal} FORBIDDEN when a customer would put itself before others */
export function assertMayPrioritise(identity: Identity): void {
  if (hasScope(identity, 'positions:read')) return;
  throw new Refusal('FORBIDDEN', 'The token may not say priorities.', { field: 'priority' });
}

/** Who owns what is reserved over the graph: idempotency keys and reservations of two callers never meet. */
export function callerOf({ clientId, subject }: Identity): string {
  const caller = `${clientId}/${subject}`;
  if (caller.length <= CALLER_LENGTH_MAX) return caller;
  return createHash('sha256').update(caller).digest('base64url');
}

/** Keys of two callers never meet, and none meets a command of another context. */
export function commandIdOf(identity: Identity, idempotencyKey: string): string {
  if (idempotencyKey !== '' && idempotencyKey.length <= IDEMPOTENCY_KEY_LENGTH_MAX) {
    return `graph:${callerOf(identity)}:${idempotencyKey}`;
  }
  const message = `idempotencyKey must be 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} characters.`;
  throw new Refusal('BAD_USER_INPUT', message, { field: 'idempotencyKey', max: IDEMPOTENCY_KEY_LENGTH_MAX });
}
