import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { isAuthenticated } from '../../kernel/model/identity.ts';
import type { Identity } from '../../kernel/model/identity.ts';

/** What of an identity decides which fields it may read. Callers with the same rights share one such object. */
export interface Rights {
  readonly key: string;
}

/** Sets of rights that are told apart by one object each; a rarer one is made anew and loses nothing but time. */
const RIGHTS_MAX = 10_000;

const byKey = new LruMap<string, Rights>(RIGHTS_MAX);
const byIdentity = new WeakMap<Identity, Rights>();

/** An identity lives as long as its token is believed, so that this costs one look-up per request. */
export function rightsOf(identity: Identity): Rights {
  const known = byIdentity.get(identity);
  if (known) return known;
  const { scopes, policies = [], contract = '' } = identity;
  const key = JSON.stringify([isAuthenticated(identity), [...scopes].sort(), [...policies].sort(), contract]);
  const rights = byKey.get(key) ?? { key };
  byKey.set(key, rights);
  byIdentity.set(identity, rights);
  return rights;
}
