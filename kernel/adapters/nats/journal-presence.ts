import type { Subscription } from '@nats-io/transport-node';
import { StorageInUse } from '../embedded/storage-errors.ts';
import type { NatsConnection } from './nats-connection.ts';

/** How long after one answer another one may come. */
const STALL_MS = 150;

/**
 * Says to whoever opens the same journal that it is open here. The servers know at once when a process has died, so none
 * is kept out by a dead one; a process that hangs does not answer and is kept from writing by the journal itself.
 */
export class JournalPresence {
  readonly #connection: NatsConnection;
  readonly #subject: string;
  readonly #me: string;
  #subscription: Subscription | undefined;

  constructor(connection: NatsConnection, context: string) {
    this.#connection = connection;
    this.#subject = connection.named(`stockwire-journal-open.${context}`);
    this.#me = connection.parts.ids.next();
  }

  /** Two that open at the same moment may both be refused. @throws {StorageInUse} */
  async begin(what: string): Promise<void> {
    const { client, limits } = this.#connection.parts;
    this.#subscription = client.subscribe(this.#subject, {
      callback: (error, message) => {
        if (error === null) message.respond(this.#me);
      },
    });
    const answers = await client.requestMany(this.#subject, '', {
      strategy: 'stall',
      maxWait: limits.presenceMs,
      stall: STALL_MS,
    });
    let isInUse = false;
    for await (const answer of answers) if (answer.string() !== this.#me) isInUse = true;
    if (!isInUse) return;
    this.end();
    throw new StorageInUse(what);
  }

  end(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }
}
