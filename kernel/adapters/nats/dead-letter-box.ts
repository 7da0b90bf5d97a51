import type { KV } from '@nats-io/kv';
import { Refusal } from '../../model/errors.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isWrongLastSequence } from './nats-errors.ts';
import { RememberedBucket } from './remembered-bucket.ts';

/** A message that was given up by a consumer, or that somebody wants delivered to it again. */
export interface LetterRecord {
  readonly stream: string;
  readonly durable: string;
  readonly seq: number;
  readonly deliveries: number;
  readonly error: string;
  readonly diedAtMs: number;
  readonly state: 'dead' | 'replay';
}

type Name = Pick<LetterRecord, 'stream' | 'durable' | 'seq'>;

/** One entry per stream, durable and message; entries are as rare as dead letters. */
export class DeadLetterBox {
  readonly #connection: NatsConnection;
  readonly #bucket: RememberedBucket;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#bucket = new RememberedBucket(connection, { name: 'stockwire-dead-letters', what: 'The dead letters' });
  }

  bury(letter: Omit<LetterRecord, 'state'>): Promise<void> {
    return this.put({ ...letter, state: 'dead' });
  }

  async put(letter: LetterRecord): Promise<void> {
    await this.#bucket.do((bucket) => bucket.put(keyOf(letter), JSON.stringify(letter)));
  }

  /** A replayed message is through. */
  async forget(name: Name): Promise<void> {
    await this.#bucket.do((bucket) => bucket.purge(keyOf(name)));
  }

  /** @throws {Refusal} BAD_USER_INPUT when there is none */
  replay(name: Name): Promise<void> {
    return this.#take(name, async (bucket, letter, revision) => {
      await bucket.update(keyOf(name), JSON.stringify({ ...letter, state: 'replay' }), revision);
    });
  }

  /** @throws {Refusal} BAD_USER_INPUT when there is none */
  discard(name: Name): Promise<void> {
    return this.#take(name, (bucket, _letter, revision) => bucket.purge(keyOf(name), { previousSeq: revision }));
  }

  /** Of a stream, or of one durable of it; at most `deadLettersMax`. */
  list(stream: string, durable?: string): Promise<readonly LetterRecord[]> {
    const { deadLettersMax } = this.#connection.parts.limits;
    return this.#bucket.do(async (bucket) => {
      const keys: string[] = [];
      for await (const key of await bucket.keys(`${stream}.${durable ?? '*'}.*`)) {
        if (keys.length < deadLettersMax) keys.push(key);
      }
      const entries = await Promise.all(keys.map((key) => bucket.get(key)));
      return entries.flatMap((entry) =>
        entry?.operation === 'PUT' ? [JSON.parse(entry.string()) as LetterRecord] : [],
      );
    });
  }

  async #take(name: Name, take: (bucket: KV, letter: LetterRecord, revision: number) => Promise<void>): Promise<void> {
    await this.#bucket.do(async (bucket) => {
      const entry = await bucket.get(keyOf(name));
      const letter = entry?.operation === 'PUT' ? (JSON.parse(entry.string()) as LetterRecord) : undefined;
      if (!entry || letter?.state !== 'dead') throw none(name);
      await take(bucket, letter, entry.revision).catch((error: unknown) => {
        throw isWrongLastSequence(error) ? none(name) : error;
      });
    });
  }
}

const keyOf = ({ stream, durable, seq }: Name): string => `${stream}.${durable}.${seq}`;

function none({ stream, durable, seq }: Name): Refusal {
  return new Refusal('BAD_USER_INPUT', `${durable} has no dead letter ${seq} of ${stream}.`, { stream, durable, seq });
}
