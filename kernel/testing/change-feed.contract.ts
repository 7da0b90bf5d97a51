import { afterEach, describe, expect, test } from '@jest/globals';
import type { ChangeFeed, ChangeMessage } from '../ports/change-feed.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';
import { waitFor } from './wait-for.ts';

const message = (seq: number, context = 'inventory'): ChangeMessage => ({
  context,
  epoch: 'epoch0',
  seq,
  prevSeq: seq - 1,
  records: [{ event: 'availability-changed', key: `SKU-${seq}|WEB`, version: seq, value: { sku: `SKU-${seq}` } }],
});

/** What every change feed promises. */
export function changeFeedContract(name: string, create: () => Promise<PortSubject<ChangeFeed>>): void {
  describe(`change feed contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    afterEach(() => bench.end());

    /** Subscribes and waits until the subscription is in effect, which on a wire takes a while. */
    const listen = async (
      feed: ChangeFeed,
      context = 'inventory',
    ): Promise<{ got: ChangeMessage[]; stop: () => void }> => {
      const got: ChangeMessage[] = [];
      const stop = feed.subscribe(context, (each) => got.push(each));
      await waitFor(() => {
        feed.publish(message(0, context));
        return got.length > 0;
      });
      await settle(feed, context);
      got.length = 0;
      return { got, stop };
    };

    test('messages of one context arrive in the order of publication, whole', async () => {
      const feed = await bench.open();
      const { got } = await listen(feed);
      const sent = Array.from({ length: 100 }, (_, n) => message(n + 1));
      for (const each of sent) feed.publish(each);
      await waitFor(() => got.length === 100);
      expect(got).toEqual(sent);
    });

    test('every listener of the context hears of it, listeners of other contexts do not', async () => {
      const feed = await bench.open();
      const [one, two, other] = [await listen(feed), await listen(feed), await listen(feed, 'orders')];
      await settle(feed, 'inventory');
      one.got.length = 0;
      feed.publish(message(1));
      await waitFor(() => one.got.length === 1 && two.got.length > 0);
      expect(other.got).toEqual([]);
    });

    test('delivery is never in the turn of the publisher', async () => {
      const feed = await bench.open();
      const { got } = await listen(feed);
      feed.publish(message(1));
      expect(got).toEqual([]);
      await Promise.resolve();
      await waitFor(() => got.length === 1);
    });

    test('a listener that throws hurts neither the publisher nor the other listeners', async () => {
      const feed = await bench.open();
      feed.subscribe('inventory', () => {
        throw new Error('a listener that fails');
      });
      const { got } = await listen(feed);
      for (const seq of [1, 2, 3]) feed.publish(message(seq));
      await waitFor(() => got.length === 3);
      expect(got.map((each) => each.seq)).toEqual([1, 2, 3]);
    });

    test('a listener that has left hears nothing more', async () => {
      const feed = await bench.open();
      const [leaving, staying] = [await listen(feed), await listen(feed)];
      await settle(feed, 'inventory');
      leaving.got.length = 0;
      staying.got.length = 0;
      leaving.stop();
      leaving.stop();
      feed.publish(message(1));
      await waitFor(() => staying.got.length === 1);
      expect(leaving.got).toEqual([]);
    });

    test('a heartbeat without records carries the head', async () => {
      const feed = await bench.open();
      const { got } = await listen(feed);
      feed.publish({ ...message(7), prevSeq: 7, records: [] });
      await waitFor(() => got.length === 1);
      expect(got[0]).toMatchObject({ seq: 7, prevSeq: 7, records: [] });
    });
  });
}

/** Resolves when what was published so far has been delivered. */
async function settle(feed: ChangeFeed, context: string): Promise<void> {
  const last = -1;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = feed.subscribe(context, (each) => {
    if (each.seq === last) resolve();
  });
  const published = setInterval(() => feed.publish(message(last, context)), 5);
  feed.publish(message(last, context));
  await promise;
  clearInterval(published);
  stop();
}
