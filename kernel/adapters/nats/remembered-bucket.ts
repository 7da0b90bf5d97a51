import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from './nats-connection.ts';
import { toNatsError } from './nats-errors.ts';

export interface RememberedBucketOptions {
  /** Such as `stockwire-consumers`. */
  readonly name: string;
  /** What is kept there, for errors. */
  readonly what: string;
}

/** A bucket that keeps its keys for ever and is always read from its leader: a copy that lags would bring back what is done. */
export class RememberedBucket {
  readonly #connection: NatsConnection;
  readonly #options: RememberedBucketOptions;
  #bucket: Promise<KV> | undefined;

  constructor(connection: NatsConnection, options: RememberedBucketOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Makes the bucket when it is first asked for. @throws {StorageFailed} when the servers do not answer */
  async do<Result>(work: (bucket: KV) => Promise<Result>): Promise<Result> {
    try {
      this.#connection.assertConnected();
      return await work(await this.#open());
    } catch (error) {
      throw toNatsError(error, this.#options.what);
    }
  }

  #open(): Promise<KV> {
    if (this.#bucket) return this.#bucket;
    const { client, limits } = this.#connection.parts;
    const opening = new Kvm(client).create(this.#connection.named(this.#options.name), {
      history: 1,
      replicas: limits.replicas,
      timeout: limits.apiMs,
      allow_direct: false,
    });
    this.#bucket = opening;
    opening.catch(() => (this.#bucket = undefined));
    return opening;
  }
}
