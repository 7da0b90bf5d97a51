/* The queues over the embedded platform on a fake clock, against systems that are scripted by the test. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { openEmbeddedPlatform, type EmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { discardCommand, listCommands, queueStates, replayCommand } from '../../schema/commands/outbound.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import { openOutbound, type Outbound, type OutboundSystem } from './open-outbound.ts';
import type { OutboundLimits } from './outbound-limits.ts';
import type { OutboundCommand } from './port.ts';

const SYSTEM = 'erp-main';
const DOWN = new Obstacle('UPSTREAM_UNAVAILABLE', 'It is down.', { status: 503 });

/** An outside system: what it did, in order, and what it answers. */
class Outside {
  readonly done: string[] = [];
  readonly tried: string[] = [];
  /** What the answer to a key waits for. */
  readonly slow = new Map<string, Promise<void>>();
  readonly failing = new Map<string, Error>();
  isUp = true;
  underWay = 0;
  underWayMax = 0;

  perform = async (payload: unknown, { key }: { readonly key: string }): Promise<unknown> => {
    this.tried.push(key);
    this.underWay++;
    this.underWayMax = Math.max(this.underWayMax, this.underWay);
    try {
      await this.slow.get(key);
      if (!this.isUp) throw DOWN;
      const failure = this.failing.get(key);
      if (failure) throw failure;
      this.done.push(key);
      return { did: payload };
    } finally {
      this.underWay--;
    }
  };
}

const QUICK: Partial<OutboundLimits> = {
  backoffMinMs: 100,
  backoffMaxMs: 1_000,
  breakerOpenMinMs: 1_000,
  breakerOpenMaxMs: 4_000,
  pollMs: 1_000,
};

type Folder = Awaited<ReturnType<typeof temporaryDirectory>>;

class Bench {
  readonly clock = new FakeClock();
  readonly telemetry = new RecordingTelemetry();
  readonly outside = new Outside();
  readonly pace = new VendorPace(this.clock, { perSecond: 1_000, burst: 1_000 });
  platform!: EmbeddedPlatform;
  outbound!: Outbound;
  readonly #folder: Folder;
  #ordinal = 0;

  private constructor(folder: Folder) {
    this.#folder = folder;
  }

  static async open(options: Partial<OutboundSystem> = {}): Promise<Bench> {
    const bench = new Bench(await temporaryDirectory());
    await bench.start(options);
    benches.push(bench);
    return bench;
  }

  async start(options: Partial<OutboundSystem> = {}): Promise<void> {
    const { clock, telemetry, pace } = this;
    const handlers: CommandHandlers = { post: { perform: this.outside.perform } };
    this.platform = await openEmbeddedPlatform({ directory: this.#folder.path, clock, telemetry });
    this.outbound = await openOutbound(this.platform, {
      systems: [
        { system: SYSTEM, handlers, pace, ...options, limits: { ...QUICK, ...options.limits } },
        { system: 'other', handlers: { post: { perform: async () => 'done' } }, limits: QUICK },
      ],
    });
  }

  async stop(): Promise<void> {
    await this.outbound.close();
    await this.platform.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#folder.remove();
  }

  submit(change: Partial<OutboundCommand> = {}) {
    const key = change.key ?? `c${++this.#ordinal}`;
    return this.outbound.submit({
      system: SYSTEM,
      key,
      name: 'post',
      lane: 'ORDERS',
      group: key,
      ref: `ref-${key}`,
      payload: { key },
      correlationId: `correlation-${key}`,
      ...change,
    });
  }

  async ask(definition: { readonly context: string; readonly name: string }, payload: object) {
    const subject = rpcSubjectOf(definition.context, definition.name);
    // oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the definition
    return (await this.platform.rpc.request(subject, payload, { timeoutMs: 60_000, correlationId: 'test' })) as any;
  }

  async told(type: string) {
    await this.platform.documents.flushOutbox();
    const messages = await this.platform.streams.read(streamOf('outbound'), 0, 1_000);
    return messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope);
  }

  /** Lets time pass in small steps until the condition holds. */
  until(condition: () => boolean | Promise<boolean>, what: string, stepMs = 50): Promise<unknown> {
    return waitFor(async () => {
      if (await condition()) return true;
      this.clock.advance(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
      return false;
    }, what);
  }
}

const benches: Bench[] = [];

afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});

