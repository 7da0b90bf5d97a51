import type { Connection, Model, Collection as NativeCollection } from 'mongoose';
import { invariant } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../ports/documents.ts';
import type { Lease } from '../../ports/lease.ts';
import type { Streams } from '../../ports/streams.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { assertFieldPath, assertName } from '../embedded/name.ts';
import { ensureIndexes } from './collection-indexes.ts';
import { recordSchema, type DocumentRecord } from './document-record.ts';
import type { MongoCalls } from './mongo-calls.ts';
import { MongoCollection } from './mongo-collection.ts';
import type { MongoLimits } from './mongo-limits.ts';
import { COUNTERS, OutboxCounter, type CounterRecord } from './outbox-counter.ts';
import type { OutboxNudges } from './outbox-nudges.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { rekeyDocuments } from './rekey-documents.ts';
import { SaveWaves } from './save-waves.ts';
import { toUniqueViolation } from './unique-keys.ts';

export interface MongoDocumentsOptions {
  readonly connection: Connection;
  readonly calls: MongoCalls;
  readonly streams: Streams;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: MongoLimits;
  readonly nudges?: OutboxNudges | undefined;
  /** Names this process among those that save; unique per start. */
  readonly writer: string;
}

/** What a collection needs to save and publish events, whatever its indexes are. */
interface Outbox {
  readonly model: Model<DocumentRecord>;
  readonly waves: SaveWaves;
  readonly relay: OutboxRelay;
}

/** Collections of one database. */
export class MongoDocuments implements Documents {
  readonly #options: MongoDocumentsOptions;
  readonly #counters: NativeCollection<CounterRecord>;
  readonly #outboxes = new Map<string, Promise<Outbox>>();
  readonly #definitions = new Map<string, string>();
  readonly #stopHearing: () => void;

  constructor(options: MongoDocumentsOptions) {
    this.#options = options;
    this.#counters = options.connection.collection<CounterRecord>(COUNTERS);
    this.#stopHearing = options.nudges?.hear((collection) => this.#wakeRelay(collection)) ?? (() => undefined);
  }

  /** Publishes what processes before this one left, also in collections that this one does not open. */
  async relayLeftovers(): Promise<void> {
    const { calls } = this.#options;
    const counters = await calls.run('leftovers', () => this.#counters.find({}, { projection: { _id: 1 } }).toArray());
    for (const { _id: collection } of counters) {
      const model = this.#modelOf(collection);
      const left = await calls.run('leftovers', () => model.exists({ pendingSeq: { $gt: 0 } }).lean());
      if (left) await this.#outboxOf(collection);
    }
  }

  async collection<D extends Document>(definition: CollectionDefinition): Promise<Collection<D>> {
    const { calls, limits } = this.#options;
    assertName(definition.name, 'collection');
    for (const path of definition.indexes.flatMap((index) => index.paths)) assertFieldPath(path);
    const text = JSON.stringify(definition.indexes);
    const known = this.#definitions.get(definition.name) ?? text;
    invariant(known === text, `The collection ${definition.name} is declared with other indexes already.`);
    const outbox = await this.#outboxOf(definition.name);
    try {
      await ensureIndexes(outbox.model, definition, calls);
      await rekeyDocuments({ model: outbox.model, definition, calls, limits });
    } catch (error) {
      throw toUniqueViolation(definition, error) ?? error;
    }
    this.#definitions.set(definition.name, text);
    return new MongoCollection<D>({ definition, calls, limits, ...outbox });
  }

  async flushOutbox(stream?: string): Promise<void> {
    const outboxes = await Promise.all(this.#outboxes.values());
    await Promise.all(outboxes.map(({ relay }) => relay.flush(stream)));
  }

  /** Ends the saves that were begun, and the relays. */
  async close(): Promise<void> {
    this.#stopHearing();
    for (const opening of this.#outboxes.values()) {
      const outbox = await opening.catch(() => undefined);
      await outbox?.waves.idle();
      await outbox?.relay.close();
    }
  }

  #wakeRelay(collection: string): void {
    this.#outboxes.get(collection)?.then(
      ({ relay }) => relay.wake(),
      () => undefined,
    );
  }

  #outboxOf(collection: string): Promise<Outbox> {
    const known = this.#outboxes.get(collection);
    if (known) return known;
    const opening = this.#openOutbox(collection);
    this.#outboxes.set(collection, opening);
    // What could not be opened is tried anew by the next caller.
    opening.catch(() => this.#outboxes.delete(collection));
    return opening;
  }

  async #openOutbox(collection: string): Promise<Outbox> {
    const { calls, telemetry, limits, writer } = this.#options;
    const model = this.#modelOf(collection);
    const counter = new OutboxCounter({ counters: this.#counters, calls, collection, writer });
    await counter.create();
    const relay = new OutboxRelay({ ...this.#options, collection, model, counter });
    relay.start();
    const waves = new SaveWaves({ collection, counter, telemetry, limits, onSettled: () => relay.saved() });
    return { model, waves, relay };
  }

  #modelOf(collection: string): Model<DocumentRecord> {
    const { connection } = this.#options;
    const known = connection.models[collection] as Model<DocumentRecord> | undefined;
    return known ?? connection.model<DocumentRecord>(collection, recordSchema(collection));
  }
}
