import type { NatsConnection } from './nats-connection.ts';

const SUBJECT = 'nudges';

/** Names that processes call out to each other over core NATS: at most once, and not while the connection is away. */
export class NatsNudges {
  readonly #connection: NatsConnection;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  tell(name: string): void {
    const { parts, isConnected } = this.#connection;
    if (isConnected) parts.client.publish(this.#connection.named(SUBJECT), name);
  }

  /** Hears what this process tells as well. @returns stops it */
  hear(listener: (name: string) => void): () => void {
    const subscription = this.#connection.parts.client.subscribe(this.#connection.named(SUBJECT), {
      callback: (error, message) => {
        if (error === null) listener(message.string());
      },
    });
    return () => subscription.unsubscribe();
  }
}
