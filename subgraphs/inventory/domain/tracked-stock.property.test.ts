import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { LOTS, ModelTracking, SERIALS } from '../testing/model-tracking.ts';
import { auditState } from './audit-state.ts';
import { BUCKETS, NONE } from './bucket.ts';
import type { StockFact } from './stock-fact.ts';
import type { TrackedLine } from './tracked-line.ts';
import { trackingConditionsOf } from './tracking-conditions.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const runs = { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) };

const LOCATIONS = ['L0', 'L1'];
/** One SKU by lots, one by serials, and one whose lots and serials nobody wants to know. */
const SKUS = ['LOT', 'SERIAL', 'PLAIN'] as const;

/** A fact with one line; instants meet and run backwards, and what it says of the units is often missing or wrong. */
interface Told {
  readonly type: StockFact['type'];
  readonly sku: (typeof SKUS)[number];
  readonly at: string;
  readonly units: number;
  readonly lot: string | undefined;
  readonly serials: readonly string[] | undefined;
  readonly minute: number;
  readonly isRepeated: boolean;
}

const DELTAS = [
  'goods-received',
  'store-sale-recorded',
  'return-recorded',
  'stock-adjusted',
  'condition-changed',
  'stock-disposed',
  'transfer-shipped',
  'transfer-received',
  'shipment-recorded',
] as const;

function told(types: readonly StockFact['type'][]): fc.Arbitrary<Told> {
  return fc.record({
    type: fc.constantFrom(...types),
    sku: fc.constantFrom(...SKUS),
    at: fc.constantFrom(...LOCATIONS),
    units: fc.integer({ min: 1, max: 4 }),
    lot: fc.option(fc.constantFrom(...LOTS), { nil: undefined }),
    serials: fc.option(fc.array(fc.constantFrom(...SERIALS), { maxLength: 4 }), { nil: undefined }),
    minute: fc.nat({ max: 6 }),
    isRepeated: fc.boolean(),
  });
}

const deltas = fc.array(told(DELTAS), { maxLength: 40 });
const all = fc.array(told([...DELTAS, 'stock-counted']), { maxLength: 40 });

function bench(): LedgerBench {
  const made = LedgerBench.withLocations(LOCATIONS.length);
  for (const sku of SKUS) {
    const tracking = sku === 'PLAIN' ? 'NONE' : sku;
    made.do({ type: 'register-sku', request: { sku, step: '1', categories: [], tracking } });
  }
  made.clock.advance(3_600_000);
  return made;
}

function dataOf({ type, sku, at, units, lot, serials }: Told, startMs: number): object {
  const ofUnits: TrackedLine = { ...(lot && { lot, expiresOn: '2027-01-31' }), ...(serials && { serials }) };
  const line = { lineId: '1', sku, quantity: String(units), ...ofUnits, reason: 'DAMAGE', unitPriceMinor: 1 };
  const location = { location: at, lines: [line] };
  const [other = ''] = LOCATIONS.filter((each) => each !== at);
  switch (type) {
    case 'stock-adjusted':
      return { ...location, lines: [{ ...line, quantity: String(units % 2 === 0 ? units : -units) }] };
    case 'condition-changed':
      return { ...location, lines: [{ ...line, from: 'SELLABLE', to: 'DAMAGED' }] };
    case 'stock-disposed':
      return { ...location, lines: [{ ...line, from: 'RETURN_PENDING', to: 'SELLABLE' }] };
    case 'transfer-shipped':
      return { ...location, transfer: `t${startMs}`, to: other };
    case 'transfer-received':
      return { ...location, transfer: `t${startMs}`, from: other };
    default:
      return { ...location, externalId: 'x', reference: 'x', order: 'x' };
  }
}

function tell(ledger: LedgerBench, facts: readonly Told[], startMs: number): void {
  facts.forEach((fact, index) => {
    const about = { eventId: `e${index}`, occurredAtMs: startMs + fact.minute * 60_000 };
    for (let time = 0; time <= Number(fact.isRepeated); time++) {
      const { code } = ledger.fact(fact.type, dataOf(fact, startMs) as never, about);
      expect(code).toBeUndefined();
    }
  });
}

