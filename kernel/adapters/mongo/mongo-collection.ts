import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import { Refusal, invariant } from '../../model/errors.ts';
import { DocumentConflict } from '../../ports/document-errors.ts';
import type {
  Collection,
  CollectionDefinition,
  Document,
  IndexDefinition,
  OutboxEvent,
  Query,
  Versioned,
} from '../../ports/documents.ts';
import { mongoQuestion } from './document-filter.ts';
import type { DocumentRecord, PendingEvent } from './document-record.ts';
import { escapeMembers, unescapeMembers } from './escape-members.ts';
import type { MongoCalls } from './mongo-calls.ts';
import { DocumentsOverloaded, duplicateIndex } from './mongo-errors.ts';
import type { MongoLimits } from './mongo-limits.ts';
import type { OutboxRelay } from './outbox-relay.ts';
import type { SaveWaves } from './save-waves.ts';
import { knownKeys, toUniqueViolation, uniqueIndexes, uniqueKeys } from './unique-keys.ts';

type Found = Pick<DocumentRecord, '_id' | 'version' | 'body'>;
type Content = Pick<DocumentRecord, 'body' | 'keys' | 'keyed'>;
type Events = readonly Omit<PendingEvent, 'seq'>[];

const FOUND = { version: 1, body: 1 };
/** A delete waits for the relay this often; each time somebody may have saved again. */
const DELETE_ATTEMPTS_MAX = 5;

export interface MongoCollectionOptions {
  readonly definition: CollectionDefinition;
  readonly model: Model<DocumentRecord>;
  readonly calls: MongoCalls;
  readonly waves: SaveWaves;
  readonly relay: OutboxRelay;
  readonly limits: MongoLimits;
}

/** One collection of records; its indexes must exist. */
export class MongoCollection<D extends Document> implements Collection<D> {
  readonly #options: MongoCollectionOptions;
  readonly #name: string;
  readonly #paths: ReadonlySet<string>;
  readonly #unique: readonly IndexDefinition[];

  constructor(options: MongoCollectionOptions) {
    this.#options = options;
    this.#name = options.definition.name;
    this.#paths = new Set(options.definition.indexes.flatMap((index) => index.paths));
    this.#unique = uniqueIndexes(options.definition);
  }

