import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { stockAdjusted } from '../../schema/events/inbox.ts';
import { PositionGone, type Feed } from './feed.ts';
import { createInbox, type Inbox } from './inbox.ts';
import type { InboundMessage } from './inbound.ts';
import { createPoller, type Poller, type PollerOptions } from './poller.ts';
import { UpstreamUnavailable } from './upstream-errors.ts';

const PAGE = 10;

let platform: TestPlatform;
let inbox: Inbox;
let rows: number[];
let reads: number[];
let failure: Error | undefined;

beforeEach(async () => {
  platform = await openTestPlatform();
  inbox = await createInbox({ platform });
  [rows, reads, failure] = [[], [], undefined];
});

afterEach(() => platform.close());

const feed = (overlap = 0): Feed => ({
  name: 'rows',
  overlap,
  read: async (after) => {
    reads.push(after);
    if (failure) throw failure;
    const later = rows.filter((row) => row > after).sort((left, right) => left - right);
    const page = later.slice(0, PAGE);
    return { messages: page.map(message), last: page.at(-1) ?? after, hasMore: later.length > PAGE };
  },
});

function message(row: number): InboundMessage {
  const lines = [{ lineId: '1', sku: 'A-1', quantity: '-1', reason: 'LOST' }];
  return { eventId: `row-${row}`, definition: stockAdjusted, occurredAtMs: row, data: { location: 'DC-1', lines } };
}

const open = (options: Partial<PollerOptions> = {}): Promise<Poller> =>
  createPoller({ source: 'wms-north', feed: feed(), inbox, platform, ...options });

async function received(): Promise<string[]> {
  await platform.documents.flushOutbox();
  return (await platform.streams.read('INBOX_EVENTS', 0, 1_000)).map(({ envelope }) => envelope.source.eventId);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a round', () => {
  test('reads page after page until nothing is left', async () => {
    rows = upTo(25);
    expect(await (await open()).round()).toEqual({ received: 25, hasMore: false });
    expect(await received()).toEqual(rows.map((row) => `row-${row}`));
  });

  test('goes on where the last one ended, also after a restart', async () => {
    rows = upTo(5);
    await (await open()).round();
    rows = upTo(7);
    reads = [];
    await (await open()).round();
    expect(reads).toEqual([5]);
    expect(await received()).toHaveLength(7);
  });

  test('begins before the last position, so that rows which became visible late are seen, each once', async () => {
    rows = [1, 2, 4];
    const poller = await open({ feed: feed(3) });
    await poller.round();
    rows = [1, 2, 3, 4, 5];
    await poller.round();
    expect(reads).toEqual([0, 1]);
    expect((await received()).sort()).toEqual(['row-1', 'row-2', 'row-3', 'row-4', 'row-5']);
  });

  test('ends after so many pages and says that there are more', async () => {
    rows = upTo(25);
    const poller = await open({ limits: { pagesPerRoundMax: 2 } });
    expect(await poller.round()).toEqual({ received: 20, hasMore: true });
    expect(await poller.round()).toEqual({ received: 5, hasMore: false });
  });

  test('keeps its position when a page could not be taken in', async () => {
    rows = upTo(5);
    const failing: Inbox = { ...inbox, receive: () => Promise.reject(new UpstreamUnavailable('storage')) };
    const poller = await open({ inbox: failing });
    await expect(poller.round()).rejects.toThrow(UpstreamUnavailable);
    await (await open()).round();
    expect(reads).toEqual([0, 0]);
    expect(await received()).toHaveLength(5);
  });

  test('begins anew at the oldest row when the system does not keep its position any more, and tells so once', async () => {
    const telemetry = new RecordingTelemetry();
    let oldest = 1;
    const forgetful: Feed = {
      ...feed(),
      read: async (after) => {
        if (after !== 0 && (after + 1 < oldest || after > Math.max(...rows))) throw new PositionGone('wms-north');
        return feed().read(after);
      },
    };
    const options = { feed: forgetful, platform: { ...platform, telemetry } };
    rows = upTo(5);
    await (await open(options)).round();
    [oldest, rows] = [8, [8, 9]];
    await (await open(options)).round();
    // Numbered anew, as after a reinstallation: lower than the position.
    [oldest, rows] = [1, [6, 7]];
    await (await open(options)).round();
    await (await open(options)).round();
    expect(await received()).toEqual([...upTo(5), 8, 9, 6, 7].map((row) => `row-${row}`));
    expect(telemetry.total('poller_gaps_total')).toBe(2);
  });

  test('starts a feed that was never read where it is told to', async () => {
    rows = upTo(5);
    await (await open({ from: 3 })).round();
    expect(await received()).toEqual(['row-4', 'row-5']);
  });

  test('is shared by all who ask for one at the same time', async () => {
    const poller = await open();
    await Promise.all([poller.round(), poller.round()]);
    expect(reads).toEqual([0]);
  });
});

