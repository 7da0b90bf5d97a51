import type { RequestHeaders } from '../executor/operation-context.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { Outcome } from '../executor/prepared-operation.ts';
import type { Variables } from '../executor/subgraph-client.ts';
import { bearsAny } from './bears-any.ts';
import type { CacheHints } from './cache-hints.ts';
import type { CacheStore } from './cache-store.ts';
import { CacheTrail } from './cache-trail.ts';

/** A place for the answer of one operation with one set of variables. */
export interface AnswerPlace {
  readonly known: string | undefined;
  /** To be carried by the run. */
  readonly trail: CacheTrail;
  /** Keeps the outcome, unless it has errors, or has told something that may not be kept. */
  keep(outcome: Outcome): void;
}

export interface AnswerCacheOptions {
  readonly store: CacheStore;
  readonly hints: CacheHints;
  /** Tells keys of this supergraph from those of the ones before and after it. */
  readonly generation: number;
  /** Names of the client's headers that any subgraph gets; whoever sends one is told what it asks for afresh. */
  readonly propagatedHeaders: readonly string[];
}

/** Keeps whole answers of operations that tell everybody the same. */
export class AnswerCache {
  readonly #options: AnswerCacheOptions;
  readonly #operations = new WeakMap<
    PreparedOperation,
    { readonly id: number; readonly maxAgeMs: number | undefined }
  >();
  #operationCount = 0;

  constructor(options: AnswerCacheOptions) {
    this.#options = options;
  }

  /** Undefined when the operation is none whose answers are kept, or the request none that may be told them. */
  placeOf(prepared: PreparedOperation, variables: Variables, headers: RequestHeaders = {}): AnswerPlace | undefined {
    const { store, generation, propagatedHeaders } = this.#options;
    const { id, maxAgeMs } = this.#read(prepared);
    if (maxAgeMs === undefined || bearsAny(headers, propagatedHeaders)) return undefined;
    const key = `answer ${generation} ${id}\n${JSON.stringify(variables)}`;
    const trail = new CacheTrail();
    const [since, ownExpiresAtMs] = [store.position, store.expiryAfter(maxAgeMs)];
    return {
      known: store.get(key)?.text,
      trail,
      keep: ({ dataText: text, errors }) => {
        const { tags } = trail;
        if (text === undefined || errors.length > 0 || !tags) return;
        // What it was made of may have been kept for a while already.
        store.put({ key, text, expiresAtMs: Math.min(ownExpiresAtMs, trail.expiresAtMs), tags, since });
      },
    };
  }

  #read(prepared: PreparedOperation): { readonly id: number; readonly maxAgeMs: number | undefined } {
    const known = this.#operations.get(prepared);
    if (known) return known;
    const read = { id: this.#operationCount++, maxAgeMs: this.#options.hints.maxAgeMsOf(prepared.document) };
    this.#operations.set(prepared, read);
    return read;
  }
}
