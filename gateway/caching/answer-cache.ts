import type { PreparedOperation } from '../executor/prepared-operation.ts';
import type { Outcome } from '../executor/prepared-operation.ts';
import type { Variables } from '../executor/subgraph-client.ts';
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

/** Keeps whole answers of operations that tell everybody the same. */
export class AnswerCache {
  readonly #store: CacheStore;
  readonly #hints: CacheHints;
  readonly #operations = new WeakMap<
    PreparedOperation,
    { readonly id: number; readonly maxAgeMs: number | undefined }
  >();
  #operationCount = 0;

  constructor(store: CacheStore, hints: CacheHints) {
    this.#store = store;
    this.#hints = hints;
  }

  /** Undefined when the operation is none whose answers are kept. */
  placeOf(prepared: PreparedOperation, variables: Variables): AnswerPlace | undefined {
    const { id, maxAgeMs } = this.#read(prepared);
    if (maxAgeMs === undefined) return undefined;
    const key = `answer ${id}\n${JSON.stringify(variables)}`;
    const trail = new CacheTrail();
    const since = this.#store.position;
    return {
      known: this.#store.get(key),
      trail,
      keep: ({ dataText: text, errors }) => {
        const { tags } = trail;
        if (text === undefined || errors.length > 0 || !tags) return;
        this.#store.put({ key, text, maxAgeMs, tags, since });
      },
    };
  }

  #read(prepared: PreparedOperation): { readonly id: number; readonly maxAgeMs: number | undefined } {
    const known = this.#operations.get(prepared);
    if (known) return known;
    const read = { id: this.#operationCount++, maxAgeMs: this.#hints.maxAgeMsOf(prepared.document) };
    this.#operations.set(prepared, read);
    return read;
  }
}