describe('a started poller', () => {
  let clock: FakeClock;
  let poller: Poller;

  beforeEach(async () => {
    clock = new FakeClock();
    poller = await open({
      platform: { ...platform, clock },
      limits: { intervalMs: 1_000, compareEveryMs: 0, backoffMinMs: 100, backoffMaxMs: 400 },
    });
  });

  afterEach(() => poller.stop());

  /** Lets time pass until the next round has begun and ended, and tells how much that took. */
  async function nextRound(stepMs: number): Promise<number> {
    const before = reads.length;
    await waitFor(() => clock.pending === 1, 'the next timer');
    let passedMs = 0;
    while (reads.length === before) {
      clock.advance(stepMs);
      passedMs += stepMs;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await waitFor(() => clock.pending === 1, 'the end of the round');
    return passedMs;
  }

  test('reads at once and then every interval', async () => {
    poller.start();
    clock.advance(0);
    await waitFor(() => reads.length === 1);
    expect(await nextRound(500)).toBe(1_000);
  });

  test('waits longer after each failure, up to a bound, and returns to its interval', async () => {
    failure = new UpstreamUnavailable('wms-north');
    poller.start();
    clock.advance(0);
    await waitFor(() => reads.length === 1);
    const waits = [await nextRound(10), await nextRound(10), await nextRound(10), await nextRound(10)];
    expect(waits[0]).toBeLessThanOrEqual(110);
    expect(waits.at(-1)).toBeLessThanOrEqual(410);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(200);
    failure = undefined;
    await nextRound(10);
    expect(await nextRound(500)).toBe(1_000);
  });

  test('reads at once when it is nudged', async () => {
    poller.start();
    clock.advance(0);
    await waitFor(() => reads.length === 1 && clock.pending === 1);
    poller.nudge();
    expect(await nextRound(1)).toBe(1);
  });

  test('reads no more once it is stopped', async () => {
    poller.start();
    clock.advance(0);
    await waitFor(() => reads.length === 1 && clock.pending === 1);
    await poller.stop();
    clock.advance(10_000);
    expect(reads).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe('a comparison of the whole feed', () => {
  test('brings in what became visible behind the position, counts it as missed, and comes again', async () => {
    const clock = new FakeClock();
    const telemetry = new RecordingTelemetry();
    const own = await openTestPlatform({ clock, telemetry });
    const box = await createInbox({ platform: own });
    const limits = { intervalMs: 3_600_000, compareEveryMs: 10_000, comparePageEveryMs: 10 };
    rows = upTo(25).filter((row) => row !== 7);
    const poller = await open({ platform: own, inbox: box, limits });
    const comparisons = () => telemetry.total('feed_comparisons_total');
    const until = (condition: () => boolean) =>
      waitFor(() => {
        clock.advance(500);
        return condition();
      });
    poller.start();
    clock.advance(0);
    await waitFor(() => reads.length === 3);
    rows = upTo(25);
    await until(() => comparisons() === 1);
    expect(telemetry.total('feed_missed_messages_total')).toBe(1);
    await until(() => comparisons() === 2);
    expect(telemetry.total('feed_missed_messages_total')).toBe(1);
    await own.documents.flushOutbox();
    const told = await own.streams.read('INBOX_EVENTS', 0, 1_000);
    expect(told.map(({ envelope }) => envelope.source.eventId).at(-1)).toBe('row-7');
    await poller.stop();
    await own.close();
  });
});

describe('rewinding', () => {
  test('reads again what followed an earlier time, and everything where positions are no times', async () => {
    rows = upTo(8);
    const poller = await open();
    await poller.round();
    reads = [];
    await poller.rewind(3);
    await poller.round();
    expect(reads[0]).toBe(3);
    await poller.rewind(100);
    reads = [];
    await poller.round();
    expect(reads[0]).toBe(8);
    const numbered = await open({ feed: { ...feed(), name: 'numbered', isByTime: false } });
    await numbered.round();
    await numbered.rewind(5);
    reads = [];
    await numbered.round();
    expect(reads[0]).toBe(0);
  });
});
