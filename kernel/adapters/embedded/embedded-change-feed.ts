import type { ChangeFeed, ChangeMessage } from '../../ports/change-feed.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';

type Listener = (message: ChangeMessage) => void;

/** Fan-out inside the process. Delivery is never in the publisher's turn, so a listener cannot hold or break it. */
export class EmbeddedChangeFeed implements ChangeFeed {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #telemetry: Telemetry;
  readonly #queuedMax: number;
  #queue: ChangeMessage[] = [];
  #scheduled = false;

  constructor(telemetry: Telemetry, limits: EmbeddedLimits) {
    this.#telemetry = telemetry;
    this.#queuedMax = limits.feedQueuedMax;
  }

  publish(message: ChangeMessage): void {
    if (this.#queue.length >= this.#queuedMax) {
      this.#queue.shift();
      this.#telemetry.count('change_feed_lost_total', { context: message.context });
    }
    this.#queue.push(message);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#deliver());
  }

  subscribe(context: string, listener: Listener): () => void {
    // The wrapper makes two subscriptions of one function two subscriptions.
    const entry: Listener = (message) => listener(message);
    const listeners = this.#listeners.get(context) ?? new Set();
    this.#listeners.set(context, listeners.add(entry));
    return () => {
      listeners.delete(entry);
    };
  }

  #deliver(): void {
    this.#scheduled = false;
    const messages = this.#queue;
    this.#queue = [];
    for (const message of messages) {
      // A copy, so that a listener that subscribes meanwhile hears of later messages only.
      const listeners = Array.from(this.#listeners.get(message.context) ?? []);
      for (const listener of listeners) this.#tell(listener, message);
    }
  }

  #tell(listener: Listener, message: ChangeMessage): void {
    try {
      listener(message);
    } catch (error) {
      this.#telemetry.log('error', 'a change feed listener failed', { context: message.context, error: String(error) });
    }
  }
}