  async get(id: string): Promise<Versioned<D> | undefined> {
    const { model, limits } = this.#options;
    const record = await this.#call('get', () =>
      model.findOne({ _id: id }, FOUND).maxTimeMS(limits.callMs).lean<Found>(),
    );
    return record ? toVersioned<D>(record) : undefined;
  }

  async getMany(ids: readonly string[]): Promise<readonly Versioned<D>[]> {
    const { limits } = this.#options;
    const found: Versioned<D>[] = [];
    for (let from = 0; from < ids.length; from += limits.getManyIds) {
      const filter = { _id: { $in: ids.slice(from, from + limits.getManyIds) } };
      found.push(...(await this.#find('getMany', filter, {}, limits.getManyIds)));
    }
    return found;
  }

  async save(document: D, expectedVersion: number, outbox: readonly OutboxEvent[] = []): Promise<number> {
    invariant(document.id !== '', `A document of ${this.#name} needs an id.`);
    // Written out at once: what the caller does to the objects afterwards is not saved.
    const { id } = document;
    const content = this.#contentOf(id, document);
    const events = outbox.map(({ stream, subject, envelope }) => ({
      stream,
      subject,
      envelope: JSON.stringify(envelope),
    }));
    if (events.length === 0) await this.#write(id, expectedVersion, content, []);
    else {
      await this.#options.waves.run(events.length, (firstSeq) =>
        this.#write(id, expectedVersion, content, numbered(events, firstSeq)),
      );
    }
    return expectedVersion + 1;
  }

  async delete(id: string, expectedVersion: number): Promise<void> {
    const { model, relay } = this.#options;
    const deletable = { _id: id, version: expectedVersion, pendingSeq: { $exists: false } };
    for (let attempt = 0; attempt < DELETE_ATTEMPTS_MAX; attempt++) {
      const { deletedCount } = await this.#call('delete', () => model.deleteOne(deletable));
      if (deletedCount === 1) return;
      const found = await this.get(id);
      if (found?.version !== expectedVersion) throw new DocumentConflict(this.#name, id, expectedVersion);
      // Its last events are in it until they are published.
      await relay.flush();
    }
    throw new DocumentsOverloaded(`${this.#name}.delete`, 'DELETE_ATTEMPTS_MAX');
  }

  async find(query: Query): Promise<readonly Versioned<D>[]> {
    const { filter, sort } = mongoQuestion(this.#name, query, this.#paths);
    return this.#find('find', filter, sort, query.limit);
  }

  async #find(
    what: string,
    filter: QueryFilter<DocumentRecord>,
    sort: Readonly<Record<string, 1 | -1>>,
    limit: number,
  ): Promise<readonly Versioned<D>[]> {
    const { model, limits } = this.#options;
    const records = await this.#call(what, () =>
      // One batch, so that no cursor stays open on the server.
      model
        .find(filter, FOUND)
        .sort(sort)
        .limit(limit)
        .batchSize(limit + 1)
        .maxTimeMS(limits.callMs)
        .lean<Found[]>(),
    );
    return records.map((record) => toVersioned<D>(record));
  }

  #contentOf(id: string, document: D): Content {
    const text = JSON.stringify(document);
    this.#assertFits(id, text);
    const json: unknown = JSON.parse(text);
    return { body: escapeMembers(json), keys: uniqueKeys(json, this.#unique), keyed: knownKeys(this.#unique) };
  }

  async #write(id: string, expectedVersion: number, content: Content, events: readonly PendingEvent[]): Promise<void> {
    try {
      if (expectedVersion === 0) await this.#insert(id, content, events);
      else await this.#update(id, expectedVersion, content, events);
    } catch (error) {
      const violation = toUniqueViolation(this.#options.definition, error);
      if (violation) throw violation;
      throw duplicateIndex(error) === undefined ? error : new DocumentConflict(this.#name, id, expectedVersion);
    }
  }

  async #insert(id: string, content: Content, events: readonly PendingEvent[]): Promise<void> {
    const [first] = events;
    const pending = first ? { outbox: events, pendingSeq: first.seq } : {};
    const { model } = this.#options;
    await this.#call('save', () => model.insertOne({ _id: id, version: 1, ...content, ...pending }));
  }

  async #update(id: string, expectedVersion: number, content: Content, events: readonly PendingEvent[]): Promise<void> {
    const { model, limits } = this.#options;
    const [first] = events;
    const update: UpdateQuery<DocumentRecord> = {
      $set: { version: expectedVersion + 1, ...content },
      ...(first && { $push: { outbox: { $each: events } }, $min: { pendingSeq: first.seq } }),
    };
    const hasRoom = first ? { [`outbox.${limits.pendingEventsMax - 1}`]: { $exists: false } } : {};
    const { matchedCount } = await this.#call('save', () =>
      model.updateOne({ _id: id, version: expectedVersion, ...hasRoom }, update),
    );
    if (matchedCount === 1) return;
    if (first && (await this.get(id))?.version === expectedVersion) {
      throw new DocumentsOverloaded(`${this.#name}.save`, 'pendingEventsMax');
    }
    throw new DocumentConflict(this.#name, id, expectedVersion);
  }

  #call<Result>(what: string, call: () => PromiseLike<Result>): Promise<Result> {
    return this.#options.calls.run(`${this.#name}.${what}`, call);
  }

  #assertFits(id: string, text: string): void {
    const bytes = Buffer.byteLength(text);
    const { documentBytesMax } = this.#options.limits;
    if (bytes <= documentBytesMax) return;
    throw new Refusal('LIMIT_EXCEEDED', `${this.#name} ${id} has ${bytes} bytes, more than ${documentBytesMax}.`, {
      limit: 'documentBytesMax',
      documentBytesMax,
      bytes,
    });
  }
}

const numbered = (events: Events, firstSeq: number): readonly PendingEvent[] =>
  events.map((event, n) => ({ seq: firstSeq + n, ...event }));

function toVersioned<D extends Document>({ version, body }: Found): Versioned<D> {
  return { document: unescapeMembers(body) as D, version };
}
