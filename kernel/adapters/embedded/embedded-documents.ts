import type { DatabaseSync } from 'node:sqlite';
import { invariant } from '../../model/errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../ports/documents.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { collectionTable, ensureCollection } from './collection-table.ts';
import { DerivedStore } from './derived-store.ts';
import { DocumentCache } from './document-cache.ts';
import { EmbeddedCollection, type EmbeddedCollectionOptions } from './embedded-collection.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import type { EmbeddedStreams } from './embedded-streams.ts';
import type { GroupCommit } from './group-commit.ts';
import { UnsettledWrites } from './unsettled-writes.ts';

export interface EmbeddedDocumentsOptions {
  readonly directory: string;
  readonly commits: GroupCommit;
  readonly streams: EmbeddedStreams;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
}

/** Collections as tables of the database. What a save publishes is written to the streams in the same commit. */
export class EmbeddedDocuments implements Documents {
  readonly #options: EmbeddedDocumentsOptions;
  readonly #commits: GroupCommit;
  readonly #streams: EmbeddedStreams;
  readonly #limits: EmbeddedLimits;
  readonly #definitions = new Map<string, string>();
  readonly #shared = new Map<
    string,
    { readonly cache: DocumentCache<Document>; readonly unsettled: UnsettledWrites }
  >();

  #derived: Promise<DerivedStore> | undefined;

  constructor(options: EmbeddedDocumentsOptions) {
    this.#options = options;
    this.#commits = options.commits;
    this.#streams = options.streams;
    this.#limits = options.limits;
  }

  async collection<D extends Document>(definition: CollectionDefinition): Promise<Collection<D>> {
    const text = JSON.stringify(definition.indexes);
    const known = this.#definitions.get(definition.name) ?? text;
    invariant(known === text, `The collection ${definition.name} is declared with other indexes already.`);
    if (definition.isDerived === true) {
      this.#definitions.set(definition.name, text);
      // Where an earlier version kept it.
      await this.#commits.write(() =>
        this.#commits.database.exec(`DROP TABLE IF EXISTS ${collectionTable(definition.name)}`),
      );
      return (await this.#derivedStore()).collection<D>(definition);
    }
    await this.#commits.write(() => ensureCollection(this.#commits.database, definition));
    this.#definitions.set(definition.name, text);
    return new EmbeddedCollection<D>({
      definition,
      commits: this.#commits,
      streams: this.#streams,
      documentBytesMax: this.#limits.documentBytesMax,
      ...this.#sharedOf<D>(definition.name),
    });
  }

  /** Waits for what is written to derived collections. */
  async close(): Promise<void> {
    const derived = this.#derived;
    this.#derived = undefined;
    await (await derived)?.close();
  }

  /** The file is made when a collection needs it. */
  #derivedStore(): Promise<DerivedStore> {
    const opened = (this.#derived ??= this.#openDerived());
    opened.catch(() => (this.#derived = undefined));
    return opened;
  }

  async #openDerived(): Promise<DerivedStore> {
    const { directory, telemetry, limits, ids, commits } = this.#options;
    const store = await commits.write(() => storeId(commits.database, ids.epoch()));
    const storeCommits = (): number => commits.durableCommits;
    return new DerivedStore({
      directory,
      telemetry,
      limits,
      origin: { store, commits: storeCommits() },
      storeCommits,
    });
  }

  /** What is opened twice is one collection. */
  #sharedOf<D extends Document>(name: string): Pick<EmbeddedCollectionOptions<D>, 'cache' | 'unsettled'> {
    const shared = this.#shared.get(name) ?? {
      cache: new DocumentCache<Document>(this.#limits),
      unsettled: new UnsettledWrites(),
    };
    this.#shared.set(name, shared);
    return { ...shared, cache: shared.cache as unknown as DocumentCache<D> };
  }

  /** An event is published by the commit that saves its document. */
  flushOutbox(): Promise<void> {
    return Promise.resolve();
  }
}

/** The name of the store for whatever is made of it. Must run inside a commit. */
function storeId(database: DatabaseSync, newId: string): string {
  database.exec('CREATE TABLE IF NOT EXISTS store (id TEXT NOT NULL) STRICT');
  database.prepare('INSERT INTO store (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM store)').run(newId);
  return String(database.prepare('SELECT id FROM store').get()?.['id']);
}
