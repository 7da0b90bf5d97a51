import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { auditState } from './audit-state.ts';
import { BUCKETS, COLUMN, VIRTUAL_LOCATIONS } from './bucket.ts';
import { virtualBalance, type LedgerState } from './ledger-state.ts';
import { inTransitOf, statusOf } from './transfer.ts';

/* Transfers over random histories of decisions and facts: late, repeated, partial, lost and found, and unasked. */

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const units = fc.integer({ min: 1, max: 6 });
const nth = fc.nat({ max: 5 });
const sku = fc.constantFrom('A', 'B');
const step = fc.oneof(
  fc.record({ type: fc.constant('receive-goods' as const), sku, units }),
  fc.record({ type: fc.constant('sell' as const), sku, units }),
  fc.record({ type: fc.constant('count' as const), units, agoMs: fc.nat({ max: 100 }) }),
  fc.record({ type: fc.constant('request' as const), units, more: units, isTwice: fc.boolean() }),
  fc.record({ type: fc.constantFrom('APPROVE' as const, 'STAGE' as const, 'CANCEL' as const), nth }),
  fc.record({ type: fc.constantFrom('SHIP' as const, 'RECEIVE' as const, 'LOSE' as const), nth, sku, units }),
  fc.record({
    type: fc.constantFrom('transfer-shipped' as const, 'transfer-received' as const, 'transfer-lost' as const),
    nth,
    sku,
    units,
    eventId: fc.nat({ max: 20 }),
    agoMs: fc.nat({ max: 100 }),
    isFinal: fc.boolean(),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
  bench.sku('B');
  bench.clock.advance(1_000);
  return bench;
}

let commands = 0;

function run(bench: LedgerBench, made: Step): void {
  const ids = bench.state.transfers.all().map(({ id }) => id);
  const commandId = `command-${commands++}`;
  switch (made.type) {
    case 'receive-goods':
      bench.receive('L0', String(made.units), made.sku);
      return;
    case 'sell':
      bench.fact('store-sale-recorded', {
        location: 'L0',
        externalId: 'x',
        lines: [{ lineId: '1', sku: made.sku, quantity: String(made.units), unitPriceMinor: 1 }],
      });
      return;
    case 'count': {
      const lines = [{ lineId: '1', sku: 'A', quantity: String(made.units) }];
      bench.fact('stock-counted', { location: 'L0', lines }, { occurredAtMs: bench.clock.nowMs() - made.agoMs });
      return;
    }
    case 'request': {
      const lines = [{ sku: 'A', quantity: String(made.units) }];
      if (made.isTwice) lines.push({ sku: 'A', quantity: String(made.more) }, { sku: 'B', quantity: '1' });
      const request = { action: 'REQUEST', commandId, from: 'L0', to: 'L1', lines } as const;
      bench.do({ type: 'change-transfer', request });
      return;
    }
    case 'APPROVE':
    case 'STAGE':
    case 'CANCEL': {
      const transfer = ids[made.nth] ?? 'none';
      bench.do({ type: 'change-transfer', request: { action: made.type, commandId, transfer } });
      return;
    }
    case 'SHIP':
    case 'RECEIVE':
    case 'LOSE': {
      const transfer = ids[made.nth] ?? 'none';
      const lines = [{ sku: made.sku, quantity: String(made.units) }];
      const occurredAt = new Date(bench.clock.nowMs()).toISOString();
      bench.do({ type: 'change-transfer', request: { action: made.type, commandId, transfer, occurredAt, lines } });
      return;
    }
    case 'transfer-shipped':
    case 'transfer-received':
    case 'transfer-lost': {
      const lines = [{ lineId: '1', sku: made.sku, quantity: String(made.units) }];
      const location = made.type === 'transfer-shipped' ? 'L0' : 'L1';
      const to = made.type === 'transfer-shipped' ? { to: 'L1', isFinal: made.isFinal } : {};
      const data = { transfer: ids[made.nth] ?? `unasked-${made.nth}`, location, ...to, lines };
      const told = { eventId: `event-${made.eventId}`, occurredAtMs: bench.clock.nowMs() - made.agoMs };
      bench.fact(made.type, data, told);
    }
  }
}

/** All places together. */
function heldOf(state: LedgerState, index: number): number {
  const rows = Array.from({ length: state.positions.size }, (_, row) => row);
  const figures = rows
    .filter((row) => state.positions.skuOf(row) === index)
    .flatMap((row) => BUCKETS.map((bucket) => state.positions.get(row, COLUMN[bucket])));
  const elsewhere = VIRTUAL_LOCATIONS.map((place) => virtualBalance(state, index, place));
  return [...figures, ...elsewhere].reduce((sum, count) => sum + count, 0);
}

const history = fc.array(step, { maxLength: 40 });

describe('transfers, whatever happens and in whatever order it becomes known,', () => {
  test('have sent what was received, is in transit and was recorded as lost', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const made of steps) {
          run(bench, made);
          for (const [index, id] of ['A', 'B'].entries()) {
            expect(bench.state.skuIds.textOf(index)).toBe(id);
            const lines = bench.state.transfers.all().flatMap((transfer) => transfer.lines);
            const ofSku = lines.filter((line) => line.sku === index);
            const sum = (figure: 'shipped' | 'received' | 'lost') => ofSku.reduce((all, line) => all + line[figure], 0);
            // The movements, which are booked apart, must have left exactly that between the locations.
            const between = virtualBalance(bench.state, index, 'TRANSIT');
            expect(sum('shipped')).toBe(sum('received') + between + sum('lost'));
            for (const line of ofSku) {
              expect(Math.min(line.shipped, line.received, line.lost)).toBeGreaterThanOrEqual(0);
            }
          }
        }
      }),
      parameters,
    );
  });

  test('tell what is on its way at its destination, and never sell it', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const made of steps) run(bench, made);
        const { state } = bench;
        const at = state.locationIds.find('L1') as number;
        for (const [index] of ['A', 'B'].entries()) {
          const expected = state.transfers.all().reduce((sum, { to, lines }) => {
            const own = lines.filter((line) => line.sku === index).reduce((all, line) => all + inTransitOf(line), 0);
            return to === at ? sum + Math.max(0, own) : sum;
          }, 0);
          expect(state.supply.total(index, at, 'IN_TRANSIT')).toBe(expected);
        }
        const lying = Math.max(0, bench.figure('L0', 'SELLABLE')) + Math.max(0, bench.figure('L1', 'SELLABLE'));
        expect(bench.terms('WEB').available).toBeLessThanOrEqual(lying);
      }),
      parameters,
    );
  });

  test('conserve quantities and keep claims equal to what is still to leave', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const made of steps) {
          run(bench, made);
          const { state } = bench;
          for (const index of [0, 1]) {
            const held = heldOf(state, index);
            expect(held).toBe(0);
          }
          const allocated = [...state.allocations.all()].reduce((sum, { steps: count }) => sum + count, 0);
          expect(bench.figure('L0', 'allocated') + bench.figure('L0', 'allocated', 'B')).toBe(allocated);
          for (const transfer of state.transfers.all()) {
            const claimed = [...state.allocations.all()].some(({ order }) => order === transfer.id);
            if (['DRAFT', 'CANCELLED', 'RECEIVED'].includes(statusOf(transfer))) expect(claimed).toBe(false);
          }
        }
      }),
      parameters,
    );
  });

  test('never take more than is there by a command of the hub', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const made of steps) {
          const before = ['A', 'B'].map((id) => bench.figure('L0', 'SELLABLE', id));
          run(bench, made);
          if (!['APPROVE', 'STAGE', 'CANCEL', 'SHIP', 'RECEIVE', 'LOSE'].includes(made.type)) continue;
          ['A', 'B'].forEach((id, index) => {
            const floor = Math.min(0, before[index] as number);
            expect(bench.figure('L0', 'SELLABLE', id)).toBeGreaterThanOrEqual(floor);
          });
        }
      }),
      parameters,
    );
  });

  test('are rebuilt from the log and from a snapshot to the same bytes and the same supply', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const bench = openBench();
        for (const made of steps) run(bench, made);
        expect(auditState(bench.state)).toEqual([]);
        const bytes = Buffer.from(ledgerSnapshot.encode(bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(bench.replayed())).equals(bytes)).toBe(true);
        const restored = ledgerSnapshot.decode(bytes);
        expect(Buffer.from(ledgerSnapshot.encode(restored)).equals(bytes)).toBe(true);
        for (const index of [0, 1]) {
          for (const at of [0, 1]) expect(restored.supply.at(index, at)).toEqual(bench.state.supply.at(index, at));
        }
      }),
      parameters,
    );
  });
});
