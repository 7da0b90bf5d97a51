import type { Subscription } from '@nats-io/transport-node';
import type { ChangeFeed, ChangeMessage } from '../../ports/change-feed.ts';
import { errorText } from '../embedded/error-text.ts';
import type { NatsConnection } from './nats-connection.ts';

type Listener = (message: ChangeMessage) => void;

interface Topic {
  readonly subscription: Subscription;
  readonly listeners: Set<Listener>;
}

/**
 * Core NATS: at most once, in order per publisher. What cannot be sent, because the connection is away or slow or the
 * message too long, is lost and counted, and the next message's `prevSeq` tells it to whoever listens.
 */
export class NatsChangeFeed implements ChangeFeed {
  readonly #connection: NatsConnection;
  readonly #topics = new Map<string, Topic>();
  /** Bytes since the server last confirmed that it has taken everything before. */
  #unsentBytes = 0;
  #isFlushing = false;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  publish(message: ChangeMessage): void {
    const { client, limits } = this.#connection.parts;
    const bytes = Buffer.from(JSON.stringify(message));
    const why = this.#whyNot(bytes.length);
    if (why !== undefined) {
      this.#connection.parts.telemetry.count('change_feed_lost_total', { context: message.context, why });
      return;
    }
    client.publish(this.#subject(message.context), bytes);
    this.#unsentBytes += bytes.length;
    if (!this.#isFlushing && this.#unsentBytes > limits.feedUnsentBytesMax / 2) void this.#flush();
  }

  subscribe(context: string, listener: Listener): () => void {
    // The wrapper makes two subscriptions of one function two subscriptions.
    const entry: Listener = (message) => listener(message);
    const topic = this.#topics.get(context) ?? this.#open(context);
    topic.listeners.add(entry);
    return () => {
      if (!topic.listeners.delete(entry) || topic.listeners.size > 0) return;
      topic.subscription.unsubscribe();
      this.#topics.delete(context);
    };
  }

  #whyNot(bytes: number): string | undefined {
    const { limits, client } = this.#connection.parts;
    if (!this.#connection.isConnected) return 'disconnected';
    if (bytes > (client.info?.max_payload ?? limits.batchBytesMax)) return 'too long';
    return this.#unsentBytes + bytes > limits.feedUnsentBytesMax ? 'slow' : undefined;
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    const before = this.#unsentBytes;
    await this.#connection.parts.client.flush().catch(() => undefined);
    this.#isFlushing = false;
    this.#unsentBytes -= before;
  }

  #open(context: string): Topic {
    const listeners = new Set<Listener>();
    const subscription = this.#connection.parts.client.subscribe(this.#subject(context), {
      callback: (error, received) => {
        if (error === null) this.#deliver(context, received.data, listeners);
      },
    });
    const topic = { subscription, listeners };
    this.#topics.set(context, topic);
    return topic;
  }

  #deliver(context: string, data: Uint8Array, listeners: ReadonlySet<Listener>): void {
    try {
      const message = JSON.parse(Buffer.from(data).toString()) as ChangeMessage;
      // A copy, so that a listener that subscribes meanwhile hears of later messages only.
      for (const listener of Array.from(listeners)) this.#tell(listener, message);
    } catch (error) {
      this.#connection.parts.telemetry.log('error', 'a change message is no JSON', {
        context,
        error: errorText(error),
      });
    }
  }

  #tell(listener: Listener, message: ChangeMessage): void {
    try {
      listener(message);
    } catch (error) {
      const { telemetry } = this.#connection.parts;
      telemetry.log('error', 'a change feed listener failed', { context: message.context, error: errorText(error) });
    }
  }

  /** One partition: a message holds the records of many keys, and its sequence is that of the context. */
  #subject(context: string): string {
    return this.#connection.named(`stockwire-feed.${context}.p00`);
  }
}
