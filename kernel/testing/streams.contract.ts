import { afterEach, describe, expect, test } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { Refusal } from '../model/errors.ts';
import type { EventEnvelope } from '../model/event-envelope.ts';
import { readEvent } from '../model/read-told.ts';
import type { Consumer, ConsumerOptions, StreamMessage, Streams } from '../ports/streams.ts';
import { SubjectBench, type PortSubject } from './port-subject.ts';
import { SequentialIds } from './sequential-ids.ts';
import { testEnvelope } from './test-envelope.ts';
import { waitFor } from './wait-for.ts';

const STREAM = 'TEST_EVENTS';
const SUBJECT = 'stockwire.test.p00.thing-happened';
const COUNTED = { type: 'thing-happened', data: Type.Object({ n: Type.Number() }) };

/** What every implementation of streams promises. The clock of the subject must be a running one. */
export function streamsContract(name: string, create: () => Promise<PortSubject<Streams>>): void {
  describe(`streams contract: ${name}`, () => {
    const bench = new SubjectBench(create);
    const ids = new SequentialIds(2);
    let consumers: Consumer[] = [];
    afterEach(async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      consumers = [];
      await bench.end();
    });

    const envelope = (key: string, n: number, type?: string): EventEnvelope => testEnvelope(ids, key, { n }, type);

    const publish = async (streams: Streams, ...envelopes: EventEnvelope[]): Promise<number[]> => {
      const messages = envelopes.map((each) => ({ subject: SUBJECT, envelope: each }));
      return (await streams.publishAll(STREAM, messages)).map((result) => result.seq);
    };

    const consume = async (
      streams: Streams,
      handle: (message: StreamMessage) => Promise<void> | void,
      options: Partial<ConsumerOptions> = {},
    ): Promise<Consumer> => {
      const consumer = await streams.consume({
        durable: 'test-consumer',
        stream: STREAM,
        from: 'first',
        concurrencyMax: 4,
        deliveriesMax: 3,
        backoffMinMs: 1,
        backoffMaxMs: 4,
        handle: async (message) => handle(message),
        ...options,
      });
      consumers.push(consumer);
      return consumer;
    };

    const stop = async (consumer: Consumer): Promise<void> => {
      await consumer.stop();
      consumers = consumers.filter((each) => each !== consumer);
    };

    describe('publishing', () => {
      test('publish resolves only when the message can be read back, as it was', async () => {
        const streams = await bench.open();
        const sent = envelope('a', 1);
        const { seq, duplicate } = await streams.publish(STREAM, SUBJECT, sent);
        expect(duplicate).toBe(false);
        expect(await streams.read(STREAM, 0, 10)).toEqual([{ seq, subject: SUBJECT, envelope: sent, delivery: 1 }]);
        expect(await streams.head(STREAM)).toBe(seq);
      });

      test('sequences increase in the order of publication', async () => {
        const streams = await bench.open();
        const results = await Promise.all(
          Array.from({ length: 200 }, (_, n) => streams.publish(STREAM, SUBJECT, envelope('a', n))),
        );
        const seqs = results.map((result) => result.seq);
        expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
        expect(new Set(seqs).size).toBe(200);
        expect((await streams.read(STREAM, 0, 1_000)).map((message) => dataOf(message))).toEqual(
          Array.from({ length: 200 }, (_, n) => n),
        );
      });

      test('a message id enters a stream once, and a repetition is given the first sequence', async () => {
        const streams = await bench.open();
        const once = envelope('a', 1);
        const first = await streams.publish(STREAM, SUBJECT, once);
        await streams.publish(STREAM, SUBJECT, envelope('a', 2));
        await expect(streams.publish(STREAM, SUBJECT, once)).resolves.toEqual({ seq: first.seq, duplicate: true });
        const again = await bench.restart();
        await expect(again.publish(STREAM, SUBJECT, once)).resolves.toEqual({ seq: first.seq, duplicate: true });
        expect(await again.read(STREAM, 0, 10)).toHaveLength(2);
      });

      test('publishAll keeps the given order and knows repetitions inside it', async () => {
        const streams = await bench.open();
        const [one, two] = [envelope('a', 1), envelope('b', 2)];
        const results = await streams.publishAll(
          STREAM,
          [one, two, one].map((each) => ({ subject: SUBJECT, envelope: each })),
        );
        expect(results.map((result) => result.duplicate)).toEqual([false, false, true]);
        expect(results[2]?.seq).toBe(results[0]?.seq);
        expect((await streams.read(STREAM, 0, 10)).map(dataOf)).toEqual([1, 2]);
      });

      test('reads page: at most `limit` messages after a sequence, in order', async () => {
        const streams = await bench.open();
        const seqs = await publish(streams, ...[1, 2, 3, 4, 5].map((n) => envelope('a', n)));
        expect((await streams.read(STREAM, 0, 2)).map(dataOf)).toEqual([1, 2]);
        expect((await streams.read(STREAM, seqs[1] as number, 2)).map(dataOf)).toEqual([3, 4]);
        expect(await streams.read(STREAM, seqs[4] as number, 2)).toEqual([]);
      });

      test('streams are apart: head, ids and messages are their own, an unused one is empty', async () => {
        const streams = await bench.open();
        const sent = envelope('a', 1);
        await streams.publish(STREAM, SUBJECT, sent);
        expect(await streams.head('OTHER_EVENTS')).toBe(0);
        await expect(streams.publish('OTHER_EVENTS', SUBJECT, sent)).resolves.toMatchObject({ duplicate: false });
        expect(await streams.epoch(STREAM)).not.toBe(await streams.epoch('OTHER_EVENTS'));
      });

      test('messages, head and epoch are there after a restart', async () => {
        const streams = await bench.open();
        await publish(streams, envelope('a', 1), envelope('b', 2));
        const before = [await streams.epoch(STREAM), await streams.head(STREAM), await streams.read(STREAM, 0, 10)];
        const again = await bench.restart();
        expect([await again.epoch(STREAM), await again.head(STREAM), await again.read(STREAM, 0, 10)]).toEqual(before);
      });

      test('what the caller changes after the call is not published', async () => {
        const streams = await bench.open();
        const data = { n: 1 };
        const published = streams.publish(STREAM, SUBJECT, testEnvelope(ids, 'a', data));
        data.n = 2;
        await published;
        expect((await streams.read(STREAM, 0, 1)).map(dataOf)).toEqual([1]);
      });
    });

    describe('consuming', () => {
      test('a durable consumer gets what was published before it and after it', async () => {
        const streams = await bench.open();
        await publish(streams, envelope('a', 1), envelope('b', 2));
        const got: unknown[] = [];
        const consumer = await consume(streams, (message) => void got.push(dataOf(message)));
        await waitFor(() => got.length === 2);
        await publish(streams, envelope('c', 3));
        await waitFor(() => got.length === 3);
        expect(new Set(got)).toEqual(new Set([1, 2, 3]));
        await waitFor(async () => (await consumer.lag()) === 0);
      });

      test('a durable that begins at "new" gets only what comes after it was first seen', async () => {
        const streams = await bench.open();
        await publish(streams, envelope('a', 1));
        const got: unknown[] = [];
        const first = await consume(streams, (message) => void got.push(dataOf(message)), { from: 'new' });
        await publish(streams, envelope('a', 2));
        await waitFor(() => got.length === 1);
        await stop(first);
        await publish(streams, envelope('a', 3));
        await consume(streams, (message) => void got.push(dataOf(message)), { from: 'new' });
        await waitFor(() => got.length === 2);
        expect(got).toEqual([2, 3]);
      });

      test('only the types that were asked for are delivered', async () => {
        const streams = await bench.open();
        const sent = Array.from({ length: 30 }, (_, n) => envelope(`key-${n}`, n, n % 3 === 0 ? 'wanted' : 'other'));
        await publish(streams, ...sent);
        const got: unknown[] = [];
        const consumer = await consume(streams, (message) => void got.push(dataOf(message)), { types: ['wanted'] });
        await waitFor(() => got.length === 10);
        await publish(streams, envelope('x', 98, 'other'), envelope('x', 99, 'wanted'));
        await waitFor(() => got.includes(99));
        expect(got).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 99]);
        await waitFor(async () => (await consumer.lag()) === 0);
      });

      test('durables are independent of each other', async () => {
        const streams = await bench.open();
        const [one, other]: unknown[][] = [[], []];
        await consume(streams, (message) => void one?.push(dataOf(message)), { durable: 'one' });
        await publish(streams, envelope('a', 1));
        await waitFor(() => one?.length === 1);
        await consume(streams, (message) => void other?.push(dataOf(message)), { durable: 'other' });
        await waitFor(() => other?.length === 1);
      });

      test('messages of one key are delivered in order and never at the same time', async () => {
        const streams = await bench.open();
        const keys = ['a', 'b', 'c', 'd', 'e'];
        const got = new Map<string, unknown[]>(keys.map((key) => [key, []]));
        const busy = new Set<string>();
        let overlaps = 0;
        let together = 0;
        await consume(streams, async (message) => {
          const { key } = message.envelope;
          if (busy.has(key)) overlaps++;
          busy.add(key);
          together = Math.max(together, busy.size);
          await new Promise((resolve) => setImmediate(resolve));
          busy.delete(key);
          got.get(key)?.push(dataOf(message));
        });
        await publish(streams, ...Array.from({ length: 100 }, (_, n) => envelope(keys[n % 5] as string, n)));
        await waitFor(() => [...got.values()].flat().length === 100);
        expect(overlaps).toBe(0);
        expect(together).toBeGreaterThan(1);
        expect(together).toBeLessThanOrEqual(4);
        for (const list of got.values()) expect(list).toEqual([...list].sort((a, b) => Number(a) - Number(b)));
      });

      test('concurrencyMax 1 keeps the order of the whole stream', async () => {
        const streams = await bench.open();
        const got: unknown[] = [];
        await publish(streams, ...Array.from({ length: 50 }, (_, n) => envelope(`key-${n % 7}`, n)));
        await consume(streams, (message) => void got.push(dataOf(message)), { concurrencyMax: 1 });
        await waitFor(() => got.length === 50);
        expect(got).toEqual(Array.from({ length: 50 }, (_, n) => n));
      });

      test('what was acknowledged does not come again after a restart; what was not comes again', async () => {
        const streams = await bench.open();
        await publish(streams, envelope('a', 1), envelope('b', 2), envelope('c', 3));
        const first = await consume(
          streams,
          (message) => {
            if (dataOf(message) === 2) throw new Error('not yet');
          },
          { deliveriesMax: 1_000 },
        );
        await waitFor(async () => (await first.lag()) === 1);
        await stop(first);
        const again = await bench.restart();
        const got: unknown[] = [];
        const second = await consume(again, (message) => void got.push(dataOf(message)));
        await waitFor(async () => (await second.lag()) === 0);
        expect(got).toEqual([2]);
      });

      test('stop waits for the handlers in flight and delivers nothing more', async () => {
        const streams = await bench.open();
        const gate = Promise.withResolvers<void>();
        const events: string[] = [];
        const consumer = await consume(
          streams,
          async () => {
            events.push('begun');
            await gate.promise;
            events.push('ended');
          },
          { concurrencyMax: 1 },
        );
        await publish(streams, envelope('a', 1), envelope('a', 2));
        await waitFor(() => events.length === 1);
        const stopped = stop(consumer).then(() => events.push('stopped'));
        gate.resolve();
        await stopped;
        expect(events).toEqual(['begun', 'ended', 'stopped']);
        expect(await streams.head(STREAM)).toBeGreaterThan(0);
        const got: unknown[] = [];
        await consume(streams, (message) => void got.push(dataOf(message)));
        await waitFor(() => got.length === 1);
        expect(got).toEqual([2]);
      });

      test('lag counts what is not acknowledged yet', async () => {
        const streams = await bench.open();
        const gate = Promise.withResolvers<void>();
        const consumer = await consume(streams, () => gate.promise, { types: ['wanted'] });
        await publish(streams, ...[1, 2, 3].map((n) => envelope('a', n, 'wanted')), envelope('a', 4, 'other'));
        expect(await consumer.lag()).toBe(3);
        gate.resolve();
        await waitFor(async () => (await consumer.lag()) === 0);
      });
    });

    describe('watching', () => {
      test('a watcher is told after every message, or once for several, never in the turn of the publisher', async () => {
        const streams = await bench.open();
        let told = 0;
        const heads: number[] = [];
        const stopWatching = streams.watch(STREAM, () => {
          told++;
          void streams.head(STREAM).then((head) => heads.push(head));
        });
        for (let n = 1; n <= 3; n++) {
          const before = told;
          const publication = streams.publish(STREAM, SUBJECT, envelope('a', n));
          expect(told).toBe(before);
          const { seq } = await publication;
          await waitFor(() => heads.includes(seq));
        }
        stopWatching();
        const before = told;
        await streams.publish(STREAM, SUBJECT, envelope('a', 4));
        const other = Promise.withResolvers<void>();
        streams.watch(STREAM, () => other.resolve());
        await streams.publish(STREAM, SUBJECT, envelope('a', 5));
        await other.promise;
        expect(told).toBe(before);
      });

      test('a watcher that throws hurts neither the publisher nor the other watchers', async () => {
        const streams = await bench.open();
        let told = 0;
        streams.watch(STREAM, () => {
          throw new Error('a watcher that fails');
        });
        streams.watch(STREAM, () => void told++);
        await streams.publish(STREAM, SUBJECT, envelope('a', 1));
        await waitFor(() => told > 0);
      });
    });

    describe('failing', () => {
      test('throwing asks for another delivery, which is counted', async () => {
        const streams = await bench.open();
        const deliveries: number[] = [];
        const consumer = await consume(streams, (message) => {
          deliveries.push(message.delivery);
          if (message.delivery < 3) throw new Error('not yet');
        });
        await publish(streams, envelope('a', 1));
        await waitFor(() => deliveries.length === 3);
        expect(deliveries).toEqual([1, 2, 3]);
        await waitFor(async () => (await consumer.lag()) === 0);
        expect(await streams.deadLetters(STREAM, 10)).toEqual([]);
      });

      test('a message that keeps failing blocks only later messages of its own key', async () => {
        const streams = await bench.open();
        const poison = envelope('a', 0);
        const got: unknown[] = [];
        await consume(
          streams,
          (message) => {
            if (message.envelope.id === poison.id) throw new Error('poison');
            got.push(dataOf(message));
          },
          { deliveriesMax: 1_000_000, concurrencyMax: 2 },
        );
        await publish(streams, poison, envelope('a', 1), ...[2, 3, 4, 5].map((n) => envelope(`key-${n}`, n)));
        await waitFor(() => got.length === 4);
        await publish(streams, envelope('key-6', 6));
        await waitFor(() => got.includes(6));
        expect(got).not.toContain(1);
      });

      test('every consumer tells where it stands, and whether anything is left that it wants', async () => {
        const streams = await bench.open();
        const poison = envelope('a', 0);
        let isMended = false;
        await consume(
          streams,
          (message) => {
            if (message.envelope.id === poison.id && !isMended) throw new Error('poison');
          },
          { deliveriesMax: 1_000_000, types: [poison.type] },
        );
        await consume(streams, () => undefined, { durable: 'another-consumer', types: ['nothing-of-the-kind'] });
        const [one, two] = await publish(streams, poison, envelope('b', 1));
        const placeOf = async (name: string) =>
          (await streams.consumers(STREAM)).find(({ durable }) => durable === name);
        const stuck = await waitFor(() => placeOf('test-consumer'));
        expect(stuck.isThrough).toBe(false);
        expect(stuck.floor).toBeLessThan(one as number);
        expect((await placeOf('another-consumer'))?.isThrough).toBe(true);
        isMended = true;
        await waitFor(async () => (await placeOf('test-consumer'))?.isThrough);
        await waitFor(async () => (await placeOf('test-consumer'))?.floor === two);
      });

      test('after deliveriesMax it becomes a dead letter, and its key goes on', async () => {
        const streams = await bench.open();
        const poison = envelope('a', 0);
        const got: unknown[] = [];
        let deliveries = 0;
        const consumer = await consume(streams, (message) => {
          if (message.envelope.id !== poison.id) return void got.push(dataOf(message));
          deliveries++;
          throw new Error('it is poison');
        });
        const [seq] = await publish(streams, poison, envelope('a', 1), envelope('a', 2));
        await waitFor(() => got.length === 2);
        expect(got).toEqual([1, 2]);
        expect(deliveries).toBe(3);
        const letters = await streams.deadLetters(STREAM, 10);
        expect(letters).toMatchObject([
          { stream: STREAM, durable: 'test-consumer', message: { seq, envelope: poison } },
        ]);
        expect(letters[0]?.error).toContain('it is poison');
        await waitFor(async () => (await consumer.lag()) === 0);
      });

      test('one that a later version of the code wrote waits with its key, and is never given up', async () => {
        const streams = await bench.open();
        const got: unknown[] = [];
        let refusals = 0;
        /** A process that knows the event up to a version. */
        const processOf = (version: number) =>
          consume(streams, (message) => {
            try {
              const { n } = readEvent({ ...COUNTED, version }, message.envelope);
              got.push([n, message.delivery]);
            } catch (error) {
              refusals++;
              throw error;
            }
          });
        const older = await processOf(1);
        await publish(streams, { ...envelope('a', 1), version: 2 }, envelope('a', 2), envelope('b', 3));
        // More often than a message may fail that something is wrong with.
        await waitFor(() => refusals > 6 && got.length === 1);
        expect(got).toEqual([[3, 1]]);
        expect(await streams.deadLetters(STREAM, 10)).toEqual([]);
        expect(await older.lag()).toBe(2);
        await stop(older);

        const newer = await processOf(2);
        await publish(streams, { ...envelope('a', 4), version: 2 });
        await waitFor(() => got.length === 4);
        expect(got.slice(1)).toEqual([
          [1, 1],
          [2, 1],
          [4, 1],
        ]);
        await waitFor(async () => (await newer.lag()) === 0);
      });

      test('dead letters are kept until they are replayed or discarded by name', async () => {
        const streams = await bench.open();
        const consumer = await consume(streams, () => {
          throw new Error('poison');
        });
        const [one, two] = await publish(streams, envelope('a', 1), envelope('b', 2));
        await waitFor(async () => (await streams.deadLetters(STREAM, 10)).length === 2);
        await stop(consumer);
        const again = await bench.restart();
        expect(await again.deadLetters(STREAM, 10)).toHaveLength(2);
        expect(await again.deadLetters(STREAM, 1)).toHaveLength(1);
        await again.discardDeadLetter(STREAM, 'test-consumer', one as number);
        expect((await again.deadLetters(STREAM, 10)).map((letter) => letter.message.seq)).toEqual([two]);
        await expect(again.discardDeadLetter(STREAM, 'test-consumer', one as number)).rejects.toThrow(Refusal);
        await expect(again.replayDeadLetter(STREAM, 'nobody', two as number)).rejects.toThrow(Refusal);
      });

      test('a dead letter that is replayed is delivered again, as a first delivery', async () => {
        const streams = await bench.open();
        let isMended = false;
        const got: number[] = [];
        const consumer = await consume(streams, (message) => {
          if (!isMended) throw new Error('poison');
          got.push(message.delivery);
        });
        const [seq] = await publish(streams, envelope('a', 1));
        await waitFor(async () => (await streams.deadLetters(STREAM, 10)).length === 1);
        isMended = true;
        await streams.replayDeadLetter(STREAM, 'test-consumer', seq as number);
        await waitFor(() => got.length === 1);
        expect(got).toEqual([1]);
        expect(await streams.deadLetters(STREAM, 10)).toEqual([]);
        await waitFor(async () => (await consumer.lag()) === 0);
      });

      test('a replay that nobody was there to take survives a restart', async () => {
        const streams = await bench.open();
        const consumer = await consume(streams, () => {
          throw new Error('poison');
        });
        const [seq] = await publish(streams, envelope('a', 1), envelope('b', 2));
        await waitFor(async () => (await streams.deadLetters(STREAM, 10)).length === 2);
        await stop(consumer);
        await streams.replayDeadLetter(STREAM, 'test-consumer', seq as number);
        const again = await bench.restart();
        const got: unknown[] = [];
        const second = await consume(again, (message) => void got.push([dataOf(message), message.delivery]));
        await waitFor(async () => got.length === 1 && (await second.lag()) === 0);
        await stop(second);
        const third = await consume(again, (message) => void got.push(dataOf(message)));
        expect(await third.lag()).toBe(0);
        expect(got).toEqual([[1, 1]]);
      });
    });

    describe('removing', () => {
      const seqs = async (streams: Streams): Promise<number[]> =>
        (await streams.read(STREAM, 0, 100)).map(({ seq }) => seq);

      test('what is removed is gone, its sequence is not given again, and the rest stays in order', async () => {
        const streams = await bench.open();
        const [one, two, three, four] = (await publish(streams, ...[1, 2, 3, 4].map((n) => envelope('a', n)))) as [
          number,
          number,
          number,
          number,
        ];
        await streams.remove(STREAM, [two]);
        await streams.remove(STREAM, [two]);
        expect(await seqs(streams)).toEqual([one, three, four]);
        await streams.remove(STREAM, [one, three]);
        expect(await seqs(streams)).toEqual([four]);
        await streams.remove(STREAM, [four]);
        await streams.remove(STREAM, []);
        expect(await seqs(streams)).toEqual([]);
        expect(await streams.head(STREAM)).toBe(four);
        const [five] = await publish(streams, envelope('a', 5));
        expect(five).toBe(four + 1);
        const got: unknown[] = [];
        await consume(streams, (message) => void got.push(dataOf(message)));
        await waitFor(() => got.length === 1);
        expect(got).toEqual([5]);
      });

      test('all durables are through up to the slowest one, and a durable of some types with what it does not want', async () => {
        const streams = await bench.open();
        expect(await streams.doneByAll(STREAM)).toBe(0);
        const [, two, three] = await publish(
          streams,
          envelope('a', 1),
          envelope('b', 2),
          envelope('c', 3, 'other-thing'),
        );
        expect(await streams.doneByAll(STREAM)).toBe(three);
        const some = await consume(streams, () => undefined, { durable: 'some', types: ['thing-happened'] });
        let isSlow = true;
        const slow = await consume(streams, async () => void (await waitFor(() => !isSlow)), {
          durable: 'slow',
          types: ['other-thing'],
        });
        await waitFor(async () => (await some.lag()) === 0);
        expect(await streams.doneByAll(STREAM)).toBeLessThan(three as number);
        isSlow = false;
        await waitFor(async () => (await slow.lag()) === 0 && (await streams.doneByAll(STREAM)) === three);
        expect(two).toBeLessThan(three as number);
      });

      test('what a durable that is not running has not had is done by nobody', async () => {
        const streams = await bench.open();
        const consumer = await consume(streams, () => undefined);
        const [one] = await publish(streams, envelope('a', 1));
        await waitFor(async () => (await streams.doneByAll(STREAM)) === one);
        await stop(consumer);
        await publish(streams, envelope('a', 2));
        expect(await streams.doneByAll(STREAM)).toBe(one);
      });

      test('a dead letter, and what follows it, is done by nobody until it is discarded', async () => {
        const streams = await bench.open();
        const consumer = await consume(streams, (message) => {
          if (dataOf(message) === 2) throw new Error('poison');
        });
        const [one, two, three] = await publish(streams, envelope('a', 1), envelope('b', 2), envelope('c', 3));
        await waitFor(async () => (await streams.deadLetters(STREAM, 10)).length === 1 && (await consumer.lag()) === 0);
        await waitFor(async () => (await streams.doneByAll(STREAM)) === one);
        await streams.discardDeadLetter(STREAM, 'test-consumer', two as number);
        await waitFor(async () => (await streams.doneByAll(STREAM)) === three);
      });
    });
  });
}

function dataOf(message: StreamMessage): unknown {
  return (message.envelope.data as { n: unknown }).n;
}
