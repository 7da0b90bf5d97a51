import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../kernel/model/errors.ts';
import type { FindNodes } from '../../../schema/commands/inventory.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { findNodes } from './find-nodes.ts';
import { NONE } from './bucket.ts';
import { bindableWithoutHarm } from './servable-demand.ts';

const DAY_MS = 86_400_000;

function ask(bench: LedgerBench, more: Partial<FindNodes> = {}) {
  const lines = [{ lineRef: 'l', sku: 'A', quantity: '1' }];
  const found = findNodes(bench.state, { channel: 'WEB', lines, ...more });
  if (isRefusal(found)) throw new Error(found.message);
  return found.lines[0];
}

describe('what each location could serve', () => {
  test('is told of those that can serve any, with how many were looked at', () => {
    const bench = LedgerBench.withLocations(3).channel('WEB', ['L0', 'L1', 'L2']);
    bench.receive('L1', '4');
    expect(ask(bench)).toEqual({ lineRef: 'l', nodes: [{ location: 'L1', available: '4' }], examined: 3 });
  });

  test('is at every location what may be bound there without harm to the demand of other networks', () => {
    const bench = LedgerBench.withLocations(4)
      .channel('WEB', ['L0', 'L1', 'L2', 'L3'])
      .channel('APP', ['L0', 'L1'])
      .channel('KIOSK', ['L1', 'L2']);
    for (const [location, quantity] of [
      ['L0', '2'],
      ['L1', '3'],
      ['L2', '2'],
      ['L3', '5'],
    ] as const) {
      bench.receive(location, quantity);
    }
    expect(bench.reserve([['A', '4']], { channel: 'APP' }).code).toBeUndefined();
    expect(bench.reserve([['A', '1']], { channel: 'KIOSK' }).code).toBeUndefined();
    const told = Object.fromEntries(
      (ask(bench)?.nodes ?? []).map(({ location, available }) => [location, Number(available)]),
    );
    const sku = bench.state.skuIds.find('A') ?? NONE;
    for (const [name, steps] of Object.entries(told)) {
      const location = bench.state.locationIds.find(name) ?? NONE;
      const harmless = bindableWithoutHarm(bench.state, { sku, location, fromNetwork: NONE });
      expect([name, steps]).toEqual([name, Math.min(bench.figure(name, 'SELLABLE'), harmless)]);
    }
    // One of the five that APP shares is left, two of the seven that both share.
    expect(told).toEqual({ L0: 1, L1: 1, L2: 2, L3: 5 });
  });

  test('is told with what is to come, when that is asked for', () => {
    const bench = LedgerBench.withLocations(2).channel('WEB', ['L0']);
    bench.receive('L0', '1');
    const expectedAt = new Date(bench.clock.nowMs() + DAY_MS).toISOString();
    const lines = [{ lineId: '1', documentLine: '1', sku: 'A', quantity: '9', expectedAt }];
    bench.fact('supply-announced', { document: 'po-1', location: 'L0', supplier: 'acme', lines } as never);
    expect(ask(bench)).not.toHaveProperty('supply');
    expect(ask(bench, { withSupply: true })?.supply).toEqual([
      { kind: 'ON_ORDER', location: 'L0', quantity: '9', expectedAt },
    ]);
  });
});

describe('goods that a store did not find', () => {
  test('are set apart, and what others are promised of them is named', () => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    bench.receive('L0', '5');
    const request = {
      commandId: 'm1',
      kind: 'SHORT_PICK',
      location: 'L0',
      occurredAt: new Date(bench.clock.nowMs()).toISOString(),
      document: 'o1',
      lines: [{ documentLine: 'o1.1', sku: 'A', quantity: '2' }],
    } as const;
    const outcome = bench.do({ type: 'record-movement', request: { ...request, lines: [...request.lines] } });
    expect(outcome.code).toBeUndefined();
    expect([bench.figure('L0', 'SELLABLE'), bench.figure('L0', 'SUSPECT')]).toEqual([3, 2]);
  });
});