/** What the ledger says of a place, lots and serials alike: their steps by name. */
function heldAt({ state }: LedgerBench, sku: string, location: string, bucket: number): Record<string, number> {
  const row = state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(location) ?? NONE);
  const position = state.tracked.at(row);
  const lots = [...(position?.lots ?? [])].map(([lot, balances]) => [lot, balances[bucket] ?? 0] as const);
  const serials = [...(position?.serials ?? [])].map(([serial, at]) => [serial, at === bucket ? 1 : 0] as const);
  const unidentified = position?.unidentified[bucket] ?? 0;
  return Object.fromEntries([...lots, ...serials, ['', unidentified] as const].filter(([, steps]) => steps !== 0));
}

type Wanted = TrackedLine & { readonly sku: string; readonly quantity: string };

function outcomeOf(done: { readonly code: string | undefined; readonly details?: Readonly<Record<string, unknown>> }) {
  return { code: done.code, field: done.details?.['field'] };
}

function dispose(ledger: LedgerBench, { serials, ...line }: Wanted) {
  const told = { ...line, ...(serials && { serials: [...serials] }), from: 'DAMAGED', to: 'SHRINK' } as const;
  const about = { commandId: `c${ledger.log.length}`, location: 'L0', occurredAt: instant(ledger) };
  const request = { ...about, lines: [{ ...told, reason: 'DAMAGE' as const }] };
  return outcomeOf(ledger.do({ type: 'dispose-stock', request }));
}

/** Asks for a transfer of plenty, ships what can be shipped of it, and goes as far as the step. */
function transfer(ledger: LedgerBench, step: string, line: Wanted) {
  const commandId = () => `c${ledger.log.length}`;
  const { lot: _lot, serials: _serials, ...asked } = line;
  const request = { action: 'REQUEST', commandId: commandId(), from: 'L0', to: 'L1', lines: [asked] } as const;
  const requested = ledger.do({ type: 'change-transfer', request });
  const id = 'answer' in requested ? requested.answer.transfer : '';
  ledger.do({ type: 'change-transfer', request: { action: 'APPROVE', commandId: commandId(), transfer: id } });
  const moved = { commandId: commandId(), transfer: id, occurredAt: instant(ledger), lines: [line] };
  const shipped = ledger.do({ type: 'change-transfer', request: { ...moved, action: 'SHIP' } });
  if (step === 'SHIP' || shipped.code !== undefined) return outcomeOf(shipped);
  return outcomeOf(
    ledger.do({ type: 'change-transfer', request: { ...moved, commandId: commandId(), action: 'RECEIVE' } }),
  );
}

const instant = (ledger: LedgerBench): string => new Date(ledger.clock.nowMs()).toISOString();

/** As the ledger would be named by another order of the same facts. */
function everywhere(ledger: LedgerBench) {
  return SKUS.flatMap((sku) =>
    LOCATIONS.flatMap((at) => BUCKETS.map((_bucket, index) => heldAt(ledger, sku, at, index))),
  );
}

