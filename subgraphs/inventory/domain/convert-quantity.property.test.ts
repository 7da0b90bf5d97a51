import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { quantityInUnit, stepsInUnit } from '../../../kernel/model/convert-quantity.ts';
import { isRefusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals } from '../../../kernel/model/quantity.ts';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { shortPickDeallocation } from '../app/short-pick-deallocation.ts';
import { FACT_MOVEMENTS } from './fact-movement.ts';
import { findNodes } from './find-nodes.ts';
import type { StockFact } from './stock-fact.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const decimals = fc.integer({ min: 0, max: 4 }) as fc.Arbitrary<StepDecimals>;
const fraction = fc.integer({ min: 1, max: 5_000 });
const sku = fc
  .record({ decimals, numerator: fraction, denominator: fraction })
  .map(({ decimals: places, ...ratio }) => {
    return { decimals: places, baseUnit: 'EA', conversions: [{ unit: 'CS', ...ratio }] };
  });

describe('a conversion', () => {
  test('comes back exactly when it can be told in the unit', () => {
    fc.assert(
      fc.property(sku, fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom('EA', 'CS'), (of, steps, unit) => {
        const text = quantityInUnit(steps, unit, of);
        fc.pre(text !== undefined);
        expect(stepsInUnit(text, unit, of)).toBe(steps);
      }),
      parameters,
    );
  });

  test('is exactly the fraction, or is refused', () => {
    fc.assert(
      fc.property(sku, fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 3 }), (of, digits, places) => {
        const text = (digits / 10 ** places).toFixed(places);
        const steps = stepsInUnit(text, 'CS', of);
        const [{ numerator, denominator } = { numerator: 1, denominator: 1 }] = of.conversions;
        const dividend = BigInt(digits) * BigInt(numerator) * 10n ** BigInt(of.decimals);
        const divisor = BigInt(denominator) * 10n ** BigInt(places);
        if (isRefusal(steps)) {
          expect(steps.code).toBe('INVALID_QUANTITY');
          expect(dividend % divisor !== 0n || dividend / divisor > 2_147_483_647n).toBe(true);
        } else expect(BigInt(steps) * divisor).toBe(dividend);
      }),
      parameters,
    );
  });
});

