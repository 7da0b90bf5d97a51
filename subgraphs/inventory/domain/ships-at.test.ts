import { describe, expect, test } from '@jest/globals';
import { availabilityOf } from '../app/availability-query.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { findNodes } from './find-nodes.ts';
import type { SellPolicyRequest } from './read-rule.ts';

const DAY_MS = 86_400_000;

/** Two are there, and two channels sell them. */
function shop(): LedgerBench {
  const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']).channel('APP', ['L0']);
  bench.receive('L0', '2');
  return bench;
}

function setPolicy(bench: LedgerBench, sellPolicy: SellPolicyRequest, channel?: string) {
  const rule = { kind: 'SELL_POLICY', sku: 'A', sellPolicy, isRemoved: false, ...(channel && { channel }) } as const;
  return bench.do({
    type: 'change-availability-rules',
    request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] },
  });
}

const ahead = (shipsAtMs: number) =>
  ({ mode: 'PREORDER', limit: '9', horizonMs: 0, confidenceBasisPoints: 10_000, shipsAtMs }) as const;

function shipsAtOf(bench: LedgerBench, channel: string): string | undefined {
  const made = bench.reserve([['A', '1']], { channel, kind: 'ORDER', owner: 'o1' });
  if (made.code !== undefined) throw new Error(made.code);
  return made.answer.reservations[0]?.shipsAt;
}

describe('what a channel sells ahead', () => {
  test('is claimed with its day, also what is in stock, until the day has come', () => {
    const bench = shop();
    const shipsAtMs = bench.clock.nowMs() + DAY_MS;
    setPolicy(bench, ahead(shipsAtMs));
    expect(shipsAtOf(bench, 'WEB')).toBe(new Date(shipsAtMs).toISOString());
    bench.clock.advance(DAY_MS);
    expect(shipsAtOf(bench, 'WEB')).toBeUndefined();
  });

  test('has the day of its own policy, and none where its own policy names none', () => {
    const bench = shop();
    const everywhere = bench.clock.nowMs() + DAY_MS;
    setPolicy(bench, ahead(everywhere));
    setPolicy(bench, { mode: 'DENY' }, 'APP');
    expect([shipsAtOf(bench, 'WEB'), shipsAtOf(bench, 'APP')]).toEqual([new Date(everywhere).toISOString(), undefined]);
    const { shipsAtMs: _, ...undated } = ahead(0);
    setPolicy(bench, undated, 'WEB');
    expect(availabilityTold(bench)).toBeNull();
  });

  test('is told with its day to whoever asks for locations, and in availability, also after a restart', () => {
    const bench = shop();
    const shipsAtMs = bench.clock.nowMs() + DAY_MS;
    setPolicy(bench, ahead(shipsAtMs));
    for (const from of ['LOG', 'SNAPSHOT'] as const) bench.restart(from);
    const found = findNodes(bench.state, { channel: 'WEB', lines: [{ lineRef: 'l', sku: 'A', quantity: '1' }] });
    expect(found).toMatchObject({ lines: [{ shipsAt: new Date(shipsAtMs).toISOString() }] });
    expect(availabilityTold(bench)).toBe(shipsAtMs);
  });

  test('alone has a day', () => {
    const policy = { mode: 'BACKORDER', limit: '9', shipsAtMs: 1 } as const;
    expect(setPolicy(shop(), policy)).toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'shipsAt' } });
  });
});

function availabilityTold(bench: LedgerBench): number | null | undefined {
  const channel = bench.state.territory.channels.get('WEB');
  if (!channel) throw new Error('There is no channel.');
  return availabilityOf(bench.state, { sku: 'A', channel }, 1)?.shipsAtMs;
}
