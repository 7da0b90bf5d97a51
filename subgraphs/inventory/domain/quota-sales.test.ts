import { describe, expect, test } from '@jest/globals';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { RuleRequest } from './read-rule.ts';

function shop(stock = '20'): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0']).channel('APP', ['L0', 'L1']);
  bench.receive('L0', stock);
  return bench;
}

function setQuota(bench: LedgerBench, quantity: string | null, scope: Pick<RuleRequest, 'sku' | 'channel'> = {}) {
  const value = quantity === null ? { isRemoved: true } : { quantity, isRemoved: false };
  const rule = { kind: 'QUOTA', channel: 'APP', ...scope, ...value } as const;
  return bench.do({
    type: 'change-availability-rules',
    request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] },
  });
}

const idOf = (made: ReturnType<LedgerBench['reserve']>): string =>
  made.code === undefined ? (made.answer.reservations[0]?.id ?? '') : '';

const order = (bench: LedgerBench, quantity: string, sku = 'A') =>
  idOf(bench.reserve([[sku, quantity]], { channel: 'APP', kind: 'ORDER', owner: 'o' }));

const cancel = (bench: LedgerBench, reservation: string) =>
  bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [reservation] } });

function allocate(bench: LedgerBench, reservation: string, quantity: string): void {
  const line = { orderLine: 'l', reservation, location: 'L0', sku: 'A', quantity };
  const made = bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines: [line] } });
  expect(made.code).toBeUndefined();
}

function ship(bench: LedgerBench, quantity: string): void {
  const lines = [{ lineId: '1', orderLine: 'l', sku: 'A', quantity }];
  bench.fact('shipment-recorded', { order: 'o', location: 'L0', lines });
}

const available = (bench: LedgerBench) => ['WEB', 'APP'].map((channel) => bench.terms(channel).available);

