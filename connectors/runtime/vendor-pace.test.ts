import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { VendorPace } from './vendor-pace.ts';

function open(limits = { perSecond: 2, burst: 3 }) {
  const clock = new FakeClock();
  return { clock, pace: new VendorPace(clock, limits) };
}

/** Calls that go without waiting. */
function goNow(pace: VendorPace): number {
  let count = 0;
  while (pace.take() === 0) count++;
  return count;
}

describe('the pace of calls to a vendor', () => {
  test('lets a burst go, then as many as a second has', () => {
    const { clock, pace } = open();
    expect(goNow(pace)).toBe(3);
    expect(pace.take()).toBe(500);
    clock.advance(1_000);
    expect(goNow(pace)).toBe(2);
    clock.advance(3_600_000);
    expect(goNow(pace)).toBe(3);
  });

  test('rests for as long as the vendor asks, in seconds or until an instant', () => {
    const { clock, pace } = open();
    pace.hear({ status: 429, headers: { 'retry-after': '7' } });
    expect(pace.take()).toBe(7_000);
    clock.advance(7_000);
    expect(pace.take()).toBe(0);
    const at = new Date(clock.nowMs() + 9_000).toUTCString();
    pace.hear({ status: 503, headers: { 'retry-after': at } });
    expect(pace.take()).toBe(9_000);
  });

  test('takes no Retry-After of a success for a pause, and no shorter pause for the end of a longer one', () => {
    const { pace } = open();
    pace.hear({ status: 200, headers: { 'retry-after': '7' } });
    expect(pace.take()).toBe(0);
    pace.pause(10_000);
    pace.pause(1_000);
    expect(pace.take()).toBe(10_000);
  });

  test('never pauses beyond its bound, whatever a vendor asks', () => {
    const clock = new FakeClock();
    const pace = new VendorPace(clock, { pauseMsMax: 60_000 });
    pace.hear({ status: 429, headers: { 'retry-after': '999999999' } });
    expect(pace.take()).toBe(60_000);
  });

  test.each([
    ['RateLimit', { ratelimit: 'limit=100, remaining=0, reset=4' }],
    ['RateLimit of later drafts', { ratelimit: '"default";r=0;t=4' }],
    ['RateLimit-Remaining', { 'ratelimit-remaining': '0', 'ratelimit-reset': '4' }],
    ['X-RateLimit-Remaining', { 'x-ratelimit-remaining': ['0'], 'x-ratelimit-reset': ['4'] }],
  ])('goes no further than the vendor has calls left: %s', (_, headers) => {
    const { pace } = open();
    pace.hear({ status: 200, headers });
    expect(pace.take()).toBe(4_000);
  });

  test('reads a reset that is an instant', () => {
    const { clock, pace } = open();
    const reset = String(clock.nowMs() / 1_000 + 5);
    pace.hear({ status: 200, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } });
    expect(pace.take()).toBe(5_000);
  });

  test('believes a vendor that has fewer calls left than it thought, and not one that has more', () => {
    const { pace } = open();
    pace.hear({ status: 200, headers: { 'x-ratelimit-remaining': '1' } });
    expect(goNow(pace)).toBe(1);
    pace.hear({ status: 200, headers: { 'x-ratelimit-remaining': '50' } });
    expect(goNow(pace)).toBe(0);
  });

  test('saves nothing up for the time after an outage', () => {
    const { clock, pace } = open({ perSecond: 10, burst: 100 });
    pace.drain();
    expect(goNow(pace)).toBe(1);
    clock.advance(1_000);
    pace.drain();
    expect(goNow(pace)).toBe(1);
  });
});
