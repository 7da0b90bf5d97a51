import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { EVERY_SHELF, LedgerModel } from '../testing/ledger-model.ts';
import { PAIR, type ModelCommand } from '../testing/model-command.ts';
import { MODEL_COMMANDS } from '../testing/model-commands.ts';
import { statusOf as modelStatusOf } from '../testing/model-transfers.ts';
import {
  KIT_PARTS,
  MODEL_KIT,
  MODEL_LOCATIONS,
  MODEL_NETWORKS,
  MODEL_SKUS,
  PICKUP_LOCATIONS,
} from '../testing/model-world.ts';
import { auditState } from './audit-state.ts';
import { BUCKETS } from './bucket.ts';
import { createLedgerState, virtualBalance, type LedgerState } from './ledger-state.ts';
import { statusOf } from './transfer.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };
/** Long runs: an order needs stock, a reservation and an allocation before it can be shipped. */
const LONG = { size: 'max', maxCommands: 160 } as const;
/** What lies on each shelf to begin with. */
const opening = fc.array(fc.nat({ max: 9 }), { minLength: EVERY_SHELF.length, maxLength: EVERY_SHELF.length });

function setUp(stock: readonly number[]): { model: LedgerModel; real: LedgerBench } {
  const real = LedgerBench.withLocations(MODEL_LOCATIONS.length);
  for (const at of MODEL_LOCATIONS) if (!PICKUP_LOCATIONS.includes(at)) real.location(at, ['SHIP']);
  const units = { step: '1' as const, baseUnit: 'EA', conversions: [PAIR] };
  for (const sku of MODEL_SKUS) real.do({ type: 'register-sku', request: { sku, ...units, categories: [] } });
  const components = Object.entries(KIT_PARTS).map(([sku, count]) => ({ sku, quantity: String(count) }));
  real.do({ type: 'register-sku', request: { sku: MODEL_KIT, ...units, categories: [], components } });
  for (const [channel, locations] of Object.entries(MODEL_NETWORKS)) real.channel(channel, locations);
  const model = new LedgerModel();
  EVERY_SHELF.forEach((shelf, index) => {
    const units = stock[index] ?? 0;
    if (units === 0) return;
    real.receive(shelf.location, String(units), shelf.sku, 1);
    model.move(shelf, units, 1);
  });
  return { model, real };
}

/** Every command, followed by a comparison of all that can be seen. */
const compared = MODEL_COMMANDS.map((commands) =>
  commands.map((each): ModelCommand => {
    const run = (model: LedgerModel, real: LedgerBench): void => {
      each.run(model, real);
      expectEqual(model, real);
    };
    return { check: () => true, run, toString: () => each.toString() };
  }),
);

/** One comparison of two texts for all of it, because it is made after every command. */
function expectEqual(model: LedgerModel, real: LedgerBench): void {
  const [told, held] = [toldBy(model), heldBy(real, model)];
  if (JSON.stringify(told) !== JSON.stringify(held)) expect(held).toEqual(told);
}

function toldBy(model: LedgerModel) {
  return {
    shelves: EVERY_SHELF.map((shelf) => [
      model.sellable(shelf),
      ...BUCKETS.slice(1).map((bucket) => model.inBucket(shelf, bucket)),
      model.softReserved(shelf),
      model.allocated(shelf),
      model.picked(shelf),
    ]),
    available: Object.keys(MODEL_NETWORKS).map((channel) =>
      [...MODEL_SKUS, MODEL_KIT].map((sku) => model.available(channel, sku)),
    ),
    reservations: model.reservations.map(({ status, units, owed, expiresAtMs = null }) =>
      status === 'ACTIVE' ? [status, units, owed, expiresAtMs] : [status],
    ),
    toCome: EVERY_SHELF.map((shelf) =>
      model
        .toCome(shelf)
        .map(({ units, expectedAtMs = null }) => `${units} at ${expectedAtMs}`)
        .toSorted(),
    ),
    between: MODEL_SKUS.map((sku) => model.transfers.between(sku)),
    transfers: model.transfers.all.map((transfer) => [
      modelStatusOf(transfer),
      ...transfer.lines.map(({ shipped, received, lost }) => [shipped, received, lost]),
    ]),
    stale: MODEL_LOCATIONS.filter((location) => model.feeds.isStale(location)),
    missing: model.missingNumbers(),
    conflicts: model.conflicts.size,
  };
}

