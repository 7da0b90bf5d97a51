import { describe, expect, test } from '@jest/globals';
import { explainAvailability } from '../app/explain-availability.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { FeedSettings } from './ledger-command.ts';

const STALE_AFTER_MS = 100_000;

function watched(): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
  bench.receive('L0', '10');
  bench.receive('L1', '10');
  const rules = [{ kind: 'STALE_BUFFER' as const, location: 'L0', quantity: '4', isRemoved: false }];
  const request = { changedBy: 'op', effectiveAtMs: null, rules };
  bench.do({ type: 'change-availability-rules', request });
  setFeed(bench, { system: 'pos', staleAfterMs: STALE_AFTER_MS });
  return bench;
}

const setFeed = (bench: LedgerBench, feed: FeedSettings['feed'], location = 'L0') =>
  bench.do({ type: 'set-location-feed', request: { location, feed } });
const mark = (bench: LedgerBench) => bench.do({ type: 'mark-stale-feeds' });
const hear = (bench: LedgerBench, system = 'pos', occurredAtMs = bench.clock.nowMs()) =>
  bench.do({ type: 'hear-feed', location: 'L0', system, occurredAtMs });

describe('the feed of a location', () => {
  test('becomes stale at its time, keeps the buffer back, and is fresh with the next fact', () => {
    const bench = watched();
    expect(bench.state.feeds.nextStaleMs()).toBe(bench.clock.nowMs() + STALE_AFTER_MS);
    bench.clock.advance(STALE_AFTER_MS - 1);
    expect(mark(bench).events).toEqual([]);
    bench.clock.advance(1);
    expect(mark(bench).events).toMatchObject([{ type: 'feed-became-stale', location: 'L0' }]);
    expect(mark(bench).events).toEqual([]);
    expect(bench.terms('WEB').available).toBe(16);
    const { events } = bench.sell('L0', '1');
    expect(events.map(({ type }) => type)).toEqual(['stock-moved', 'fact-recorded', 'feed-heard', 'feed-became-fresh']);
    expect(bench.terms('WEB').available).toBe(19);
  });

  test('tells its buffer as a term, with the instant since which it is stale', () => {
    const bench = watched();
    bench.clock.advance(STALE_AFTER_MS);
    mark(bench);
    const channel = bench.state.territory.channels.get('WEB');
    if (!channel) throw new Error('no channel');
    const terms = bench.terms('WEB');
    const answer = {
      sku: 'A',
      channel,
      available: '16',
      band: 'OK',
      nodes: [],
      terms,
      shipsAtMs: null,
      seq: 1,
    } as const;
    expect(explainAvailability(bench.state, answer).filter(({ kind }) => kind === 'STALE_BUFFER')).toEqual([
      { kind: 'STALE_BUFFER', location: 'L0', quantity: '-4', changedAt: new Date(bench.clock.nowMs()).toISOString() },
    ]);
  });

  test('is kept fresh by heartbeats and by facts that move nothing, of its own system alone', () => {
    const bench = watched();
    bench.clock.advance(60_000);
    hear(bench);
    bench.clock.advance(60_000);
    const lines = [{ lineId: '1', orderLine: 'ol1', sku: 'A', quantity: '1' }];
    bench.fact('pick-recorded', { order: 'o1', location: 'L0', lines });
    bench.clock.advance(60_000);
    expect(hear(bench, 'wms').events).toEqual([]);
    bench.clock.advance(40_000);
    expect(mark(bench).events).toHaveLength(1);
  });

  test('goes by when things happened: a backlog makes it fresh only at its end, a repetition never', () => {
    const bench = watched();
    const startMs = bench.clock.nowMs();
    bench.sell('L0', '1', { eventId: 'known', occurredAtMs: startMs });
    bench.clock.advance(10 * STALE_AFTER_MS);
    mark(bench);
    bench.sell('L0', '1', { occurredAtMs: startMs + STALE_AFTER_MS });
    bench.sell('L0', '1', { eventId: 'known', occurredAtMs: startMs });
    expect(bench.state.staleLocations.size).toBe(1);
    bench.sell('L0', '1', { occurredAtMs: bench.clock.nowMs() - 1 });
    expect(bench.state.staleLocations.size).toBe(0);
  });

  test('is not made fresh for ever by a clock that runs ahead', () => {
    const bench = watched();
    hear(bench, 'pos', bench.clock.nowMs() + 10 * STALE_AFTER_MS);
    bench.clock.advance(STALE_AFTER_MS);
    expect(mark(bench).events).toHaveLength(1);
  });

  test('is heard by lines that have to wait, and notes it in steps', () => {
    const bench = watched();
    bench.clock.advance(STALE_AFTER_MS);
    mark(bench);
    const lines = [{ lineId: '1', sku: 'X', quantity: '1', unitPriceMinor: 1 }];
    const parked = bench.fact('store-sale-recorded', { location: 'L0', externalId: 'r', lines });
    expect(parked).toMatchObject({ answer: { parked: [{ code: 'UNKNOWN_SKU' }] } });
    expect(parked.events.map(({ type }) => type)).toEqual(['feed-heard', 'feed-became-fresh']);
    bench.clock.advance(STALE_AFTER_MS / 20 - 1);
    expect(hear(bench).events).toEqual([]);
    bench.clock.advance(1);
    expect(hear(bench).events).toHaveLength(1);
  });

  test('that is taken away or given to another system is stale no more', () => {
    const bench = watched();
    bench.clock.advance(STALE_AFTER_MS);
    mark(bench);
    expect(setFeed(bench, { system: 'wms', staleAfterMs: STALE_AFTER_MS }).events).toHaveLength(2);
    expect(bench.terms('WEB').available).toBe(20);
    expect(setFeed(bench, { system: 'wms', staleAfterMs: STALE_AFTER_MS }).events).toEqual([]);
    setFeed(bench, null);
    bench.clock.advance(10 * STALE_AFTER_MS);
    expect(mark(bench).events).toEqual([]);
    expect(bench.state.feeds.nextStaleMs()).toBeUndefined();
  });

  test.each([
    ['an unknown location', { system: 'pos', staleAfterMs: 60_000 }, 'X', 'UNKNOWN_LOCATION'],
    ['too short a time', { system: 'pos', staleAfterMs: 999 }, 'L1', 'BAD_USER_INPUT'],
    ['too long a time', { system: 'pos', staleAfterMs: 31 * 86_400_000 }, 'L1', 'BAD_USER_INPUT'],
  ])('is refused for %s', (_title, feed, location, code) => {
    expect(setFeed(watched(), feed, location)).toMatchObject({ code, events: [] });
  });
});
