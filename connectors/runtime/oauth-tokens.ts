import { Type } from '@sinclair/typebox';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { HttpClient } from './http-client.ts';
import { parseAnswer } from './parse-answer.ts';
import { createTokenCache, type TokenCache } from './token-cache.ts';

export interface TokenRequest {
  /** Of the token endpoint. */
  readonly path: string;
  /** The grant and what proves it. */
  readonly form: Readonly<Record<string, string>>;
}

const TokenAnswer = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  expires_in: Type.Number({ minimum: 1 }),
});
const REFRESH_BEFORE_MS = 60_000;

/**
 * Short-lived tokens of an authorisation server, asked for anew a minute before they end.
 * Source: RFC 6749, section 5.1
 */
export function oauthTokens(
  { http, system }: { readonly http: HttpClient; readonly system: string },
  { path, form }: TokenRequest,
  clock: Clock,
): TokenCache {
  return createTokenCache({
    clock,
    refreshBeforeMs: REFRESH_BEFORE_MS,
    fetch: async () => {
      const { json } = await http.request({ method: 'POST', path, isIdempotent: true, form });
      const answer = parseAnswer(system, TokenAnswer, json);
      return { token: answer.access_token, expiresInMs: answer.expires_in * 1_000 };
    },
  });
}
