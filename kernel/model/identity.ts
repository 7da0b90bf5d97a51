/** Who is asking, as the token says it; passed on inside the hub under a signature. */
export interface Identity {
  readonly subject: string;
  /** RFC 9068 `client_id`; budgets and usage are counted by it. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The locations whose work and stock it may see; `*` is all of them. */
  readonly stores: readonly string[] | '*';
  /** The customer whose orders and returns are its own. */
  readonly customer?: string;
  /** Policies that the issuer has found to hold for it. Absent: none. */
  readonly policies?: readonly string[];
  /** The contract that narrows what it sees of the public schema. Absent: none but that of its role. */
  readonly contract?: string;
  /** When the token ends, epoch milliseconds; absent for the anonymous identity and for the hub itself. */
  readonly expiresAtMs?: number;
}

export function hasScope(identity: Identity, scope: string): boolean {
  return identity.scopes.includes(scope);
}

export function meetsPolicy(identity: Identity, policy: string): boolean {
  return identity.policies?.includes(policy) ?? false;
}

export function mayActForStore(identity: Identity, location: string): boolean {
  return identity.stores === '*' || identity.stores.includes(location);
}

/** The subject of a caller without a token. No token may claim it. */
export const ANONYMOUS_SUBJECT = 'anonymous';

export function isAuthenticated(identity: Identity): boolean {
  return identity.subject !== ANONYMOUS_SUBJECT;
}
