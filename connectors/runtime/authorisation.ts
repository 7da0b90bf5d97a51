import { Type } from '@sinclair/typebox';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Authorisation, HttpClient } from './http-client.ts';
import { parseAnswer } from './parse-answer.ts';
import { createTokenCache } from './token-cache.ts';

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

const TokenAnswer = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  expires_in: Type.Number({ minimum: 1 }),
});
const REFRESH_BEFORE_MS = 60_000;

/**
 * Short-lived tokens by OAuth client credentials.
 * Source: RFC 6749, section 4.4
 */
export function clientCredentials(
  { http, system }: { readonly http: HttpClient; readonly system: string },
  credentials: ClientCredentials,
  clock: Clock,
): Authorisation {
  const tokens = createTokenCache({
    clock,
    refreshBeforeMs: REFRESH_BEFORE_MS,
    fetch: async () => {
      const { json } = await http.request({
        method: 'POST',
        path: credentials.tokenPath,
        isIdempotent: true,
        form: {
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
        },
      });
      const answer = parseAnswer(system, TokenAnswer, json);
      return { token: answer.access_token, expiresInMs: answer.expires_in * 1_000 };
    },
  });
  return {
    headers: async () => ({ authorization: `Bearer ${await tokens.get()}` }),
    renew: () => {
      tokens.forget();
      return true;
    },
  };
}