describe('a command', () => {
  test('is done, and its sender is told under its own reference and correlation id', async () => {
    const bench = await Bench.open();
    await expect(bench.submit()).resolves.toEqual({ status: 'WAITING' });
    await bench.until(async () => (await bench.told('command-settled')).length === 1, 'the settlement');
    const [settled] = await bench.told('command-settled');
    expect(settled).toMatchObject({
      key: 'ref-c1',
      correlationId: 'correlation-c1',
      data: { system: SYSTEM, key: 'c1', name: 'post', ref: 'ref-c1', status: 'DONE' },
    });
    await expect(bench.submit({ key: 'c1' })).resolves.toEqual({ status: 'DONE', result: { did: { key: 'c1' } } });
    expect(bench.outside.done).toEqual(['c1']);
  });

  test('is one however often and by how many it is submitted, and its key stands for nothing else', async () => {
    const bench = await Bench.open();
    await Promise.all(Array.from({ length: 10 }, () => bench.submit({ key: 'same' })));
    await bench.until(() => bench.outside.done.length > 0, 'the command');
    await bench.submit({ key: 'same' });
    expect(bench.outside.done).toEqual(['same']);
    await expect(bench.submit({ key: 'same', payload: { other: true } })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  test('that the system refuses is over, with the words of the system', async () => {
    const bench = await Bench.open();
    bench.outside.failing.set('c1', new Refusal('UPSTREAM_REJECTED', 'No such item.', { status: 422 }));
    await bench.submit();
    await bench.until(async () => (await bench.submit({ key: 'c1' })).status === 'REFUSED', 'the refusal');
    const [settled] = await bench.told('command-settled');
    expect(settled?.data).toMatchObject({ status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'No such item.' });
    expect(bench.outside.tried).toEqual(['c1']);
  });

  test('that nobody would do is refused at the door', async () => {
    const bench = await Bench.open();
    await expect(bench.submit({ system: 'nobody' })).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
    await expect(bench.submit({ name: 'dance' })).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED' });
    await expect(bench.submit({ key: 'x'.repeat(151) })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('beyond the bound is turned away, and taken once there is room', async () => {
    const bench = await Bench.open({ limits: { waitingMax: 2 } });
    bench.outside.isUp = false;
    await bench.submit();
    await bench.submit();
    await expect(bench.submit()).rejects.toMatchObject({ code: 'OVERLOADED' });
    bench.outside.isUp = true;
    await bench.until(() => bench.outside.done.length === 2, 'room');
    await bench.until(
      () =>
        bench.submit({ key: 'late' }).then(
          () => true,
          () => false,
        ),
      'the late one to be taken',
    );
  });

  test('survives a restart, also in the middle of its attempt', async () => {
    const bench = await Bench.open();
    bench.outside.isUp = false;
    for (let count = 0; count < 5; count++) await bench.submit();
    await bench.until(() => bench.outside.tried.length > 0, 'an attempt');
    await bench.stop();
    bench.outside.isUp = true;
    await bench.start();
    await bench.until(() => bench.outside.done.length === 5, 'all of them');
    expect(bench.outside.done).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
  });
});

describe('order', () => {
  test('of one group is kept, one at a time, while other groups pass by', async () => {
    const bench = await Bench.open();
    bench.outside.failing.set('a1', DOWN);
    await bench.submit({ key: 'a1', group: 'a' });
    await bench.submit({ key: 'a2', group: 'a' });
    await bench.submit({ key: 'b1', group: 'b' });
    await bench.until(() => bench.outside.done.includes('b1'), 'the other group');
    expect(bench.outside.done).toEqual(['b1']);
    expect(bench.outside.tried).not.toContain('a2');
    bench.outside.failing.clear();
    await bench.until(() => bench.outside.done.length === 3, 'the first group');
    expect(bench.outside.done).toEqual(['b1', 'a1', 'a2']);
  });

  test('of many that may not go keeps nobody else waiting', async () => {
    const bench = await Bench.open({ limits: { pageCommands: 2, concurrentMax: 1, breakerFailures: 1_000 } });
    bench.outside.failing.set('a1', DOWN);
    for (let count = 1; count <= 9; count++) await bench.submit({ key: `a${count}`, group: 'a' });
    await bench.submit({ key: 'b1' });
    await bench.until(() => bench.outside.done.includes('b1'), 'the last one');
    expect(bench.outside.done).toEqual(['b1']);
  });

  test('puts fulfilment ahead of finance, and lets finance go now and then', async () => {
    const bench = await Bench.open({ limits: { concurrentMax: 1, fairEvery: 5 } });
    bench.outside.isUp = false;
    for (let count = 1; count <= 10; count++) await bench.submit({ key: `money${count}`, lane: 'FINANCE' });
    for (let count = 1; count <= 10; count++) await bench.submit({ key: `goods${count}`, lane: 'FULFILMENT' });
    await bench.until(() => bench.outside.tried.length > 2, 'attempts');
    bench.outside.isUp = true;
    await bench.until(() => bench.outside.done.length === 20, 'all');
    const kinds = bench.outside.done.slice(0, 10).map((key) => key.replace(/\d+/, ''));
    expect(kinds.filter((kind) => kind === 'goods').length).toBeGreaterThanOrEqual(7);
    expect(kinds).toContain('money');
    for (const kind of ['money', 'goods']) {
      const order = bench.outside.done.filter((key) => key.startsWith(kind));
      expect(order).toEqual(Array.from({ length: 10 }, (_, index) => `${kind}${index + 1}`));
    }
  });

  test('keeps a place free for fulfilment while slow postings are under way', async () => {
    const bench = await Bench.open({ limits: { concurrentMax: 2 } });
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    for (const key of ['money1', 'money2']) bench.outside.slow.set(key, slow);
    await bench.submit({ key: 'money1', lane: 'FINANCE' });
    await bench.submit({ key: 'money2', lane: 'FINANCE' });
    await bench.until(() => bench.outside.underWay === 1, 'the posting');
    await bench.submit({ key: 'goods', lane: 'FULFILMENT' });
    await bench.until(() => bench.outside.done.includes('goods'), 'the release');
    expect(bench.outside.done).toEqual(['goods']);
    finish();
    await bench.until(() => bench.outside.done.length === 3, 'the postings');
  });
});

describe('a system that is down', () => {
  test('is left in peace, its commands wait in order, other systems go on, and it is not flooded when it is back', async () => {
    const bench = await Bench.open({ limits: { concurrentMax: 4 } });
    bench.outside.isUp = false;
    for (let count = 0; count < 50; count++) await bench.submit({ group: 'ledger' });
    await bench.until(() => bench.outside.tried.length >= 3, 'the breaker');
    const before = bench.outside.tried.length;
    const startMs = bench.clock.nowMs();
    await bench.submit({ system: 'other', key: 'elsewhere' });
    await bench.until(
      async () => (await bench.submit({ system: 'other', key: 'elsewhere' })).status === 'DONE',
      'the other',
    );
    await bench.until(() => bench.clock.nowMs() - startMs > 60_000, 'a minute', 500);
    // At most one try per opening of the breaker, which lasts two seconds at least once it has doubled.
    expect(bench.outside.tried.length - before).toBeLessThan(35);
    expect((await bench.ask(queueStates, {})).queues[0]).toMatchObject({ system: SYSTEM, waiting: expect.anything() });
    bench.outside.isUp = true;
    await bench.until(() => bench.outside.done.length === 50, 'the drain');
    expect(bench.outside.done).toEqual(Array.from({ length: 50 }, (_, index) => `c${index + 1}`));
  });

  test('gets one try at first when it is back', async () => {
    const bench = await Bench.open({ limits: { concurrentMax: 4 } });
    bench.outside.isUp = false;
    for (let count = 0; count < 8; count++) await bench.submit();
    await bench.until(async () => (await bench.ask(queueStates, {})).queues[0].breaker === 'OPEN', 'the breaker');
    await waitFor(() => bench.outside.underWay === 0);
    bench.outside.underWayMax = 0;
    bench.outside.tried.length = 0;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (let count = 1; count <= 8; count++) bench.outside.slow.set(`c${count}`, gate);
    bench.outside.isUp = true;
    await bench.until(() => bench.outside.underWay === 1, 'the first try');
    bench.clock.advance(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(bench.outside.underWayMax).toBe(1);
    release();
    await bench.until(() => bench.outside.done.length === 8, 'the drain');
  });

  test('costs no command its attempts, however long it is down', async () => {
    const bench = await Bench.open({ limits: { attemptsMax: 2 } });
    bench.outside.isUp = false;
    await bench.submit();
    await bench.submit();
    const startMs = bench.clock.nowMs();
    await bench.until(() => bench.clock.nowMs() - startMs > 300_000, 'five minutes', 1_000);
    bench.outside.isUp = true;
    await bench.until(async () => (await bench.told('command-settled')).length === 2, 'both');
    expect(await bench.told('command-settled')).toMatchObject([
      { data: { status: 'DONE' } },
      { data: { status: 'DONE' } },
    ]);
  });

  test('is told to people once, and so is its return', async () => {
    const bench = await Bench.open({ limits: { stalledAfterMs: 30_000 } });
    bench.outside.isUp = false;
    await bench.submit();
    await bench.until(async () => (await bench.told('system-stalled')).length > 0, 'the warning', 1_000);
    const startMs = bench.clock.nowMs();
    await bench.until(() => bench.clock.nowMs() - startMs > 30_000, 'more time', 1_000);
    expect(await bench.told('system-stalled')).toMatchObject([
      { data: { system: SYSTEM, waiting: 1, because: 'It is down.' } },
    ]);
    bench.outside.isUp = true;
    await bench.until(async () => (await bench.told('system-recovered')).length === 1, 'the return');
  });

  test('that asks for a rest gets it, and is not taken for broken', async () => {
    const bench = await Bench.open();
    bench.outside.failing.set(
      'c1',
      new Obstacle('UPSTREAM_UNAVAILABLE', 'Slow down.', { status: 429, retryAfterMs: 20_000 }),
    );
    await bench.submit();
    await bench.until(() => bench.outside.tried.length === 1, 'the first try');
    await waitFor(() => bench.outside.underWay === 0);
    bench.outside.failing.clear();
    const restedFromMs = bench.clock.nowMs();
    await bench.submit();
    await bench.until(() => bench.outside.done.length === 2, 'the end of the rest', 200);
    expect(bench.clock.nowMs() - restedFromMs).toBeGreaterThanOrEqual(19_000);
    expect((await bench.ask(queueStates, {})).queues[0].breaker).toBe('CLOSED');
  });
});

describe('a command that fails although its system is there', () => {
  async function dead(): Promise<Bench> {
    const bench = await Bench.open({ limits: { attemptsMax: 3, breakerFailures: 1_000 } });
    bench.outside.failing.set('bad', DOWN);
    await bench.submit({ key: 'bad', group: 'g' });
    await bench.submit({ key: 'next', group: 'g' });
    let count = 0;
    await bench.until(async () => {
      await bench.submit({ key: `good${++count}` });
      return (await bench.told('command-settled')).some(({ data }) => (data as { status: string }).status === 'DEAD');
    }, 'the end of patience');
    return bench;
  }

  test('is given up and told, and its group goes on', async () => {
    const bench = await dead();
    await bench.until(() => bench.outside.done.includes('next'), 'the rest of its group');
    expect(bench.outside.done).not.toContain('bad');
    const { commands } = await bench.ask(listCommands, { system: SYSTEM, status: 'DEAD', limit: 10 });
    expect(commands).toMatchObject([{ key: 'bad', attempts: 3, reason: 'It is down.' }]);
    // Its sender has not had the last word of the system.
    await expect(bench.submit({ key: 'bad', group: 'g' })).resolves.toEqual({ status: 'WAITING' });
  });

  test('is done when an operator lets it go again, and only once', async () => {
    const bench = await dead();
    bench.outside.failing.clear();
    await bench.ask(replayCommand, { system: SYSTEM, key: 'bad' });
    await bench.until(() => bench.outside.done.includes('bad'), 'the replay');
    await bench.until(
      async () => (await bench.ask(replayCommand, { system: SYSTEM, key: 'bad' })).status === 'DONE',
      'done',
    );
    expect(bench.outside.done.filter((key) => key === 'bad')).toHaveLength(1);
  });

  test('is refused to its sender when an operator gives it up for good', async () => {
    const bench = await dead();
    await expect(bench.ask(discardCommand, { system: SYSTEM, key: 'bad' })).resolves.toEqual({ status: 'DISCARDED' });
    await expect(bench.submit({ key: 'bad', group: 'g' })).resolves.toMatchObject({ status: 'REFUSED' });
    await expect(bench.ask(discardCommand, { system: SYSTEM, key: 'none' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  test('for a fault of ours is given up as well', async () => {
    const bench = await Bench.open({ limits: { attemptsMax: 2 } });
    bench.outside.failing.set('c1', new TypeError('undefined is no function'));
    await bench.submit();
    await bench.until(async () => (await bench.told('command-settled')).length === 1, 'the end');
    expect((await bench.told('command-settled'))[0]?.data).toMatchObject({ status: 'DEAD', attempts: 2 });
  });
});

describe('a system without idempotency keys', () => {
  test('is searched for what it may have before anything is made again', async () => {
    const made: string[] = [];
    const searched: string[] = [];
    let losesAnswers = true;
    const handlers: CommandHandlers = {
      post: {
        perform: async (_, { key }) => {
          made.push(key);
          if (losesAnswers) throw new Obstacle('UPSTREAM_TIMEOUT', 'No answer in time.');
          return { number: made.length };
        },
        find: async (_, { key }) => {
          searched.push(key);
          return made.includes(key) ? { result: { found: key } } : undefined;
        },
      },
    };
    const bench = await Bench.open({ handlers });
    await bench.submit({ key: 'order-1' });
    await bench.until(async () => (await bench.told('command-settled')).length === 1, 'the settlement');
    expect(made).toEqual(['order-1']);
    expect(searched).toEqual(['order-1']);
    await expect(bench.submit({ key: 'order-1' })).resolves.toEqual({ status: 'DONE', result: { found: 'order-1' } });
    losesAnswers = false;
    await bench.submit({ key: 'order-2' });
    await bench.until(() => made.includes('order-2'), 'the second');
    expect(searched).toEqual(['order-1']);
  });

  test('is searched after a crash between the making and the writing down', async () => {
    const made: string[] = [];
    let hang = true;
    const handlers: CommandHandlers = {
      post: {
        perform: async (_, { key }) => {
          made.push(key);
          if (hang) throw new Obstacle('UPSTREAM_TIMEOUT', 'The process died here.');
          return null;
        },
        find: async (_, { key }) => (made.includes(key) ? { result: 'found' } : undefined),
      },
    };
    const bench = await Bench.open({ handlers, limits: { backoffMinMs: 60_000, backoffMaxMs: 60_000 } });
    await bench.submit({ key: 'order-1' });
    await bench.until(() => made.length === 1, 'the first try');
    await bench.stop();
    hang = false;
    await bench.start({ handlers });
    await bench.until(async () => (await bench.submit({ key: 'order-1' })).status === 'DONE', 'the end', 5_000);
    expect(made).toEqual(['order-1']);
  });
});

describe('retention', () => {
  test('removes what ended long ago and keeps what waits or waits for a person', async () => {
    const bench = await Bench.open({
      limits: { settledKeptMs: 10_000, sweepEveryMs: 1_000, attemptsMax: 1, sweepCommands: 2 },
    });
    bench.outside.failing.set('bad', new TypeError('broken'));
    await bench.submit({ key: 'bad' });
    for (let count = 0; count < 5; count++) await bench.submit();
    await bench.until(() => bench.outside.done.length === 5, 'the commands');
    const list = async (status: string) =>
      (await bench.ask(listCommands, { system: SYSTEM, status, limit: 100 })).commands;
    await bench.until(async () => (await list('DONE')).length === 0, 'the sweep');
    expect(await list('DEAD')).toHaveLength(1);
  });
});
