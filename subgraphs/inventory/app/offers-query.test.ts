import { beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { channelOf } from './availability-query.ts';
import { offersOf } from './offers-query.ts';

const DAY_MS = 86_400_000;

let bench: LedgerBench;

beforeEach(() => {
  bench = LedgerBench.withLocations(3).channel('WEB', ['L0', 'L1']);
  bench.receive('L0', '3');
});

const inDays = (days: number): string => new Date(bench.clock.nowMs() + days * DAY_MS).toISOString();

/** @param days null: nobody has said when */
function announce(location: string, quantity: string, days: number | null, document = `PO-${location}-${days}`): void {
  const expected = days === null ? {} : { expectedAt: inDays(days) };
  const lines = [{ lineId: '1', documentLine: '1', sku: 'A', quantity, ...expected }];
  const source = { system: 'erp', eventId: document };
  const fact = { source, occurredAtMs: bench.clock.nowMs(), data: { document, location, lines } };
  bench.do({ type: 'record-fact', fact: { type: 'supply-announced', ...fact } });
}

function expectedAt(quantity: string): string | null | undefined {
  const channel = channelOf(bench.state, 'WEB');
  return offersOf(bench.state, { channel, lines: [{ sku: 'A', quantity }] }, 1).lines[0]?.expectedAt;
}

describe('from when a line can be served', () => {
  test('is not told of what can be shipped now, nor while nothing is to come', () => {
    expect(expectedAt('3')).toBeNull();
    expect(expectedAt('4')).toBeNull();
    announce('L0', '5', 2);
    expect(expectedAt('3')).toBeNull();
  });

  test('is the day on which enough has come to the network, the earliest first', () => {
    announce('L1', '4', 5);
    announce('L0', '2', 2);
    expect(expectedAt('4')).toBe(inDays(2));
    expect(expectedAt('5')).toBe(inDays(2));
    expect(expectedAt('6')).toBe(inDays(5));
    expect(expectedAt('9')).toBe(inDays(5));
    expect(expectedAt('10')).toBeNull();
  });

  test('comes after what the network owes already, and forgets what was received or lies elsewhere', () => {
    announce('L0', '4', 2);
    announce('L2', '50', 1);
    bench.reserve([['A', '2']]);
    expect(expectedAt('5')).toBe(inDays(2));
    expect(expectedAt('6')).toBeNull();
    const lines = [{ lineId: '1', sku: 'A', quantity: '4' }];
    bench.fact('goods-received', { location: 'L0', reference: 'PO-L0-2', lines });
    expect(expectedAt('5')).toBeNull();
    expect(expectedAt('6')).toBeNull();
  });

  test('is unknown as soon as supply without a day would be needed', () => {
    announce('L0', '2', 2);
    announce('L1', '9', null);
    expect(expectedAt('5')).toBe(inDays(2));
    expect(expectedAt('6')).toBeNull();
  });
});