describe('facts and reservations in other units', () => {
  const bench = (): LedgerBench => {
    const opened = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    const conversions = [
      { unit: 'CS', numerator: 12, denominator: 1 },
      { unit: 'THIRD', numerator: 1, denominator: 3 },
    ];
    opened.do({ type: 'register-sku', request: { sku: 'A', step: '1', categories: [], baseUnit: 'EA', conversions } });
    return opened;
  };
  const received = (quantity: string, unit: string) =>
    ({ location: 'L0', reference: 'po', lines: [{ lineId: '1', sku: 'A', quantity, unit }] }) as const;

  test('are converted, and what was told stays beside the movement', () => {
    const opened = bench();
    const { events } = opened.fact('goods-received', {
      ...received('2.5', 'CS'),
      lines: [...received('2.5', 'CS').lines],
    });
    expect(opened.figure('L0', 'SELLABLE')).toBe(30);
    expect(events).toMatchObject([{ lines: [{ steps: 30, told: { quantity: '2.5', unit: 'CS' } }] }, {}]);
    const line = { lineRef: '1', sku: 'A', quantity: '2', unit: 'CS' };
    expect(opened.reserve([], { lines: [line] })).toMatchObject({ answer: { reservations: [{ quantity: '24' }] } });
  });

  /** Of everything that a line of a fact may tell; each fact takes what is its own. */
  const dataOf = (quantity: string, unit: string) => {
    const told = { orderLine: 'o.1', transferLine: '0', documentLine: '1', unitPriceMinor: 1, reason: 'DAMAGE' };
    const places = { from: 'SELLABLE', to: 'DAMAGED' };
    const lines = [{ lineId: '1', sku: 'A', quantity, unit, ...told, ...places }];
    const documents = { order: 'o', externalId: 'r', return: 'r', reference: 'po', document: 'po', transfer: 't' };
    return { ...documents, location: 'L0', channel: 'WEB', to: 'L0', shipment: 's', lines } as never;
  };

  test.each(Object.entries(FACT_MOVEMENTS).filter(([type]) => type !== 'supply-cancelled'))(
    'are taken in by %s exactly, and one that is no whole number of steps waits',
    (type, movement) => {
      const opened = bench();
      const refused = opened.fact(type as StockFact['type'], dataOf('1', 'THIRD'));
      expect(refused).toMatchObject({ answer: { appliedLines: 0, parked: [{ code: 'INVALID_QUANTITY' }] } });
      const { events, code } = opened.fact(type as StockFact['type'], dataOf('0.5', 'CS'));
      expect([code, events.some((event) => event.type === 'fact-recorded')]).toEqual([undefined, true]);
      const moved = events.find((event) => event.type === 'stock-moved');
      const steps = moved?.lines.map((line) => line.steps);
      expect(steps).toEqual(movement || type === 'stock-counted' ? [6] : undefined);
    },
  );

  test('that a short pick cannot be read in leave its allocation as it is', () => {
    const opened = bench();
    opened.receive('L0', '60');
    const reserved = opened.reserve([['A', '36']], { kind: 'ORDER' });
    const reservation = 'answer' in reserved ? (reserved.answer.reservations[0]?.id ?? '') : '';
    const lines = [{ orderLine: 'o.1', reservation, sku: 'A', location: 'L0', quantity: '36' }];
    opened.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines } });
    const told = (quantity: string, unit: string): StockFact => {
      const line = { lineId: '1', orderLine: 'o.1', sku: 'A', quantity, unit };
      const source = { system: 'wms', eventId: 'e' };
      return {
        type: 'short-pick-recorded',
        source,
        occurredAtMs: 1,
        data: { order: 'o', location: 'L0', lines: [line] },
      };
    };
    expect(shortPickDeallocation(opened.state, told('1', 'THIRD'))).toBeUndefined();
    expect(shortPickDeallocation(opened.state, told('2', 'CS'))?.lines).toMatchObject([{ quantity: '2', unit: 'CS' }]);
  });

  test('are taken in by the commands about orders, nodes, returns and transfers', () => {
    const opened = bench();
    opened.location('L1');
    opened.receive('L0', '60');
    const reserved = opened.reserve([['A', '36']], { kind: 'ORDER' });
    const [claim] = 'answer' in reserved ? reserved.answer.reservations : [];
    const unit = 'CS';
    const line = { sku: 'A', location: 'L0', quantity: '2', unit, orderLine: 'o.1' };
    const lines = [{ ...line, reservation: claim?.id ?? '' }];
    opened.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o', lines } });
    expect(opened.figure('L0', 'allocated')).toBe(24);
    const request = { commandId: 'd', order: 'o', channel: 'WEB', afterwards: 'NOTHING' } as const;
    opened.do({ type: 'deallocate-stock', request: { ...request, lines: [{ ...line, quantity: '1' }] } });
    expect(opened.figure('L0', 'allocated')).toBe(12);
    const asked = { lineRef: '1', sku: 'A', quantity: '0.5', unit, reservation: claim?.id ?? '' };
    expect(findNodes(opened.state, { channel: 'WEB', lines: [asked] })).not.toHaveProperty('refused');

    const about = { document: 'o', location: 'L0', occurredAt: new Date(opened.clock.nowMs()).toISOString() };
    const shipped = [{ documentLine: 'o.1', sku: 'A', quantity: '1', unit }];
    opened.do({ type: 'record-movement', request: { ...about, commandId: 's', kind: 'SHIP', lines: shipped } });
    expect([opened.figure('L0', 'allocated'), opened.figure('L0', 'SELLABLE')]).toEqual([0, 48]);
    opened.do({
      type: 'record-movement',
      request: { ...about, commandId: 'b', kind: 'RETURN_RECEIPT', lines: shipped },
    });
    const back = { returnLine: '1', sku: 'A', quantity: '0.5', unit, disposition: 'RESTOCK' } as const;
    opened.do({ type: 'dispose-return', request: { commandId: 'r', return: 'o', location: 'L0', lines: [back] } });
    expect([opened.figure('L0', 'RETURN_PENDING'), opened.figure('L0', 'SELLABLE')]).toEqual([6, 54]);
    const moving = { action: 'REQUEST', commandId: 't', from: 'L0', to: 'L1' } as const;
    const transfer = opened.do({
      type: 'change-transfer',
      request: { ...moving, lines: [{ sku: 'A', quantity: '1', unit }] },
    });
    expect(transfer.events).toMatchObject([{ lines: [{ steps: 12 }] }]);
  });

  test.each([
    ['a remainder', '1', 'THIRD'],
    ['an unknown unit', '1', 'PALLET'],
  ])('wait with INVALID_QUANTITY for %s', (_title, quantity, unit) => {
    const opened = bench();
    const told = { ...received(quantity, unit), lines: [...received(quantity, unit).lines] };
    expect(opened.fact('goods-received', told)).toMatchObject({ answer: { parked: [{ code: 'INVALID_QUANTITY' }] } });
    const line = { lineRef: '1', sku: 'A', quantity, unit };
    expect(opened.reserve([], { lines: [line] })).toMatchObject({ code: 'INVALID_QUANTITY' });
  });
});
