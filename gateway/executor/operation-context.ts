import type { Subgraph, SubgraphRequest } from '../../kernel/graphql/subgraph.ts';
import type { CacheTrail } from '../caching/cache-trail.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { CancelSignal } from './cancellation.ts';

export interface OperationContextOptions extends SubgraphRequest {
  /** The client's headers, names in lower case; a subgraph gets those that its client is told to hand on. */
  readonly headers?: RequestHeaders;
  /** Where the request came from; absent when it came from no network. */
  readonly address?: string | undefined;
  /** Aborts when the client is gone or its time is up. */
  readonly signal?: CancelSignal | undefined;
  /** Gathers what the answer depends on, so that it can be kept; absent when it cannot. */
  readonly trail?: CacheTrail | undefined;
}

export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const NO_HEADERS: RequestHeaders = {};

/**
 * One client operation, from its first fetch to its last. All its fetches from one subgraph share that subgraph's
 * context, and with it the loaders that batch and remember look-ups.
 */
export class OperationContext implements SubgraphRequest {
  readonly identity: Identity;
  readonly correlationId: string;
  readonly headers: RequestHeaders;
  readonly traceparent: string | undefined;
  readonly signal: CancelSignal | undefined;
  readonly trail: CacheTrail | undefined;
  readonly #contexts: Map<Subgraph, object>;

  /** @param contexts those of the operation that this is a part of */
  constructor(
    { identity, correlationId, headers, traceparent, signal, trail }: OperationContextOptions,
    contexts = new Map<Subgraph, object>(),
  ) {
    this.identity = identity;
    this.correlationId = correlationId;
    this.headers = headers ?? NO_HEADERS;
    this.traceparent = traceparent;
    this.signal = signal;
    this.trail = trail;
    this.#contexts = contexts;
  }

  /** The same operation, seen from within the span of `traceparent`. */
  within(traceparent: string | undefined): OperationContext {
    if (traceparent === this.traceparent) return this;
    const { identity, correlationId, headers, signal, trail } = this;
    return new OperationContext(
      { identity, correlationId, headers, traceparent, trail, ...(signal && { signal }) },
      this.#contexts,
    );
  }

  contextOf(subgraph: Subgraph): object {
    const known = this.#contexts.get(subgraph);
    if (known) return known;
    const created = subgraph.createContext(this);
    this.#contexts.set(subgraph, created);
    return created;
  }
}
