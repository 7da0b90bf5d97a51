import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { MemoryLedger } from '../testing/memory-ledger.ts';
import { RandomTrade, tradeStep, type TradeStep } from '../testing/random-trade.ts';
import { ledgerSnapshot } from './ledger-snapshot.ts';
import { joinSlices } from './snapshot-form.ts';

const { propertyRuns, propertySeed } = testConfig();
const numRuns = Math.ceil(propertyRuns / 2);
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const steps = fc.array(tradeStep, { minLength: 1, maxLength: 30 });

/** Takes a snapshot slice by slice, and does something else after each. @returns its bytes */
async function takeSlowly(state: Parameters<typeof ledgerSnapshot.encode>[0], others: (() => Promise<unknown>)[]) {
  const slices = ledgerSnapshot.encodeInSlices?.(state) ?? [];
  const taken: Uint8Array[] = [];
  // The ledger also goes on before the first slice is taken.
  await others.shift()?.();
  for (const slice of slices) {
    taken.push(slice);
    await others.shift()?.();
  }
  for (const other of others) await other();
  return joinSlices(taken);
}

test('a snapshot holds what the ledger was when it was begun, however it goes on while it is taken', async () => {
  await fc.assert(
    fc.asyncProperty(steps, steps, fc.boolean(), async (before: TradeStep[], after: TradeStep[], isAbandoned) => {
      const stock = await new MemoryLedger().open();
      const trade = new RandomTrade(stock.clock);
      await trade.begin(stock.ledger);
      for (const step of before) await trade.run(stock.ledger, step);
      const { state } = stock.ledger;
      const atBegin = ledgerSnapshot.encode(state);
      // One that nobody takes to its end, as after a failure.
      if (isAbandoned) ledgerSnapshot.encodeInSlices?.(state);
      const others = after.map((step) => () => trade.run(stock.ledger, step));
      expect(Buffer.compare(await takeSlowly(state, others), atBegin)).toBe(0);
      const restored = ledgerSnapshot.decode(ledgerSnapshot.encode(state));
      expect(Buffer.compare(ledgerSnapshot.encode(restored), ledgerSnapshot.encode(state))).toBe(0);
      await stock.ledger.close();
    }),
    parameters,
  );
});
