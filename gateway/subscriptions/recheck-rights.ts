import { Obstacle } from '../../kernel/model/errors.ts';
import { isAuthenticated, type Identity } from '../../kernel/model/identity.ts';
import type { Authenticator } from '../auth/authenticator.ts';

/** Whether whoever has these rights may go on with what was begun with the former ones. */
export function hasRightsOf(identity: Identity, former: Identity): boolean {
  const { subject, customer, scopes, stores } = identity;
  const seesStores =
    stores === '*' || (former.stores !== '*' && former.stores.every((store) => stores.includes(store)));
  const mayAll = former.scopes.every((scope) => scopes.includes(scope));
  return subject === former.subject && customer === former.customer && seesStores && mayAll;
}

/**
 * Whether a token still gives what it gave. Rights may be taken away before it ends: its key is withdrawn, or an issuer is
 * asked who knows. Whoever cannot be asked now has taken nothing away.
 */
export async function stillHasRights(
  authorization: unknown,
  former: Identity,
  authenticator: Authenticator,
): Promise<boolean> {
  if (!isAuthenticated(former)) return true;
  try {
    const identity = await authenticator.authenticate(typeof authorization === 'string' ? authorization : undefined);
    return hasRightsOf(identity, former);
  } catch (error) {
    return error instanceof Obstacle;
  }
}
