import { IDENTITY_HEADER, IDENTITY_TTL_MS, signIdentity } from '../../kernel/graphql/identity-header.ts';
import { CORRELATION_HEADER, TRACEPARENT_HEADER, TRACESTATE_HEADER } from '../../kernel/model/correlation.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { OperationContext, RequestHeaders } from '../executor/operation-context.ts';

export interface FetchHeadersOptions {
  /** Shared with the subgraph; absent: the subgraph is not told who asks, as one that is not the hub's. */
  readonly identitySecret?: string;
  /** Names, in lower case, of the client's headers that the subgraph gets as well. */
  readonly propagated: readonly string[];
  readonly clock: Clock;
}

/** What the reply to a fetch may depend on, apart from its body. */
export interface Caller {
  readonly headers: Readonly<Record<string, string>>;
  /** Equal for callers whom a subgraph cannot tell apart. */
  readonly key: string;
}

interface SignedHeader {
  readonly value: string;
  readonly renewAtMs: number;
}

/** A signature is used again for a third of its life, because callers send many operations with the same token. */
const RENEW_AFTER_MS = IDENTITY_TTL_MS / 3;

const FIXED = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
};

/** Writes the headers of fetches. */
export class FetchHeaders {
  readonly #options: FetchHeadersOptions;
  readonly #signed = new WeakMap<Identity, SignedHeader>();

  constructor(options: FetchHeadersOptions) {
    this.#options = options;
  }

  /** Those that tell callers apart. */
  callerOf({ identity, headers: given }: OperationContext): Caller {
    const { identitySecret, propagated } = this.#options;
    const headers: Record<string, string> = {};
    let key = '';
    if (identitySecret !== undefined) headers[IDENTITY_HEADER] = key = this.#sign(identity, identitySecret);
    for (const name of propagated) {
      const value = given[name];
      if (value !== undefined) headers[name] = String(value);
      key += `\n${headers[name] ?? ''}`;
    }
    return { headers, key };
  }

  /** All of them, of one attempt. */
  write({ headers }: Caller, { correlationId, traceparent, headers: given }: OperationContext): Record<string, string> {
    return {
      ...FIXED,
      ...headers,
      [CORRELATION_HEADER]: correlationId,
      ...(traceparent !== undefined && { [TRACEPARENT_HEADER]: traceparent, ...tracestateOf(given) }),
    };
  }

  #sign(identity: Identity, secret: string): string {
    const nowMs = this.#options.clock.nowMs();
    const known = this.#signed.get(identity);
    if (known && nowMs < known.renewAtMs) return known.value;
    const value = signIdentity(identity, secret, nowMs);
    this.#signed.set(identity, { value, renewAtMs: nowMs + RENEW_AFTER_MS });
    return value;
  }
}

function tracestateOf(given: RequestHeaders): Record<string, string> {
  const state = given[TRACESTATE_HEADER];
  return state === undefined || given[TRACEPARENT_HEADER] === undefined ? {} : { [TRACESTATE_HEADER]: String(state) };
}
