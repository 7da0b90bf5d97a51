import type { IncomingHttpHeaders } from 'node:http';
import { HttpFailure } from '../runtime/http-failure.ts';
import { formBody } from '../runtime/request-body.ts';
import type { Route } from '../runtime/router.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';

export interface AmazonCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

const LIFETIME_SECONDS = 3_600;
const TOKENS_MAX = 1_000;

/** Gives out access tokens for an hour, and knows them again. */
export class LoginDesk {
  readonly #core: SimulatorCore;
  readonly #credentials: AmazonCredentials;
  readonly #endsAtMs = new Map<string, number>();

  constructor(core: SimulatorCore, credentials: AmazonCredentials) {
    this.#core = core;
    this.#credentials = credentials;
  }

  isAuthorised(headers: IncomingHttpHeaders): boolean {
    const token = headers['x-amz-access-token'];
    return typeof token === 'string' && (this.#endsAtMs.get(token) ?? 0) > this.#core.nowMs();
  }

  /** No token that was given out is good any more. */
  revokeAll(): void {
    this.#endsAtMs.clear();
  }

  /** Source: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api */
  route(): Route {
    return {
      method: 'POST',
      path: '/auth/o2/token',
      isOpen: true,
      handle: (request) => {
        const form = formBody(request);
        const { clientId, clientSecret, refreshToken } = this.#credentials;
        const isKnown = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
        if (!isKnown) throw new HttpFailure(401, 'invalid_client', 'Client authentication failed');
        if (form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== refreshToken) {
          throw new HttpFailure(400, 'invalid_grant', 'The request has an invalid grant parameter: refresh_token.');
        }
        const token = `Atza|${this.#core.ids.hex(40)}`;
        this.#endsAtMs.set(token, this.#core.nowMs() + LIFETIME_SECONDS * 1_000);
        const [oldest] = this.#endsAtMs.keys();
        if (this.#endsAtMs.size > TOKENS_MAX && oldest !== undefined) this.#endsAtMs.delete(oldest);
        return {
          body: {
            access_token: token,
            token_type: 'bearer',
            expires_in: LIFETIME_SECONDS,
            refresh_token: refreshToken,
          },
        };
      },
    };
  }
}
