import { invariant } from '../../model/errors.ts';
import { DocumentConflict } from '../../ports/document-errors.ts';
import type {
  Collection,
  CollectionDefinition,
  Document,
  OutboxEvent,
  Query,
  Versioned,
} from '../../ports/documents.ts';
import { assertDocumentFits } from './assert-document-fits.ts';
import type { CollectionReader } from './collection-reader.ts';
import type { DerivedWriter } from './derived-writer.ts';
import type { StoredRow } from './document-cache.ts';
import { toStorageError } from './storage-errors.ts';

export interface DerivedCollectionOptions {
  readonly definition: CollectionDefinition;
  readonly reader: CollectionReader;
  readonly writer: DerivedWriter;
  readonly documentBytesMax: number;
}

/** A table of the file of derived documents, read here and written in another thread. What is read is durable. */
export class DerivedCollection<D extends Document> implements Collection<D> {
  readonly #options: DerivedCollectionOptions;
  readonly #name: string;

  constructor(options: DerivedCollectionOptions) {
    this.#options = options;
    this.#name = options.definition.name;
  }

  async get(id: string): Promise<Versioned<D> | undefined> {
    const row = this.#read((reader) => reader.get(id));
    return row && toVersioned<D>(row);
  }

  async getMany(ids: readonly string[]): Promise<readonly Versioned<D>[]> {
    return this.#read((reader) => reader.getMany(ids)).map((row) => toVersioned<D>(row));
  }

  async find(query: Query): Promise<readonly Versioned<D>[]> {
    return this.#read((reader) => reader.find(query)).map((row) => toVersioned<D>(row));
  }

  async save(document: D, expectedVersion: number, outbox: readonly OutboxEvent[] = []): Promise<number> {
    const { id } = document;
    invariant(id !== '', `A document of ${this.#name} needs an id.`);
    invariant(outbox.length === 0, `What is derived, as ${this.#name}, is news to nobody.`);
    const body = JSON.stringify(document);
    assertDocumentFits(body, { name: this.#name, id, documentBytesMax: this.#options.documentBytesMax });
    await this.#write(id, expectedVersion, body);
    return expectedVersion + 1;
  }

  delete(id: string, expectedVersion: number): Promise<void> {
    return this.#write(id, expectedVersion);
  }

  async #write(id: string, expectedVersion: number, body?: string): Promise<void> {
    const change = { collection: this.#name, id, expectedVersion, ...(body !== undefined && { body }) };
    if (!(await this.#options.writer.write(change))) throw new DocumentConflict(this.#name, id, expectedVersion);
  }

  #read<Result>(read: (reader: CollectionReader) => Result): Result {
    try {
      return read(this.#options.reader);
    } catch (error) {
      throw toStorageError(error, this.#name);
    }
  }
}

const toVersioned = <D extends Document>({ version, body }: StoredRow): Versioned<D> => ({
  document: JSON.parse(body) as D,
  version,
});
