import { describe, expect, test } from '@jest/globals';
import { FrameChannel } from './frame-channel.ts';

async function take<Frame>(frames: AsyncGenerator<Frame>, howMany: number): Promise<Frame[]> {
  const taken: Frame[] = [];
  while (taken.length < howMany) {
    const next = await frames.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

describe('FrameChannel', () => {
  test('gives every reader its first frame and then all that are published, in order', async () => {
    const channel = new FrameChannel<number>();
    const readers = [channel.read(0), channel.read(10)];
    const firsts = await Promise.all(readers.map((reader) => take(reader, 1)));
    channel.publish(1);
    channel.publish(2);
    const laters = await Promise.all(readers.map((reader) => take(reader, 2)));
    expect([firsts, laters]).toEqual([
      [[0], [10]],
      [
        [1, 2],
        [1, 2],
      ],
    ]);
  });

  test('wakes a reader that waits', async () => {
    const channel = new FrameChannel<string>();
    const reader = channel.read('first');
    await reader.next();
    const waiting = reader.next();
    channel.publish('second');
    expect(await waiting).toEqual({ done: false, value: 'second' });
  });

  test('forgets a reader that has left', async () => {
    const channel = new FrameChannel<number>();
    const reader = channel.read(0);
    await reader.next();
    await reader.return(undefined);
    channel.publish(1);
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });
});
