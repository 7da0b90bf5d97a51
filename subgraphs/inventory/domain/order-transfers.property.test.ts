import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { asTransferFact, shortPickOfTransfer } from '../app/transfer-work.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { auditState } from './audit-state.ts';
import type { ExceptionReport } from './exception-event.ts';
import { datedSupply } from './expected-supply.ts';
import { ordersConcerned } from './orders-concerned.ts';
import type { Transfer } from './transfer.ts';
import { inTransitOf, openToShip } from './transfer.ts';

/* Goods that are brought for an order, over random histories: partial, lost, found, spoilt, given up, and more than was asked. */

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const units = fc.integer({ min: 1, max: 4 });
const nth = fc.nat({ max: 3 });
const step = fc.oneof(
  fc.record({ type: fc.constant('receive-goods' as const), units }),
  fc.record({ type: fc.constant('bring' as const), units }),
  fc.record({ type: fc.constant('give-up' as const), nth, units }),
  fc.record({ type: fc.constantFrom('STAGE' as const, 'CANCEL' as const), nth }),
  fc.record({ type: fc.constantFrom('SHIP' as const, 'LOSE' as const), nth, units }),
  fc.record({ type: fc.constant('RECEIVE' as const), nth, units, isSpoilt: fc.boolean() }),
  fc.record({ type: fc.constantFrom('sent' as const, 'short' as const), nth, units }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let commands = 0;

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
  bench.clock.advance(1_000);
  bench.receive('L0', '6');
  return bench;
}

/** Reserves for the order, and has it brought from L0 to L1. */
function bring(bench: LedgerBench, quantity: string) {
  const number = ++commands;
  const orderLine = `o${number}.1`;
  const reserved = bench.reserve([['A', quantity]], { kind: 'ORDER', owner: `o${number}` });
  if (reserved.code !== undefined) return reserved;
  const [claim] = reserved.answer.reservations;
  return bench.do({
    type: 'change-transfer',
    request: {
      action: 'BRING',
      commandId: `bring-${number}`,
      transfer: `o${number}.b1`,
      order: `o${number}`,
      channel: 'WEB',
      from: 'L0',
      to: 'L1',
      lines: [{ orderLine, reservation: claim?.id ?? '', sku: 'A', quantity }],
    },
  });
}

function run(bench: LedgerBench, made: Step): void {
  if (made.type === 'receive-goods') return void bench.receive('L0', String(made.units));
  if (made.type === 'bring') return void bring(bench, String(made.units));
  const transfers = bench.state.transfers.all();
  const transfer = transfers[made.nth % Math.max(1, transfers.length)];
  if (!transfer) return;
  const about = { transfer: transfer.id, commandId: `command-${++commands}` };
  if (made.type === 'STAGE' || made.type === 'CANCEL') {
    bench.do({ type: 'change-transfer', request: { action: made.type, ...about } });
    return;
  }
  const quantity = 'units' in made ? String(made.units) : '0';
  const [line] = transfer.lines;
  const orderLine = line?.line ?? '';
  switch (made.type) {
    case 'give-up':
      bench.do({
        type: 'change-transfer',
        request: { action: 'GIVE_UP', ...about, lines: [{ orderLine, sku: 'A', quantity }] },
      });
      return;
    case 'sent':
    case 'short':
      hearOfWork(bench, transfer, { isShort: made.type === 'short', quantity, orderLine });
      return;
    default: {
      const occurredAt = new Date(bench.clock.nowMs()).toISOString();
      const bucket = made.type === 'RECEIVE' && made.isSpoilt ? { bucket: 'DAMAGED' as const } : {};
      const lines = [{ sku: 'A', quantity, ...bucket }];
      bench.do({ type: 'change-transfer', request: { action: made.type, ...about, occurredAt, lines } });
    }
  }
}

/** A system was given the transfer as work, and tells of it as of any order. */
function hearOfWork(
  bench: LedgerBench,
  { id: order }: Transfer,
  { isShort, quantity, orderLine }: { isShort: boolean; quantity: string; orderLine: string },
): void {
  const type = isShort ? 'short-pick-recorded' : 'shipment-recorded';
  const source = { system: 'wms', eventId: `fact-${++commands}` };
  const data = { order, location: 'L0', lines: [{ lineId: '1', orderLine, sku: 'A', quantity }] };
  const told = { type, source, occurredAtMs: bench.clock.nowMs(), data } as const;
  const givenUp = shortPickOfTransfer(bench.state, told);
  bench.do({ type: 'record-fact', fact: asTransferFact(bench.state, told) });
  if (givenUp) bench.do({ type: 'change-transfer', request: givenUp });
}

const boundFor = (bench: LedgerBench, transfer: Transfer): number => {
  const at = { order: transfer.order?.id ?? '', orderLine: transfer.lines[0]?.line ?? '' };
  return [...bench.state.allocations.all()]
    .filter(
      ({ order, orderLine, location }) => order === at.order && orderLine === at.orderLine && location === transfer.to,
    )
    .reduce((sum, { steps }) => sum + steps, 0);
};

function assertPromises(bench: LedgerBench): void {
  const { state } = bench;
  let promised = 0;
  for (const transfer of state.transfers.all()) {
    const [line] = transfer.lines;
    if (!line) continue;
    const { wanted = 0, bound = 0 } = line;
    expect(Math.min(wanted, bound)).toBeGreaterThanOrEqual(0);
    expect(wanted).toBeLessThanOrEqual(openToShip(transfer, line) + Math.max(0, inTransitOf(line)));
    expect(boundFor(bench, transfer)).toBe(bound);
    promised += Math.min(wanted, Math.max(0, inTransitOf(line)));
  }
  const sku = state.skuIds.find('A') ?? 0;
  const record = state.territory.channels.get('WEB');
  const offered = record ? datedSupply(state, sku, state.territory.networkOf(record)) : [];
  const between = state.transfers
    .all()
    .reduce((sum, { lines: [line] }) => sum + Math.max(0, line ? inTransitOf(line) : 0), 0);
  expect(offered.reduce((sum, { steps }) => sum + steps, 0)).toBe(between - promised);
}

const history = fc.array(step, { maxLength: 40 });

describe('goods that are brought for an order', () => {
  test('are claimed where they leave, promised to nobody else on their way, and the order’s where they arrive', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const made of steps) {
          run(bench, made);
          assertPromises(bench);
          expect(auditState(bench.state)).toEqual([]);
        }
        const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(bench.replayed())).equals(bytes)).toBe(true);
        const restored = ledgerSnapshot.decode(bytes);
        expect(restored.transfers.all()).toEqual(bench.state.transfers.all());
      }),
      parameters,
    );
  });

  test('are bound in the batch in which they arrive', () => {
    const bench = openBench();
    bring(bench, '2');
    const [transfer] = bench.state.transfers.all();
    const about = { transfer: transfer?.id ?? '', occurredAt: new Date(bench.clock.nowMs()).toISOString() };
    const lines = [{ sku: 'A', quantity: '2' }];
    bench.do({ type: 'change-transfer', request: { action: 'SHIP', commandId: 's', ...about, lines } });
    expect(bench.terms('WEB').available).toBe(4);
    const arrived = bench.do({
      type: 'change-transfer',
      request: { action: 'RECEIVE', commandId: 'r', ...about, lines },
    });
    const types = arrived.events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['stock-moved', 'stock-allocated', 'transfer-bound']));
    expect(bench.figure('L1', 'SELLABLE')).toBe(2);
    expect(bench.figure('L1', 'allocated')).toBe(2);
    expect(bench.terms('WEB').available).toBe(4);
  });

  test('are missed by their order, and by no transfer, when they are not there', () => {
    const bench = openBench();
    bring(bench, '2');
    const [transfer] = bench.state.transfers.all();
    const report = { class: 'OVERSOLD', sku: 'A', location: 'L0' } as ExceptionReport;
    expect(ordersConcerned(bench.state, [report])).toEqual([[transfer?.order?.id]]);
  });

  test('are refused when the claim is gone, or when they are a kit', () => {
    const bench = openBench();
    const request = {
      action: 'BRING',
      commandId: 'c',
      transfer: 'o.b1',
      order: 'o',
      channel: 'WEB',
      from: 'L0',
      to: 'L1',
      lines: [{ orderLine: 'o.1', reservation: 'none', sku: 'A', quantity: '1' }],
    } as const;
    expect(bench.do({ type: 'change-transfer', request }).code).toBe('RESERVATION_NOT_ACTIVE');
    bench.kit('K', { A: '2' });
    const reserved = bench.reserve([['K', '1']], { kind: 'ORDER', owner: 'o' });
    const reservation = reserved.code === undefined ? (reserved.answer.reservations[0]?.id ?? '') : '';
    const lines = [{ orderLine: 'o.1', reservation, sku: 'K', quantity: '1' }];
    expect(bench.do({ type: 'change-transfer', request: { ...request, lines } }).code).toBe('BAD_USER_INPUT');
    expect(bench.do({ type: 'change-transfer', request: { ...request, to: 'L0' } }).code).toBe('BAD_USER_INPUT');
    expect(bench.do({ type: 'change-transfer', request: { ...request, to: 'L9' } }).code).toBe('UNKNOWN_LOCATION');
  });
});