describe('a quota', () => {
  test('shrinks by what its channel sells, from the claim to the shipment', () => {
    const bench = shop();
    setQuota(bench, '6');
    expect(available(bench)).toEqual([14, 20]);
    const sold = order(bench, '4');
    expect(available(bench)).toEqual([14, 16]);
    allocate(bench, sold, '4');
    expect(available(bench)).toEqual([14, 16]);
    ship(bench, '4');
    expect(available(bench)).toEqual([14, 16]);
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 2 });
    order(bench, '5');
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 0, available: 11 });
  });

  test('grows again by what is given up, but not by what came back from the customer', () => {
    const bench = shop();
    setQuota(bench, '6');
    const first = order(bench, '2');
    const second = order(bench, '3');
    cancel(bench, first);
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 3 });
    allocate(bench, second, '3');
    const lines = [{ orderLine: 'l', location: 'L0', sku: 'A', quantity: '1' }];
    const request = { commandId: 'd', order: 'o', channel: 'APP', lines };
    // oxlint-disable-next-line unicorn/no-thenable -- the contract's own word
    bench.do({ type: 'deallocate-stock', request: { ...request, afterwards: 'NOTHING' } });
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 4 });
    ship(bench, '2');
    const back = [{ lineId: '1', sku: 'A', quantity: '2' }];
    bench.fact('announced-return-received', { return: 'r', location: 'L0', lines: back });
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 4 });
  });

  test('expires with nothing: a lease that runs out gives its part back', () => {
    const bench = shop();
    setQuota(bench, '6');
    bench.reserve([['A', '5']], { channel: 'APP' });
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 1 });
    bench.clock.advance(900_000);
    bench.do({ type: 'expire-reservations' });
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 6 });
  });

  test('does not count what was sold before it was set, neither when it is shipped nor when it is given up', () => {
    const bench = shop();
    const before = order(bench, '5');
    setQuota(bench, '6');
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 6, available: 9 });
    order(bench, '1');
    allocate(bench, before, '2');
    ship(bench, '2');
    cancel(bench, before);
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 5 });
  });

  test('is dedicated anew when it is set again, and the dry run says so', () => {
    const bench = shop();
    setQuota(bench, '6');
    order(bench, '4');
    const again = setQuota(bench, '6');
    expect(again).toMatchObject({
      answer: { impact: { changes: [{ sku: 'A', channel: 'WEB', before: '14', after: '10' }] } },
    });
    expect(available(bench)).toEqual([10, 16]);
  });

  test('of one SKU counts for itself, and the one of the whole channel for the others', () => {
    const bench = shop();
    bench.sku('B');
    bench.receive('L0', '20', 'B');
    setQuota(bench, '6');
    setQuota(bench, '8', { sku: 'A' });
    order(bench, '3');
    order(bench, '2', 'B');
    const held = () => ['A', 'B'].map((sku) => bench.terms('WEB', sku).otherQuota);
    expect(held()).toEqual([5, 4]);
    setQuota(bench, '6');
    expect(held()).toEqual([5, 6]);
    setQuota(bench, null, { sku: 'A' });
    expect(held()).toEqual([6, 6]);
    setQuota(bench, null);
    expect(held()).toEqual([0, 0]);
    expect(bench.state.quotaSales.toData()).toMatchObject({ sinceMs: [], sold: [], open: [] });
  });

  test('shrinks by a sale that its channel tells when it is over, unless the sale is older than the quota', () => {
    const bench = shop();
    bench.clock.advance(1_000);
    setQuota(bench, '6');
    const sell = (channel: string, occurredAtMs: number) => {
      const lines = [{ lineId: '1', sku: 'A', quantity: '2', unitPriceMinor: 1 }];
      bench.fact('web-sale-recorded', { channel, externalId: channel, location: 'L0', lines }, { occurredAtMs });
    };
    sell('APP', bench.clock.nowMs());
    expect(available(bench)).toEqual([14, 18]);
    sell('APP', bench.clock.nowMs() - 1);
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 4, available: 12 });
    sell('STORE:L0', bench.clock.nowMs());
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 4, available: 10 });
  });

  test('counts the components of a kit, and what goes to another location not at all', () => {
    const bench = shop();
    const kit = { sku: 'K', step: '1', categories: [], components: [{ sku: 'A', quantity: '2' }] } as const;
    bench.do({ type: 'register-sku', request: { ...kit, categories: [], components: [...kit.components] } });
    setQuota(bench, '6');
    const kits = order(bench, '2', 'K');
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 2 });
    bench.reserve([['A', '2']], { channel: 'APP', kind: 'TRANSFER' });
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 2 });
    cancel(bench, kits);
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 6 });
  });

  test('counts what is sold beyond stock when stock covers it', () => {
    const bench = shop('2');
    const sellPolicy = { mode: 'BACKORDER', limit: '9' } as const;
    const rules = [{ kind: 'SELL_POLICY', channel: 'APP', sellPolicy, isRemoved: false } as const];
    bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules } });
    setQuota(bench, '6');
    order(bench, '5');
    bench.receive('L0', '1');
    bench.do({ type: 'cover-backorders', skus: ['A'] });
    bench.receive('L0', '20');
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 3 });
    bench.do({ type: 'cover-backorders', skus: ['A'] });
    expect(bench.terms('WEB')).toMatchObject({ otherQuota: 1, available: 17 });
  });

  test('gets back what its own channel sold where two channels filled one line of an order', () => {
    const bench = shop();
    setQuota(bench, '6', { channel: 'WEB' });
    setQuota(bench, '6');
    allocate(bench, idOf(bench.reserve([['A', '2']], { channel: 'WEB', kind: 'ORDER', owner: 'o' })), '2');
    allocate(bench, order(bench, '3'), '3');
    const held = () => ['WEB', 'APP'].map((channel) => bench.terms(channel).otherQuota);
    expect(held()).toEqual([3, 4]);
    const lines = [{ orderLine: 'l', location: 'L0', sku: 'A', quantity: '3' }];
    const request = { commandId: 'd', order: 'o', channel: 'APP', lines };
    // oxlint-disable-next-line unicorn/no-thenable -- the contract's own word
    bench.do({ type: 'deallocate-stock', request: { ...request, afterwards: 'NOTHING' } });
    expect(held()).toEqual([4, 6]);
    const restored = ledgerSnapshot.decode(ledgerSnapshot.encode(bench.state));
    expect(restored.quotaSales.toData()).toEqual(bench.state.quotaSales.toData());
  });

  test('comes out of a snapshot with everything that it has counted', () => {
    const bench = shop();
    setQuota(bench, '6');
    const sold = order(bench, '4');
    const restored = ledgerSnapshot.decode(ledgerSnapshot.encode(bench.state));
    expect(restored.quotaSales.toData()).toEqual(bench.state.quotaSales.toData());
    expect(restored.quotaSales.giveUp(`${sold}|A`, 9)).toBe(4);
  });
});
