import type { Document, Versioned } from '../../ports/documents.ts';
import { copyJson } from './copy-json.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { freezeJson } from './freeze-json.ts';

interface Entry<D extends Document> {
  readonly version: number;
  /** Absent: it was written and is not read yet. */
  readonly found?: Versioned<D>;
  /** Of its JSON, as a measure of what it takes. */
  readonly chars: number;
}

interface Prepared<D extends Document> {
  readonly document: D;
  readonly chars: number;
}

/** A document as it is stored. */
export interface StoredRow {
  readonly id: string;
  readonly version: number;
  /** JSON. */
  readonly body: string;
}

export type DocumentCacheLimits = Pick<
  EmbeddedLimits,
  'cachedDocumentsMax' | 'cachedDocumentCharsMax' | 'cachedCharsMax'
>;

/**
 * The documents of a collection that were read last, as they stand in the database, which nobody else writes. They are
 * frozen, because their readers share them.
 */
export class DocumentCache<D extends Document> {
  readonly #limits: DocumentCacheLimits;
  /** The one that was used last is the last one. */
  readonly #entries = new Map<string, Entry<D>>();
  #chars = 0;

  constructor(limits: DocumentCacheLimits) {
    this.#limits = limits;
  }

  get(id: string): Versioned<D> | undefined {
    const entry = this.#entries.get(id);
    if (!entry?.found) return undefined;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.found;
  }

  /** The document of a row that was read; what is read of it is kept when `isToStay`. */
  read({ id, version, body }: StoredRow, isToStay: boolean): Versioned<D> {
    const entry = this.#entries.get(id);
    if (entry?.found && entry.version === version) return entry.found;
    const document = JSON.parse(body) as D;
    if (!isToStay || body.length > this.#limits.cachedDocumentCharsMax) return { document, version };
    const found = { document: freezeJson(document), version };
    this.#set(id, { version, found, chars: body.length });
    return found;
  }

  /** What is about to be written as `body`, in case it is kept: what the caller does to it afterwards makes no difference. */
  prepare(document: D, body: string): Prepared<D> | undefined {
    const isKept = this.#entries.has(document.id) && body.length <= this.#limits.cachedDocumentCharsMax;
    return isKept ? { document: freezeJson(copyJson(document) as D), chars: body.length } : undefined;
  }

  /** In the commit that writes: what was held is held no more, whatever comes of the commit. */
  written(id: string, version: number): void {
    if (this.#entries.has(id)) this.#set(id, { version, chars: 0 });
  }

  /** After the commit, unless something else was written or read since. */
  keep({ document, chars }: Prepared<D>, version: number): void {
    const entry = this.#entries.get(document.id);
    if (entry?.version !== version || entry.found) return;
    this.#set(document.id, { version, found: { document, version }, chars });
  }

  forget(id: string): void {
    this.#chars -= this.#entries.get(id)?.chars ?? 0;
    this.#entries.delete(id);
  }

  #set(id: string, entry: Entry<D>): void {
    const { cachedDocumentsMax, cachedCharsMax } = this.#limits;
    this.forget(id);
    this.#entries.set(id, entry);
    this.#chars += entry.chars;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= cachedDocumentsMax && this.#chars <= cachedCharsMax) return;
      this.forget(oldest);
    }
  }
}
