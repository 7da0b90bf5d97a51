import { Type } from '@sinclair/typebox';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Authorisation, HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { createTokenCache } from '../../runtime/token-cache.ts';

export interface AmazonLogin {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Given once, when the seller allowed the application. */
  readonly refreshToken: string;
}

const TokenAnswer = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  expires_in: Type.Number({ minimum: 1 }),
});
const REFRESH_BEFORE_MS = 60_000;
/** Amazon refuses an old token as something that is forbidden. */
const FORBIDDEN = 403;

/**
 * Tokens for an hour each, by "Login with Amazon".
 * Source: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api
 */
export function amazonAuthorisation(
  { http, system }: { readonly http: HttpClient; readonly system: string },
  { clientId, clientSecret, refreshToken }: AmazonLogin,
  clock: Clock,
): Authorisation {
  const tokens = createTokenCache({
    clock,
    refreshBeforeMs: REFRESH_BEFORE_MS,
    fetch: async () => {
      const { json } = await http.request({
        method: 'POST',
        path: '/auth/o2/token',
        isIdempotent: true,
        form: {
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
          client_id: clientId,
          client_secret: clientSecret,
        },
      });
      const answer = parseAnswer(system, TokenAnswer, json);
      return { token: answer.access_token, expiresInMs: answer.expires_in * 1_000 };
    },
  });
  return {
    headers: async () => ({ 'x-amz-access-token': await tokens.get() }),
    refusedStatus: FORBIDDEN,
    renew: () => {
      tokens.forget();
      return true;
    },
  };
}
