import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { StockFact } from './stock-fact.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const runs = { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) };

const WAIT_MS = 86_400_000;
const OWNER = 'wms';
const SYSTEMS = ['erp', 'oms'] as const;
const REFERENCES = ['PO-1', 'PO-2'] as const;
const SKUS = ['A', 'B'] as const;

interface Told {
  readonly system: string;
  readonly reference: string;
  readonly lines: readonly (readonly [string, number])[];
}

const lines = fc.array(fc.tuple(fc.constantFrom(...SKUS), fc.integer({ min: 1, max: 3 })), {
  minLength: 1,
  maxLength: 3,
});
const receipt = fc.record({
  system: fc.constantFrom(OWNER, ...SYSTEMS),
  reference: fc.constantFrom(...REFERENCES),
  lines,
});
const step = fc.oneof(
  { weight: 4, arbitrary: receipt.map((told) => ({ type: 'told' as const, ...told })) },
  { weight: 1, arbitrary: fc.constantFrom(1, WAIT_MS / 2, WAIT_MS).map((ms) => ({ type: 'wait' as const, ms })) },
);

class Warehouse {
  readonly bench = LedgerBench.withLocations(1);
  readonly told: Told[] = [];

  constructor() {
    this.bench.sku('B');
  }

  tell(receipt: Told): void {
    const { system, reference, lines: parts } = receipt;
    const data = {
      location: 'L0',
      reference,
      lines: parts.map(([sku, count], index) => ({ lineId: `${index}`, sku, quantity: String(count) })),
    };
    const source = { system, eventId: `e${this.told.push(receipt)}` };
    const occurredAtMs = this.bench.clock.nowMs();
    const fact = { type: 'goods-received', source, occurredAtMs, data, isOwner: system === OWNER } as StockFact;
    expect(this.bench.do({ type: 'record-fact', fact }).code).toBeUndefined();
  }

  wait(ms: number): void {
    this.bench.clock.advance(ms);
    this.bench.do({ type: 'raise-unmatched-receipts', waitMs: WAIT_MS });
  }

  sum(system: string, reference: string | undefined, sku: string): number {
    return this.told
      .filter((each) => each.system === system && (reference === undefined || each.reference === reference))
      .flatMap((each) => each.lines.filter(([of]) => of === sku))
      .reduce((sum, [, count]) => sum + count, 0);
  }

  /** What people have to look at: cause and difference. */
  open(): readonly string[] {
    return this.bench.state.exceptions
      .ofClass('FOREIGN_WRITE')
      .map(({ cause, steps }) => `${cause.split('|').slice(1).join('|')}: ${steps}`)
      .toSorted();
  }

  /** By adding up what each has told. */
  differing(): readonly string[] {
    return SYSTEMS.flatMap((system) =>
      REFERENCES.flatMap((reference) =>
        SKUS.flatMap((sku) => {
          const steps = this.sum(system, reference, sku) - this.sum(OWNER, reference, sku);
          const isTold = this.sum(system, reference, sku) > 0;
          return isTold && steps !== 0 ? [`${system}|L0|receipt|${reference}|${sku}: ${steps}`] : [];
        }),
      ),
    ).toSorted();
  }
}

describe('a receipt that several systems tell', () => {
  test('moves stock by the word of its owner alone, and is an exception exactly where the sums still differ', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
        const warehouse = new Warehouse();
        for (const drawn of steps) {
          if (drawn.type === 'told') warehouse.tell(drawn);
          else warehouse.wait(drawn.ms);
          const differing = warehouse.differing();
          for (const open of warehouse.open()) expect(differing).toContain(open);
        }
        warehouse.wait(WAIT_MS);
        expect(warehouse.open()).toEqual(warehouse.differing());
        for (const sku of SKUS) {
          expect(warehouse.bench.figure('L0', 'SELLABLE', sku)).toBe(warehouse.sum(OWNER, undefined, sku));
        }
        const bytes = Buffer.from(ledgerSnapshot.encode(warehouse.bench.state));
        expect(Buffer.from(ledgerSnapshot.encode(warehouse.bench.replayed())).equals(bytes)).toBe(true);
        expect(Buffer.from(ledgerSnapshot.encode(ledgerSnapshot.decode(bytes))).equals(bytes)).toBe(true);
      }),
      runs,
    );
  });

  test('is nobody’s concern when all tell the same within the wait, in whatever order and parts', () => {
    const shares = fc.array(lines, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shares, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (parts, order) => {
        const warehouse = new Warehouse();
        const whole = parts.flat();
        const all = [
          ...parts.map((part) => ({ system: OWNER, reference: 'PO-1', lines: part })),
          ...whole.map((line) => ({ system: 'erp', reference: 'PO-1', lines: [line] })),
        ];
        const shuffled = all
          .map((told, index) => ({ told, rank: order[index % order.length] as number }))
          .toSorted((a, b) => a.rank - b.rank);
        for (const { told } of shuffled) {
          warehouse.tell(told);
          warehouse.wait(WAIT_MS / 100);
        }
        warehouse.wait(WAIT_MS);
        expect(warehouse.bench.log.flat().filter(({ type }) => type === 'exception-raised')).toEqual([]);
        expect(warehouse.bench.state.receipts.nextDueMs(WAIT_MS)).toBeUndefined();
      }),
      runs,
    );
  });
});

describe('an exception about a receipt', () => {
  test('is closed by a balance of the same system that agrees', () => {
    const warehouse = new Warehouse();
    warehouse.tell({ system: 'erp', reference: 'PO-1', lines: [['A', 2]] });
    warehouse.wait(WAIT_MS);
    expect(warehouse.open()).toEqual(['erp|L0|receipt|PO-1|A: 2']);
    const balance = (system: string) => {
      const data = { location: 'L0', lines: [{ lineId: '1', sku: 'A', quantity: '0' }] };
      const source = { system, eventId: `balance-${system}` };
      const occurredAtMs = warehouse.bench.clock.nowMs();
      warehouse.bench.do({ type: 'record-fact', fact: { type: 'balance-reported', source, occurredAtMs, data } });
    };
    balance('oms');
    expect(warehouse.open()).toHaveLength(1);
    balance('erp');
    expect(warehouse.open()).toEqual([]);
    warehouse.wait(WAIT_MS);
    expect(warehouse.open()).toEqual([]);
  });
});
