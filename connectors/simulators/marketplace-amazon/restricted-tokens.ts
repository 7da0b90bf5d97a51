import type { IncomingHttpHeaders } from 'node:http';
import { HttpFailure } from '../runtime/http-failure.ts';
import { listOf, objectOf, textOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';

const LIFETIME_SECONDS = 3_600;
const RESOURCES_MAX = 50;
const TOKENS_MAX = 1_000;

interface RestrictedToken {
  readonly endsAtMs: number;
  readonly resources: readonly string[];
}

/**
 * Gives out tokens that open names and streets, each for the resources that it was asked for.
 * Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api-v2021-03-01-reference
 */
export class RestrictedTokens {
  readonly #core: SimulatorCore;
  readonly #isAllowed: boolean;
  readonly #tokens = new Map<string, RestrictedToken>();

  /** @param isAllowed whether the account has the role for such data */
  constructor(core: SimulatorCore, isAllowed: boolean) {
    this.#core = core;
    this.#isAllowed = isAllowed;
  }

  isKnown(headers: IncomingHttpHeaders): boolean {
    return this.#of(headers) !== undefined;
  }

  /** @param resource its path, with `{orderId}` for all */
  mayRead(headers: IncomingHttpHeaders, resource: string): boolean {
    return this.#of(headers)?.resources.includes(resource) ?? false;
  }

  revokeAll(): void {
    this.#tokens.clear();
  }

  route(): Route {
    return { method: 'POST', path: '/tokens/2021-03-01/restrictedDataToken', handle: (request) => this.#give(request) };
  }

  #give(request: SimulatorRequest): Answer {
    const resources = listOf(jsonBody(request), 'restrictedResources', RESOURCES_MAX).map((each) => {
      const resource = objectOf(each, 'restrictedResources');
      if (textOf(resource, 'method') !== 'GET') throw invalid();
      return textOf(resource, 'path');
    });
    if (resources.length === 0) throw invalid();
    if (!this.#isAllowed) throw new HttpFailure(403, 'Unauthorized', 'Access to requested resource is denied.');
    const token = `Atz.sprdt|${this.#core.ids.hex(40)}`;
    this.#tokens.set(token, { endsAtMs: this.#core.nowMs() + LIFETIME_SECONDS * 1_000, resources });
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > TOKENS_MAX && oldest !== undefined) this.#tokens.delete(oldest);
    return { body: { restrictedDataToken: token, expiresIn: LIFETIME_SECONDS } };
  }

  #of(headers: IncomingHttpHeaders): RestrictedToken | undefined {
    const token = headers['x-amz-access-token'];
    const known = typeof token === 'string' ? this.#tokens.get(token) : undefined;
    return known && known.endsAtMs > this.#core.nowMs() ? known : undefined;
  }
}

function invalid(): HttpFailure {
  return new HttpFailure(400, 'InvalidRequest', 'Request is missing or has invalid parameters');
}