function heldBy(real: LedgerBench, model: LedgerModel): ReturnType<typeof toldBy> {
  const { state, log } = real;
  const indexOf = (location: string): number => state.locationIds.find(location) ?? -1;
  const skuOf = (sku: string): number => state.skuIds.find(sku) ?? -1;
  return {
    shelves: EVERY_SHELF.map(({ sku, location }) =>
      [...BUCKETS, 'softReserved' as const, 'allocated' as const, 'picked' as const].map((of) =>
        real.figure(location, of, sku),
      ),
    ),
    available: Object.keys(MODEL_NETWORKS).map((channel) =>
      [...MODEL_SKUS, MODEL_KIT].map((sku) => real.terms(channel, sku).available),
    ),
    reservations: model.reservations.map(({ id }) => {
      const { status = 'CANCELLED', steps = 0, backordered = 0, expiresAtMs = null } = state.reservations.get(id) ?? {};
      return status === 'ACTIVE' ? [status, steps, backordered, expiresAtMs] : [status];
    }),
    toCome: EVERY_SHELF.map(({ sku, location }) =>
      state.supply
        .at(skuOf(sku), indexOf(location))
        .map(({ steps, expectedAtMs }) => `${steps} at ${expectedAtMs}`)
        .toSorted(),
    ),
    between: MODEL_SKUS.map((sku) => virtualBalance(state, skuOf(sku), 'TRANSIT')),
    transfers: model.transfers.all.map(({ id }) => {
      const transfer = state.transfers.get(id);
      if (!transfer) return ['unknown'];
      return [statusOf(transfer), ...transfer.lines.map(({ shipped, received, lost }) => [shipped, received, lost])];
    }),
    stale: MODEL_LOCATIONS.filter((location) => state.staleLocations.has(indexOf(location))),
    missing: missingNumbers(state),
    conflicts: log.flat().filter(({ type }) => type === 'fact-conflicted').length,
  };
}

function missingNumbers({ sequences }: LedgerState): readonly number[] {
  const gaps = sequences.toEntries().flatMap(([, stream]) => stream.gaps);
  return gaps.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

const bytesOf = (state: LedgerState): Buffer => Buffer.from(ledgerSnapshot.encode(state));

describe('the ledger', () => {
  test('does whatever a plain model of it does, across restarts, and its state is sound', () => {
    fc.assert(
      fc.property(opening, fc.commands(compared, LONG), (stock, commands) => {
        const both = setUp(stock);
        fc.modelRun(() => both, commands);
        expect(auditState(both.real.state)).toEqual([]);
        expect(bytesOf(both.real.replayed()).equals(bytesOf(both.real.state))).toBe(true);
      }),
      parameters,
    );
  });

  test('comes to the same bytes from its log, and from snapshots of any moments and the log between them', () => {
    const moments = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(opening, fc.commands([...MODEL_COMMANDS], LONG), moments, (stock, commands, drawn) => {
        const both = setUp(stock);
        fc.modelRun(() => both, commands);
        const { log, state } = both.real;
        const bytes = bytesOf(state);
        expect(bytesOf(both.real.replayed()).equals(bytes)).toBe(true);
        let [former, at] = [createLedgerState(), 0];
        for (const until of drawn.map((moment) => moment % (log.length + 1)).toSorted((a, b) => a - b)) {
          former = ledgerSnapshot.decode(bytesOf(LedgerBench.over(former, log.slice(at, until), at)));
          at = until;
        }
        expect(bytesOf(LedgerBench.over(former, log.slice(at), at)).equals(bytes)).toBe(true);
      }),
      parameters,
    );
  });
});
