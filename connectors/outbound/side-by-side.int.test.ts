/* Processes beside each other that know the same systems: one lets the commands of a system go. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { SideBySide } from '../../kernel/testing/side-by-side.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { listCommands, queueStates, replayCommand, type QueueStatesReply } from '../../schema/commands/outbound.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import { openOutbound, type Outbound } from './open-outbound.ts';
import type { OutboundLimits } from './outbound-limits.ts';

const SYSTEM = 'erp-main';
const QUICK: Partial<OutboundLimits> = {
  backoffMinMs: 5,
  backoffMaxMs: 20,
  breakerOpenMinMs: 5,
  breakerOpenMaxMs: 20,
  pollMs: 10,
  recountEveryMs: 20,
};

let shared: TestPlatform;
let beside: SideBySide;
/** By whom each command was done, in order. */
let done: { readonly key: string; readonly process: string }[];
let failing: (key: string) => boolean;
let hold: Promise<void>;
let opened: Outbound[];

beforeEach(async () => {
  shared = await openTestPlatform();
  beside = new SideBySide();
  done = [];
  failing = () => false;
  hold = Promise.resolve();
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((outbound) => outbound.close()));
  await shared.close();
});

interface ProcessOptions {
  readonly limits?: Partial<OutboundLimits>;
  readonly drains?: boolean;
  readonly whileLed?: () => () => Promise<void>;
}

async function open(process: string, { limits, drains = true, whileLed }: ProcessOptions = {}): Promise<Outbound> {
  const platform = beside.process(shared);
  const perform = async (_payload: unknown, { key }: { readonly key: string }): Promise<null> => {
    await hold;
    if (failing(key)) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'It is down.', { status: 503 });
    done.push({ key, process });
    return null;
  };
  const pace = new VendorPace(platform.clock, { perSecond: 10_000, burst: 10_000 });
  const system = { system: SYSTEM, handlers: { post: { perform } }, pace, ...(whileLed && { whileLed }) };
  const outbound = await openOutbound(platform, { systems: [system], drains, limits: { ...QUICK, ...limits } });
  opened.push(outbound);
  return outbound;
}

async function close(outbound: Outbound): Promise<void> {
  opened = opened.filter((each) => each !== outbound);
  await outbound.close();
}

const submit = (outbound: Outbound, key: string, group = 'ledger') =>
  outbound.submit({
    system: SYSTEM,
    key,
    name: 'post',
    lane: 'FINANCE',
    group,
    ref: `ref-${key}`,
    payload: { key },
    correlationId: key,
  });

/** @param nth 0 is the process that was opened first */
async function ask<Reply>(
  nth: number,
  definition: { readonly context: string; readonly name: string },
  request: object,
) {
  return (await beside.ask(nth, rpcSubjectOf(definition.context, definition.name), request)) as Reply;
}

const keys = (count: number) => Array.from({ length: count }, (_, index) => `c${index + 1}`);

describe('queues of processes beside each other', () => {
  test('go from one of them, in the order in which all took them in, and from the other when that one ends', async () => {
    const first = await open('first');
    const second = await open('second');
    for (const [index, key] of keys(20).entries()) await submit(index % 2 === 0 ? first : second, key);
    await waitFor(() => done.length === 20);
    expect(new Set(done.map(({ process }) => process))).toEqual(new Set(['first']));
    await close(first);
    for (const key of keys(30).slice(20)) await submit(second, key);
    await waitFor(() => done.length === 30);
    expect(done.map(({ key }) => key)).toEqual(keys(30));
    expect(done.slice(20).every(({ process }) => process === 'second')).toBe(true);
  });

  test('are not done again by one that was deposed and leads later on', async () => {
    let letGo = (): void => undefined;
    hold = new Promise((resolve) => (letGo = resolve));
    const first = await open('first', { limits: { pageCommands: 5 } });
    const second = await open('second');
    for (const key of keys(10)) await submit(first, key);
    await waitFor(async () => (await first.hasWaiting(SYSTEM)) && first.waiting(SYSTEM) === 10);
    beside.depose(`outbound-${SYSTEM}`);
    letGo();
    await waitFor(async () => !(await second.hasWaiting(SYSTEM)));
    await close(second);
    await submit(first, 'last');
    await waitFor(() => done.at(-1)?.key === 'last');
    expect(done.at(-1)?.process).toBe('first');
    // The one that was under way when the lease was lost may have been done by both.
    expect([...new Set(done.map(({ key }) => key))]).toEqual([...keys(10), 'last']);
    expect(done.length).toBeLessThanOrEqual(12);
  });

  test('tell how they stand, whoever is asked', async () => {
    const first = await open('first', { limits: { breakerOpenMinMs: 60_000, breakerOpenMaxMs: 60_000 } });
    const second = await open('second');
    failing = () => true;
    await submit(second, 'c1');
    await submit(second, 'c2', 'other');
    const told = async (nth: number) => (await ask<QueueStatesReply>(nth, queueStates, {})).queues[0];
    await waitFor(async () => (await told(0))?.breaker === 'OPEN');
    expect(await told(1)).toMatchObject({ breaker: 'OPEN', underWay: 0 });
    await waitFor(() => first.waiting(SYSTEM) === 2 && second.waiting(SYSTEM) === 2, 'both to have counted');
  });

  test('take a command up that was put back by a process which does not lead, however many wait behind it', async () => {
    const first = await open('first', { limits: { attemptsMax: 1, breakerFailures: 1_000, pollMs: 60_000 } });
    await open('second');
    failing = (key) => key !== 'good';
    await submit(first, 'bad', 'a');
    const dead = async () => {
      const request = { system: SYSTEM, status: 'DEAD', limit: 10 };
      return (await ask<{ commands: { key: string }[] }>(1, listCommands, request)).commands;
    };
    // It fails while others are done, and so counts.
    await waitFor(async () => {
      await submit(first, 'good', 'b');
      return (await dead()).length === 1;
    });
    await submit(first, 'blocked-1', 'c');
    failing = (key) => key.startsWith('blocked');
    await ask(1, replayCommand, { system: SYSTEM, key: 'bad' });
    await waitFor(() => done.some(({ key }) => key === 'bad'));
    expect(done.filter(({ key }) => key === 'bad')).toHaveLength(1);
  });

  test('have room again for a process that only takes commands in, when another has let them go', async () => {
    await open('first');
    const orders = await open('orders', { drains: false, limits: { waitingMax: 3 } });
    for (const key of keys(3)) await submit(orders, key);
    await waitFor(() => done.length === 3);
    // It has not heard of that, and looks for itself.
    await waitFor(() => submit(orders, 'c4'));
    await waitFor(() => done.length === 4);
  });

  test('have what belongs to them run in the one process from which commands go', async () => {
    const running: string[] = [];
    const whileLed = (name: string) => () => {
      running.push(name);
      return async () => void running.splice(running.indexOf(name), 1);
    };
    const first = await open('first', { whileLed: whileLed('first') });
    await open('second', { whileLed: whileLed('second') });
    await waitFor(() => running.length === 1);
    expect(running).toEqual(['first']);
    await close(first);
    await waitFor(() => running.includes('second'));
    expect(running).toEqual(['second']);
  });
});
