import type { ChangeFeed, ChangeMessage } from '../../../../kernel/ports/change-feed.ts';

type Listener = (message: ChangeMessage) => void;

/** The change feed as one gateway gets it: messages may be held up or lost on the way to it, and come in order. */
export class FeedGate implements ChangeFeed {
  readonly #listeners = new Map<string, Set<Listener>>();
  #waiting: ChangeMessage[] = [];
  #isHeld = false;
  #isScheduled = false;

  publish(message: ChangeMessage): void {
    this.#waiting.push(message);
    this.#deliverLater();
  }

  subscribe(context: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(context) ?? new Set();
    this.#listeners.set(context, listeners.add(listener));
    return () => {
      listeners.delete(listener);
    };
  }

  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#deliverLater();
  }

  /** Never in the publisher's turn, as the feeds of a platform. */
  #deliverLater(): void {
    if (this.#isScheduled || this.#isHeld) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#isHeld) return;
      for (const message of this.#waiting.splice(0)) {
        for (const listener of this.#listeners.get(message.context) ?? []) listener(message);
      }
    });
  }
}
