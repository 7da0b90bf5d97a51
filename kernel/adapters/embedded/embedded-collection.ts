import { invariant } from '../../model/errors.ts';
import { DocumentConflict, UniqueViolation } from '../../ports/document-errors.ts';
import type {
  Collection,
  CollectionDefinition,
  Document,
  OutboxEvent,
  Query,
  Versioned,
} from '../../ports/documents.ts';
import { assertDocumentFits } from './assert-document-fits.ts';
import { CollectionReader } from './collection-reader.ts';
import { indexedPaths, indexName } from './collection-table.ts';
import { CollectionWriter, type NewRow } from './collection-writer.ts';
import type { DocumentCache } from './document-cache.ts';
import type { GroupCommit } from './group-commit.ts';
import type { EmbeddedStreams } from './embedded-streams.ts';
import { indexedFields } from './indexed-fields.ts';
import { isUniqueViolation } from './storage-errors.ts';
import type { UnsettledWrites } from './unsettled-writes.ts';

/** Documents looked up together that are held in memory; more would take the place of what is read again and again. */
const KEPT_AT_A_TIME_MAX = 20;

export interface EmbeddedCollectionOptions<D extends Document> {
  readonly definition: CollectionDefinition;
  readonly commits: GroupCommit;
  /** Where the events of a save go, in its commit. */
  readonly streams: Pick<EmbeddedStreams, 'publicationOf'>;
  readonly documentBytesMax: number;
  /** Shared by everybody who opens the collection, as are its unsettled writes. */
  readonly cache: DocumentCache<D>;
  readonly unsettled: UnsettledWrites;
}

/** One table of JSON documents; the table must exist. */
export class EmbeddedCollection<D extends Document> implements Collection<D> {
  readonly #options: EmbeddedCollectionOptions<D>;
  readonly #name: string;
  readonly #paths: readonly string[];
  readonly #reader: CollectionReader;
  readonly #writer: CollectionWriter;

  constructor(options: EmbeddedCollectionOptions<D>) {
    const { commits, definition } = options;
    this.#options = options;
    this.#name = definition.name;
    this.#paths = indexedPaths(definition);
    this.#reader = new CollectionReader(commits.database, definition);
    this.#writer = new CollectionWriter(commits.database, definition.name);
  }

  async get(id: string): Promise<Versioned<D> | undefined> {
    const { cache, unsettled, commits } = this.#options;
    const held = cache.get(id);
    if (held) return held;
    const row = this.#reader.get(id);
    const isUnsettled = unsettled.has(id);
    const found = row && cache.read(row, !isUnsettled);
    if (isUnsettled) await commits.durable();
    return found;
  }

  async getMany(ids: readonly string[]): Promise<readonly Versioned<D>[]> {
    const { cache, unsettled, commits } = this.#options;
    const held = new Map(ids.map((id) => [id, cache.get(id)]));
    const others = ids.filter((id) => !held.get(id));
    const areUnsettled = others.some((id) => unsettled.has(id));
    const isToStay = !areUnsettled && others.length <= KEPT_AT_A_TIME_MAX;
    const read = this.#reader.getMany(others).map((row) => cache.read(row, isToStay));
    if (areUnsettled) await commits.durable();
    return [...[...held.values()].filter((found) => found !== undefined), ...read];
  }

  async save(document: D, expectedVersion: number, outbox: readonly OutboxEvent[] = []): Promise<number> {
    invariant(document.id !== '', `A document of ${this.#name} needs an id.`);
    // Written out at once: what the caller does to the objects afterwards is not saved.
    const { id } = document;
    const body = JSON.stringify(document);
    assertDocumentFits(body, { name: this.#name, id, documentBytesMax: this.#options.documentBytesMax });
    const { commits, cache, unsettled, streams } = this.#options;
    const publication = outbox.length > 0 ? streams.publicationOf(outbox) : undefined;
    const row = { id, body, fields: indexedFields(document, this.#paths) };
    const kept = cache.prepare(document, body);
    await unsettled.write(commits, id, () => {
      this.#write(row, expectedVersion);
      cache.written(id, expectedVersion + 1);
      publication?.write();
    });
    if (kept) cache.keep(kept, expectedVersion + 1);
    publication?.tell();
    return expectedVersion + 1;
  }

  async delete(id: string, expectedVersion: number): Promise<void> {
    const { commits, cache, unsettled } = this.#options;
    await unsettled.write(commits, id, () => {
      if (!this.#writer.remove(id, expectedVersion)) throw new DocumentConflict(this.#name, id, expectedVersion);
      cache.forget(id);
    });
  }

  async find(query: Query): Promise<readonly Versioned<D>[]> {
    const { cache, unsettled, commits } = this.#options;
    const found = this.#reader.find(query).map((row) => cache.read(row, false));
    // Also what is not found may be so only since a write that is not durable.
    if (unsettled.areThere) await commits.durable();
    return found;
  }

  #write(row: NewRow, expectedVersion: number): void {
    try {
      if (!this.#writer.save(row, expectedVersion)) throw new DocumentConflict(this.#name, row.id, expectedVersion);
    } catch (error) {
      throw isUniqueViolation(error) ? this.#violation(error) : error;
    }
  }

  /** SQLite tells the index in its message and nowhere else. */
  #violation(error: unknown): UniqueViolation {
    const { message } = error as Error;
    const { name, indexes } = this.#options.definition;
    const index = indexes.find((candidate) => message.includes(`'${indexName(name, candidate)}'`));
    return new UniqueViolation(name, index?.paths ?? []);
  }
}
