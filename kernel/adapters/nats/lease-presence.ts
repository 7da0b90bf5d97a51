import { errors, type Subscription } from '@nats-io/transport-node';
import type { NatsConnection } from './nats-connection.ts';

/** Says that a lease is held here, to whoever waits for it. The servers know at once when a process has ended. */
export class LeasePresence {
  readonly #connection: NatsConnection;
  readonly #subject: string;
  #subscription: Subscription | undefined;

  constructor(connection: NatsConnection, name: string) {
    this.#connection = connection;
    this.#subject = connection.named(`stockwire-lease-held.${name}`);
  }

  begin(): void {
    this.#subscription ??= this.#connection.parts.client.subscribe(this.#subject, {
      callback: (error, message) => {
        if (error === null) message.respond();
      },
    });
  }

  end(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  async ask(): Promise<LeaseAnswer> {
    const { client, limits } = this.#connection.parts;
    try {
      await client.request(this.#subject, undefined, { timeout: limits.leasePollMs });
      return 'held';
    } catch (error) {
      return isNobody(error) ? 'nobody' : 'silence';
    }
  }
}

/** `nobody`: the servers know of no process that holds it. `silence`: the one that does hangs, or the servers do. */
export type LeaseAnswer = 'held' | 'nobody' | 'silence';

/** Nobody has subscribed to the subject of a request. */
export function isNobody(error: unknown): boolean {
  return error instanceof errors.NoRespondersError || (error instanceof errors.RequestError && error.isNoResponders());
}
