import type { Clock } from '../../kernel/ports/clock.ts';
import type { Authorisation, HttpClient } from './http-client.ts';
import { oauthTokens } from './oauth-tokens.ts';

/** A token that somebody issued for good. */
export function bearerToken(token: string): Authorisation {
  return { headers: async () => ({ authorization: `Bearer ${token}` }), renew: () => false };
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Path of the token endpoint. */
  readonly tokenPath: string;
}

/**
 * Short-lived tokens by OAuth client credentials.
 * Source: RFC 6749, section 4.4
 */
export function clientCredentials(
  parts: { readonly http: HttpClient; readonly system: string },
  { clientId, clientSecret, tokenPath }: ClientCredentials,
  clock: Clock,
): Authorisation {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const tokens = oauthTokens(parts, { path: tokenPath, form }, clock);
  return {
    headers: async () => ({ authorization: `Bearer ${await tokens.get()}` }),
    renew: () => {
      tokens.forget();
      return true;
    },
  };
}
