import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Authorisation, HttpClient } from '../../runtime/http-client.ts';
import { oauthTokens } from '../../runtime/oauth-tokens.ts';

export interface AmazonLogin {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Given once, when the seller allowed the application. */
  readonly refreshToken: string;
}

/** Amazon refuses an old token as something that is forbidden. */
const FORBIDDEN = 403;

/**
 * Tokens for an hour each, by "Login with Amazon".
 * Source: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api
 */
export function amazonAuthorisation(
  parts: { readonly http: HttpClient; readonly system: string },
  { clientId, clientSecret, refreshToken }: AmazonLogin,
  clock: Clock,
): Authorisation {
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  };
  const tokens = oauthTokens(parts, { path: '/auth/o2/token', form }, clock);
  return {
    headers: async () => ({ 'x-amz-access-token': await tokens.get() }),
    refusedStatus: FORBIDDEN,
    renew: () => {
      tokens.forget();
      return true;
    },
  };
}
