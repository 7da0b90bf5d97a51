import { ANONYMOUS_SUBJECT, isAuthenticated } from '../../kernel/model/identity.ts';
import type { Identity } from '../../kernel/model/identity.ts';

/** What callers with the same rights have in common; other subgraphs are asked in its name. */
export function sharedIdentity(identity: Identity): Identity {
  const { scopes, stores, customer, policies, contract } = identity;
  return {
    subject: isAuthenticated(identity) ? 'subscription-group' : ANONYMOUS_SUBJECT,
    clientId: 'stockwire-gateway',
    scopes: [...scopes].sort(),
    stores: stores === '*' ? stores : [...stores].sort(),
    ...(customer !== undefined && { customer }),
    ...(policies && { policies: [...policies].sort() }),
    ...(contract !== undefined && { contract }),
  };
}
