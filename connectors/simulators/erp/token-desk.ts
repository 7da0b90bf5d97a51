import type { IncomingHttpHeaders } from 'node:http';
import { bearerToken } from '../runtime/bearer-token.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { formBody } from '../runtime/request-body.ts';
import type { Answer, Route } from '../runtime/router.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

const TOKENS_MAX = 10_000;

/** Gives out short-lived bearer tokens by client credentials. */
export class TokenDesk {
  readonly #core: SimulatorCore;
  readonly #client: OAuthClient;
  readonly #ttlMs: number;
  readonly #expiresAtMs = new Map<string, number>();

  constructor(core: SimulatorCore, client: OAuthClient, ttlMs: number) {
    this.#core = core;
    this.#client = client;
    this.#ttlMs = ttlMs;
  }

  route(): Route {
    return {
      method: 'POST',
      path: '/oauth2/token',
      isOpen: true,
      handle: (request) => this.#issue(formBody(request)),
    };
  }

  isAuthorised(headers: IncomingHttpHeaders): boolean {
    const expiresAtMs = this.#expiresAtMs.get(bearerToken(headers) ?? '');
    return expiresAtMs !== undefined && expiresAtMs > this.#core.nowMs();
  }

  #issue(form: URLSearchParams): Answer {
    if (form.get('grant_type') !== 'client_credentials') {
      throw new HttpFailure(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
    }
    const isKnown =
      form.get('client_id') === this.#client.clientId && form.get('client_secret') === this.#client.clientSecret;
    if (!isKnown) throw new HttpFailure(401, 'invalid_client', 'The client id or secret is wrong.');
    const token = this.#core.ids.hex(48);
    this.#expiresAtMs.set(token, this.#core.nowMs() + this.#ttlMs);
    const [oldest] = this.#expiresAtMs.keys();
    if (this.#expiresAtMs.size > TOKENS_MAX && oldest !== undefined) this.#expiresAtMs.delete(oldest);
    return { body: { token_type: 'Bearer', access_token: token, expires_in: Math.floor(this.#ttlMs / 1000) } };
  }
}
