import { invariant } from '../../model/errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../ports/documents.ts';
import { ensureCollection } from './collection-table.ts';
import { DocumentCache } from './document-cache.ts';
import { EmbeddedCollection } from './embedded-collection.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Outbox } from './outbox.ts';

/** Collections as tables of the database. */
export class EmbeddedDocuments implements Documents {
  readonly #commits: GroupCommit;
  readonly #outbox: Outbox;
  readonly #limits: EmbeddedLimits;
  readonly #definitions = new Map<string, string>();
  readonly #caches = new Map<string, DocumentCache<Document>>();

  constructor(commits: GroupCommit, outbox: Outbox, limits: EmbeddedLimits) {
    this.#commits = commits;
    this.#outbox = outbox;
    this.#limits = limits;
  }

  async collection<D extends Document>(definition: CollectionDefinition): Promise<Collection<D>> {
    const text = JSON.stringify(definition.indexes);
    const known = this.#definitions.get(definition.name) ?? text;
    invariant(known === text, `The collection ${definition.name} is declared with other indexes already.`);
    await this.#commits.write(() => ensureCollection(this.#commits.database, definition));
    this.#definitions.set(definition.name, text);
    return new EmbeddedCollection<D>({
      definition,
      commits: this.#commits,
      outbox: this.#outbox,
      documentBytesMax: this.#limits.documentBytesMax,
      cache: this.#cacheOf<D>(definition.name),
    });
  }

  /** What is opened twice is one collection. */
  #cacheOf<D extends Document>(name: string): DocumentCache<D> {
    const cache = this.#caches.get(name) ?? new DocumentCache<Document>(this.#limits);
    this.#caches.set(name, cache);
    return cache as unknown as DocumentCache<D>;
  }

  flushOutbox(): Promise<void> {
    return this.#outbox.flush();
  }
}
