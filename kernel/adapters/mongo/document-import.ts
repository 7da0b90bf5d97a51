import type { AnyBulkWriteOperation, Connection, Model } from 'mongoose';
import { Defect } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CollectionDefinition } from '../../ports/documents.ts';
import { silentTelemetry } from '../../ports/silent-telemetry.ts';
import { SystemClock } from '../embedded/system-clock.ts';
import { ensureIndexes } from './collection-indexes.ts';
import { recordSchema, type DocumentRecord } from './document-record.ts';
import { escapeMembers, unescapeMembers } from './escape-members.ts';
import { MongoCalls } from './mongo-calls.ts';
import { MONGO_LIMITS } from './mongo-limits.ts';
import { connectMongo } from './open-mongo-documents.ts';
import { knownKeys, uniqueIndexes, uniqueKeys } from './unique-keys.ts';

export interface ImportedDocument {
  readonly id: string;
  readonly version: number;
  /** JSON. */
  readonly body: string;
}

/** What stands in a collection is not a copy of what is to be copied. */
export class DocumentsDiffer extends Defect {}

/** Where an import tells whose documents these are. No collection of the port has a dot in its name. */
const IMPORTS = 'stockwire.imports';
const IDS_PAGE = 1_000;

/** Puts documents that were saved elsewhere into a database, at the same versions. Nobody may save there meanwhile. */
export class DocumentImport {
  readonly #connection: Connection;
  readonly #calls: MongoCalls;

  private constructor(connection: Connection, clock: Clock) {
    this.#connection = connection;
    this.#calls = new MongoCalls({ clock, telemetry: silentTelemetry, limits: MONGO_LIMITS });
  }

  /** @throws {DocumentsUnavailable} when there is no server */
  static async open(url: string, clock: Clock = new SystemClock()): Promise<DocumentImport> {
    return new DocumentImport(await connectMongo(url, MONGO_LIMITS), clock);
  }

  /**
   * Claims the database for the documents of one source.
   * @throws {DocumentsDiffer} when it holds anything that no import from there put into it
   */
  async claim(source: string): Promise<void> {
    const imports = this.#connection.collection<{ _id: string; source: string }>(IMPORTS);
    const known = await this.#calls.run('import.claim', () => imports.findOne({ _id: 'documents' }));
    if (known?.source === source) return;
    const names = (await this.#connection.listCollections()).map(({ name }) => name);
    if (known || names.some((name) => !name.startsWith('system.'))) {
      throw new DocumentsDiffer('The database holds what was not copied from this data: take an empty one.', {
        collections: names,
      });
    }
    await this.#calls.run('import.claim', () => imports.insertOne({ _id: 'documents', source }));
  }

  async collection(definition: CollectionDefinition): Promise<CollectionImport> {
    const { name } = definition;
    const known = this.#connection.models[name] as Model<DocumentRecord> | undefined;
    const model = known ?? this.#connection.model<DocumentRecord>(name, recordSchema(name));
    await ensureIndexes(model, definition, this.#calls);
    return new CollectionImport(model, definition, this.#calls);
  }

  async close(): Promise<void> {
    await this.#connection.close(true);
  }
}

/** One collection of an import. */
export class CollectionImport {
  readonly #model: Model<DocumentRecord>;
  readonly #definition: CollectionDefinition;
  readonly #calls: MongoCalls;

  constructor(model: Model<DocumentRecord>, definition: CollectionDefinition, calls: MongoCalls) {
    this.#model = model;
    this.#definition = definition;
    this.#calls = calls;
  }

  /**
   * Writes those of a page that are missing or older.
   * @returns how many
   * @throws {DocumentsDiffer} when one of them is newer, or has events that were not published
   */
  async write(page: readonly ImportedDocument[]): Promise<number> {
    const ids = page.map(({ id }) => id);
    const records = await this.#run('look', () =>
      this.#model.find({ _id: { $in: ids } }, { version: 1, pendingSeq: 1 }).lean<DocumentRecord[]>(),
    );
    const known = new Map(records.map((record) => [record._id, record]));
    for (const { id, version } of page) {
      const record = known.get(id);
      if (record && (record.version > version || record.pendingSeq !== undefined)) throw this.#newer(id);
    }
    const missing = page.filter(({ id, version }) => known.get(id)?.version !== version);
    if (missing.length === 0) return 0;
    const replacements = missing.map((document): AnyBulkWriteOperation<DocumentRecord> => {
      const replacement = this.#recordOf(document);
      return { replaceOne: { filter: { _id: document.id }, replacement, upsert: true } };
    });
    await this.#run('write', () => this.#model.bulkWrite(replacements, { ordered: false }));
    return missing.length;
  }

  /** Those of a page that are not here as they are there. */
  async differing(page: readonly ImportedDocument[]): Promise<readonly string[]> {
    const ids = page.map(({ id }) => id);
    const records = await this.#run('read', () =>
      this.#model.find({ _id: { $in: ids } }, { version: 1, body: 1 }).lean<DocumentRecord[]>(),
    );
    const texts = new Map(
      records.map(({ _id, version, body }) => [_id, `${version} ${JSON.stringify(unescapeMembers(body))}`]),
    );
    return page.filter(({ id, version, body }) => texts.get(id) !== `${version} ${body}`).map(({ id }) => id);
  }

  count(): Promise<number> {
    return this.#run('count', () => this.#model.countDocuments({}));
  }

  /** Every id, page by page. */
  async *ids(): AsyncGenerator<readonly string[]> {
    for (let after = ''; ;) {
      const records = await this.#run('ids', () =>
        this.#model
          .find({ _id: { $gt: after } }, { _id: 1 })
          .sort({ _id: 1 })
          .limit(IDS_PAGE)
          .lean<DocumentRecord[]>(),
      );
      if (records.length > 0) yield records.map(({ _id }) => _id);
      if (records.length < IDS_PAGE) return;
      after = records.at(-1)?._id ?? after;
    }
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#run('remove', () => this.#model.deleteMany({ _id: { $in: ids } }));
  }

  #recordOf({ id, version, body }: ImportedDocument): DocumentRecord {
    const unique = uniqueIndexes(this.#definition);
    const json: unknown = JSON.parse(body);
    return {
      _id: id,
      version,
      body: escapeMembers(json),
      keys: uniqueKeys(json, unique),
      keyed: knownKeys(unique),
    };
  }

  #newer(id: string): DocumentsDiffer {
    const { name } = this.#definition;
    return new DocumentsDiffer(`${name} ${id} was saved since it was copied: a hub has run over this database.`, {
      collection: name,
      id,
    });
  }

  #run<Result>(what: string, call: () => PromiseLike<Result>): Promise<Result> {
    return this.#calls.run(`${this.#definition.name}.${what}`, call);
  }
}
