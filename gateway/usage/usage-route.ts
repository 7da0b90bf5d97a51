import { Refusal } from '../../kernel/model/errors.ts';
import { hasScope, isAuthenticated } from '../../kernel/model/identity.ts';
import { authenticateCaller } from '../auth/authenticate-caller.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import type { TokenFailures } from '../limits/token-failures.ts';
import type { Route } from '../transport/route.ts';
import type { UsageRegister } from './usage-register.ts';

export interface UsageRouteOptions {
  readonly usage: UsageRegister;
  readonly authenticator: Authenticator;
  readonly tokenFailures?: TokenFailures;
  /** What a token needs to read it. */
  readonly scope: string;
}

/** `GET /usage`: who uses which element of the schema; with `?deprecated=true` only those that should not be used. */
export function createUsageRoute({ usage, authenticator, tokenFailures, scope }: UsageRouteOptions): Route {
  return {
    method: 'GET',
    path: '/usage',
    handle: async ({ headers, url, address }) => {
      const { authorization } = headers;
      const identity = await authenticateCaller({ authorization, address }, authenticator, tokenFailures);
      if (!hasScope(identity, scope)) throw refused(isAuthenticated(identity), scope);
      const onlyDeprecated = url.searchParams.get('deprecated') === 'true';
      const rows = usage.report().filter(({ deprecated }) => !onlyDeprecated || deprecated !== undefined);
      return { status: 200, headers: { 'cache-control': 'no-store' }, body: JSON.stringify({ usage: rows }) };
    },
  };
}

function refused(isKnown: boolean, scope: string): Refusal {
  if (!isKnown) return new Refusal('UNAUTHENTICATED', 'This needs a token.');
  return new Refusal('FORBIDDEN', 'This needs a scope that the token does not carry.', { requiredScopes: [[scope]] });
}
