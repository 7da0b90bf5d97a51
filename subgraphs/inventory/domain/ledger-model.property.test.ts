import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { ledgerSnapshot } from '../app/ledger-snapshot.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { LedgerModel, MODEL_LOCATIONS, MODEL_NETWORKS, MODEL_SKUS } from '../testing/ledger-model.ts';
import { MODEL_COMMANDS, type ModelCommand } from '../testing/model-commands.ts';
import { auditState } from './audit-state.ts';
import { createLedgerState } from './ledger-state.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

function setUp(): { model: LedgerModel; real: LedgerBench } {
  const real = LedgerBench.withLocations(MODEL_LOCATIONS.length);
  real.sku('B');
  for (const [channel, locations] of Object.entries(MODEL_NETWORKS)) real.channel(channel, locations);
  return { model: new LedgerModel(), real };
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

function expectEqual(model: LedgerModel, real: LedgerBench): void {
  for (const sku of MODEL_SKUS) {
    for (const location of MODEL_LOCATIONS) {
      const shelf = { sku, location };
      const expected = {
        SELLABLE: model.sellable(shelf),
        SUSPECT: model.suspect(shelf),
        softReserved: model.softReserved(shelf),
        allocated: model.allocated(shelf),
        picked: model.picked(shelf),
      };
      const held = Object.keys(expected) as (keyof typeof expected)[];
      const figures = Object.fromEntries(held.map((of) => [of, real.figure(location, of, sku)]));
      expect({ ...shelf, ...figures }).toEqual({ ...shelf, ...expected });
    }
    for (const channel of Object.keys(MODEL_NETWORKS)) {
      expect([channel, sku, real.terms(channel, sku).available]).toEqual([channel, sku, model.available(channel, sku)]);
    }
  }
  for (const { id, status, units } of model.reservations) {
    const { status: held, steps } = real.state.reservations.get(id) ?? {};
    expect([id, held, status === 'ACTIVE' ? steps : units]).toEqual([id, status, units]);
  }
}

describe('the ledger', () => {
  test('does whatever a plain model of it does, and its state is sound', () => {
    fc.assert(
      fc.property(fc.commands(compared, { size: '+1' }), (commands) => {
        const both = setUp();
        fc.modelRun(() => both, commands);
        expect(auditState(both.real.state)).toEqual([]);
      }),
      parameters,
    );
  });

  test('comes to the same bytes from its log, and from a snapshot of any moment and the rest of the log', () => {
    fc.assert(
      fc.property(fc.commands([...MODEL_COMMANDS], { size: '+1' }), fc.nat(), (commands, moment) => {
        const both = setUp();
        fc.modelRun(() => both, commands);
        const { log, state } = both.real;
        const bytes = Buffer.from(ledgerSnapshot.encode(state));
        expect(Buffer.from(ledgerSnapshot.encode(both.real.replayed())).equals(bytes)).toBe(true);
        const at = moment % (log.length + 1);
        const former = LedgerBench.over(createLedgerState(), log.slice(0, at), 0);
        const restored = ledgerSnapshot.decode(new Uint8Array(ledgerSnapshot.encode(former)));
        const now = LedgerBench.over(restored, log.slice(at), at);
        expect(Buffer.from(ledgerSnapshot.encode(now)).equals(bytes)).toBe(true);
      }),
      parameters,
    );
  });
});
