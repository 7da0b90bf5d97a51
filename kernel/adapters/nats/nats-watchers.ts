import type { Subscription } from '@nats-io/transport-node';
import type { CancelTimer } from '../../ports/clock.ts';
import { StreamWatchers } from '../embedded/stream-watchers.ts';
import { streamNames } from './stream-names.ts';
import type { NatsConnection } from './nats-connection.ts';

interface Watch {
  readonly subscription: Subscription;
  readonly cancelLook: CancelTimer;
  listeners: number;
}

/**
 * Who wants to hear that a stream has grown. A publisher says so after its acknowledgement; because it may die before, and
 * because what is said may be lost, watchers are told every `lookMs` and after a lost connection as well.
 */
export class NatsWatchers {
  readonly #connection: NatsConnection;
  readonly #watchers: StreamWatchers;
  readonly #watches = new Map<string, Watch>();
  readonly #stopFollowing: () => void;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#watchers = new StreamWatchers(connection.parts.telemetry);
    this.#stopFollowing = connection.onReconnect(() => {
      for (const stream of this.#watches.keys()) this.#watchers.tell(stream);
    });
  }

  add(stream: string, listener: () => void): () => void {
    const remove = this.#watchers.add(stream, listener);
    const watch = this.#watches.get(stream) ?? this.#open(stream);
    watch.listeners++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      remove();
      if (--watch.listeners === 0) this.#close(stream, watch);
    };
  }

  /** Something was added here. */
  tell(stream: string): void {
    this.#watchers.tell(stream);
    if (this.#connection.isConnected)
      this.#connection.parts.client.publish(streamNames(this.#connection, stream).added);
  }

  close(): void {
    this.#stopFollowing();
    for (const [stream, watch] of this.#watches) this.#close(stream, watch);
  }

  #open(stream: string): Watch {
    const { client, clock, limits } = this.#connection.parts;
    const subscription = client.subscribe(streamNames(this.#connection, stream).added, {
      callback: () => this.#watchers.tell(stream),
    });
    let cancel: CancelTimer;
    const lookAgain = (): void => {
      cancel = clock.after(limits.lookMs, () => {
        this.#watchers.tell(stream);
        lookAgain();
      });
    };
    lookAgain();
    const watch = { subscription, cancelLook: () => cancel(), listeners: 0 };
    this.#watches.set(stream, watch);
    return watch;
  }

  #close(stream: string, watch: Watch): void {
    watch.cancelLook();
    watch.subscription.unsubscribe();
    this.#watches.delete(stream);
  }
}
