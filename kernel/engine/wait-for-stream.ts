import { Obstacle } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Streams } from '../ports/streams.ts';

export interface StreamWait {
  readonly streams: Pick<Streams, 'head' | 'watch'>;
  readonly clock: Clock;
  readonly stream: string;
  readonly seq: number;
  readonly maxWaitMs: number;
}

/**
 * Resolves when the head of the stream is `seq` or beyond.
 * @throws {Obstacle} NOT_CAUGHT_UP after `maxWaitMs`, or what reading the head threw
 */
export async function waitForStream({ streams, clock, stream, seq, maxWaitMs }: StreamWait): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = (): void => {
    streams.head(stream).then((head) => {
      if (head >= seq) resolve();
    }, reject);
  };
  const stopWatching = streams.watch(stream, look);
  const cancel = clock.after(maxWaitMs, () =>
    reject(new Obstacle('NOT_CAUGHT_UP', `The change ${seq} was not here within ${maxWaitMs} ms.`, { seq, maxWaitMs })),
  );
  // What was added before the watch began is seen by this look.
  look();
  try {
    await promise;
  } finally {
    cancel();
    stopWatching();
  }
}
