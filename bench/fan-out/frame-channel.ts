/** Sends every value to every reader that reads now: the publish and subscribe of a plain GraphQL server. */
export class FrameChannel<Frame> {
  readonly #readers = new Set<(frame: Frame) => void>();

  publish(frame: Frame): void {
    for (const tell of this.#readers) tell(frame);
  }

  /** Yields `first`, then what is published from now on. */
  async *read(first: Frame): AsyncGenerator<Frame> {
    const waiting: Frame[] = [first];
    let wake: () => void = () => undefined;
    const tell = (frame: Frame) => {
      waiting.push(frame);
      wake();
    };
    this.#readers.add(tell);
    try {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#readers.delete(tell);
    }
  }
}
