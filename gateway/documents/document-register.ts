import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { sha256 } from '../planner/open-planner.ts';
import type { RegisteredOperation } from './document-manifest.ts';

export interface DocumentRegisterOptions {
  /** Operations that were registered beforehand. Default: none. */
  readonly operations?: readonly RegisteredOperation[];
  /** Whether nothing else is run. Default: false. */
  readonly onlyRegistered?: boolean;
  /** Whether a request may register its operation for later ones: automatic persisted queries. Default: false. */
  readonly automatic?: boolean;
  /** How many such operations are remembered. Default: 1,000. */
  readonly automaticMax?: number;
}

/** What a request says of its document: its text, its hash, or both. */
export interface DocumentReference {
  readonly query?: string | undefined;
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash?: string | undefined;
}

/** Knows documents by their hash, and which may be run at all. */
export class DocumentRegister {
  readonly #byHash: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;
  readonly #automatic: LruMap<string, string> | undefined;
  readonly #onlyRegistered: boolean;

  constructor(options: DocumentRegisterOptions = {}) {
    const { operations = [], onlyRegistered = false, automatic = false, automaticMax = 1_000 } = options;
    this.#byHash = new Map(operations.map(({ id, body }) => [id, body]));
    this.#texts = new Set(this.#byHash.values());
    this.#onlyRegistered = onlyRegistered;
    // What is run is known beforehand; there is nothing to remember.
    this.#automatic = automatic && !onlyRegistered ? new LruMap(automaticMax) : undefined;
  }

  /**
   * The text of the document.
   * @throws {Refusal} PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_NOT_SUPPORTED, DOCUMENT_NOT_TRUSTED; BAD_USER_INPUT
   * when the hash is not that of the text
   */
  resolve({ query, hash }: DocumentReference): string {
    if (hash === undefined) return this.#trusted(query ?? '');
    const known = this.#byHash.get(hash);
    if (known !== undefined && (query === undefined || query === known)) return known;
    if (query === undefined) return this.#remembered(hash);
    if (sha256(query) !== hash) {
      throw new Refusal('BAD_USER_INPUT', 'provided sha does not match query', { field: 'sha256Hash' });
    }
    const trusted = this.#trusted(query);
    this.#automatic?.set(hash, trusted);
    return trusted;
  }

  #remembered(hash: string): string {
    const remembered = this.#automatic?.get(hash);
    if (remembered !== undefined) return remembered;
    // The words are those by which clients know that they should send the text.
    if (this.#automatic || this.#byHash.size > 0)
      throw new Refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    throw new Refusal('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  }

  #trusted(query: string): string {
    if (!this.#onlyRegistered || this.#texts.has(query)) return query;
    throw new Refusal('DOCUMENT_NOT_TRUSTED', 'Only operations that were registered beforehand are run here.');
  }
}