describe('tracked stock', () => {
  test('adds up to its buckets, holds each serial in one place, and comes out of the log and of snapshots the same', () => {
    fc.assert(
      fc.property(all, fc.nat({ max: 40 }), (facts, cut) => {
        const ledger = bench();
        const startMs = ledger.clock.nowMs() - 600_000;
        tell(ledger, facts.slice(0, cut), startMs);
        ledger.restart('SNAPSHOT');
        tell(ledger, facts.slice(cut), startMs + 1);

        expect(auditState(ledger.state)).toEqual([]);
        const bytes = ledgerSnapshot.encode(ledger.state);
        expect(Buffer.compare(ledgerSnapshot.encode(ledger.replayed()), bytes)).toBe(0);
      }),
      runs,
    );
  });

  test('is what a plain list of movements says, whatever was missing, wrong, late or told twice', () => {
    fc.assert(
      fc.property(deltas, (facts) => {
        const ledger = bench();
        const startMs = ledger.clock.nowMs() - 600_000;
        const model = new ModelTracking();
        tell(ledger, facts, startMs);
        for (const fact of facts) model.tell(fact);

        for (const sku of ['LOT', 'SERIAL'] as const) {
          for (const at of LOCATIONS) {
            BUCKETS.forEach((bucket, index) => {
              expect(heldAt(ledger, sku, at, index)).toEqual(model.heldAt(sku, { location: at, bucket }));
            });
          }
        }
        expect([...ledger.state.tracked.positions()].map(([row]) => ledger.state.positions.skuOf(row))).not.toContain(
          ledger.state.skuIds.find('PLAIN'),
        );
      }),
      runs,
    );
  });

  test('ends the same in whatever order facts of different instants come to light', () => {
    fc.assert(
      fc.property(deltas, fc.func(fc.integer()), (drawn, order) => {
        const facts = drawn.map((fact, index) => ({ ...fact, minute: index / 100 }));
        const shuffled = facts.toSorted((a, b) => order(a.minute) - order(b.minute));
        const [one, other] = [bench(), bench()];
        const startMs = one.clock.nowMs() - 600_000;
        tell(one, facts, startMs);
        tell(other, shuffled, startMs);
        expect(everywhere(other)).toEqual(everywhere(one));
      }),
      runs,
    );
  });

  test('has an exception exactly where units do not go with what was told', () => {
    fc.assert(
      fc.property(all, (facts) => {
        const ledger = bench();
        tell(ledger, facts, ledger.clock.nowMs() - 600_000);
        for (const sku of ['LOT', 'SERIAL']) {
          const index = ledger.state.skuIds.find(sku) ?? NONE;
          const reports = trackingConditionsOf(ledger.state, index, { system: '', eventId: '' });
          const wrong = LOCATIONS.filter((at) =>
            BUCKETS.some((_bucket, place) => {
              const held = Object.entries(heldAt(ledger, sku, at, place));
              return held.some(([name, steps]) => name === '' || steps < 0);
            }),
          );
          expect(new Set(reports.map(({ location }) => location))).toEqual(new Set(wrong));
        }
      }),
      runs,
    );
  });

  test('is never known less well after a command, which is refused instead with its field', () => {
    const wanted = fc.record({
      sku: fc.constantFrom(...SKUS),
      units: fc.integer({ min: 1, max: 4 }),
      lot: fc.option(fc.constantFrom(...LOTS), { nil: undefined }),
      serials: fc.option(fc.uniqueArray(fc.constantFrom(...SERIALS), { maxLength: 4 }), { nil: undefined }),
      step: fc.constantFrom('DISPOSE', 'SHIP', 'RECEIVE'),
    });
    fc.assert(
      fc.property(deltas, fc.array(wanted, { maxLength: 12 }), (facts, commands) => {
        const ledger = bench();
        tell(ledger, facts, ledger.clock.nowMs() - 600_000);
        const gap = () => [...ledger.state.tracked.positions()].reduce((sum, [, each]) => sum + each.gap, 0);
        for (const { step, sku, units, lot, serials } of commands) {
          const before = gap();
          const line = { sku, quantity: String(units), ...(lot && { lot }), ...(serials && { serials }) };
          const refused = step === 'DISPOSE' ? dispose(ledger, line) : transfer(ledger, step, line);
          expect(gap()).toBeLessThanOrEqual(before);
          const isNamed = refused.code !== 'BAD_USER_INPUT' || ['lot', 'serials'].includes(String(refused.field));
          expect(isNamed).toBe(true);
        }
        expect(auditState(ledger.state)).toEqual([]);
      }),
      runs,
    );
  });

  test('after a count by lot or serial holds exactly what was counted, and what is told of before changes nothing', () => {
    const counted = fc.uniqueArray(fc.constantFrom(...LOTS), { minLength: 1 });
    fc.assert(
      fc.property(deltas, counted, deltas, (facts, lots, late) => {
        const ledger = bench();
        const startMs = ledger.clock.nowMs() - 600_000;
        tell(ledger, facts, startMs);
        const lotLines = lots.map((lot, index) => ({ lineId: lot, sku: 'LOT', quantity: String(index + 1), lot }));
        const serials = SERIALS.slice(0, lots.length);
        const serialLine = { lineId: 's', sku: 'SERIAL', quantity: String(serials.length), serials };
        const counting = { eventId: 'count', occurredAtMs: startMs + 420_000 };
        ledger.fact('stock-counted', { location: 'L0', lines: [...lotLines, serialLine] }, counting);
        const expected = [
          Object.fromEntries(lots.map((lot, index) => [lot, index + 1])),
          Object.fromEntries(serials.map((serial) => [serial, 1])),
        ];
        const sellable = () => ['LOT', 'SERIAL'].map((sku) => heldAt(ledger, sku, 'L0', 0));
        expect(sellable()).toEqual(expected);

        late.forEach((fact, index) => {
          const about = { eventId: `late${index}`, occurredAtMs: startMs + fact.minute * 60_000 };
          ledger.fact(fact.type, dataOf(fact, startMs) as never, about);
        });
        expect(sellable()).toEqual(expected);
        expect(auditState(ledger.state)).toEqual([]);
      }),
      runs,
    );
  });
});
