import type { NatsConnection } from './nats-connection.ts';
import { RememberedBucket } from './remembered-bucket.ts';

/** What a durable consumer remembers. */
export interface ConsumerRecord {
  /** Everything up to here is done. */
  readonly floor: number;
  /** What is done beyond the floor, as pairs of the first and the last of a run. */
  readonly done: readonly (readonly [number, number])[];
  /** Failed deliveries so far, of messages that are not done. */
  readonly failures: readonly (readonly [number, number])[];
  /** The epoch of the stream that these are places of. */
  readonly epoch: string;
  /** What it wants; absent: everything, or that is not known yet. */
  readonly types?: readonly string[];
}

export interface SavedRecord {
  readonly record: ConsumerRecord;
  readonly revision: number;
}

/** One entry per stream and durable. It is written over its own last version alone, so a deposed consumer cannot. */
export class ConsumerRecords {
  readonly #connection: NatsConnection;
  readonly #bucket: RememberedBucket;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#bucket = new RememberedBucket(connection, {
      name: 'stockwire-consumers',
      what: 'What durable consumers remember',
    });
  }

  /** Keeps what is known of a durable that was seen before. */
  async register(key: string, record: ConsumerRecord): Promise<void> {
    if (await this.get(key)) return;
    await this.#bucket.do(async (bucket) => {
      await bucket.create(key, JSON.stringify(record)).catch(async (error: unknown) => {
        if (!(await bucket.get(key))) throw error;
      });
    });
  }

  /** Writes over whatever is there. Nobody may consume meanwhile. */
  async put(key: string, record: ConsumerRecord): Promise<void> {
    await this.#bucket.do((bucket) => bucket.put(key, JSON.stringify(record)));
  }

  async get(key: string): Promise<SavedRecord | undefined> {
    const entry = await this.#bucket.do((bucket) => bucket.get(key));
    if (!entry || entry.operation !== 'PUT') return undefined;
    return { record: JSON.parse(entry.string()) as ConsumerRecord, revision: entry.revision };
  }

  /** What every durable of a stream remembers, by its name. */
  ofStream(stream: string): Promise<ReadonlyMap<string, ConsumerRecord>> {
    return this.#bucket.do(async (bucket) => {
      const keys: string[] = [];
      for await (const key of await bucket.keys(`${stream}.*`)) keys.push(key);
      const entries = await Promise.all(keys.map((key) => bucket.get(key)));
      return new Map(
        entries.flatMap((entry) =>
          entry?.operation === 'PUT'
            ? [[entry.key.slice(stream.length + 1), JSON.parse(entry.string()) as ConsumerRecord]]
            : [],
        ),
      );
    });
  }

  /** @returns the new revision */
  save(key: string, record: ConsumerRecord, revision: number): Promise<number> {
    const { apiMs } = this.#connection.parts.limits;
    return this.#bucket.do((bucket) => bucket.update(key, JSON.stringify(record), revision, apiMs));
  }
}
