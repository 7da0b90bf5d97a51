import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import type { PastPort } from '../../../../kernel/engine/past/past-connection.ts';
import { inThreadPast } from '../../testing/in-thread-past.ts';
import { MemoryLedger } from '../../testing/memory-ledger.ts';
import {
  RandomTrade,
  TRADE_CHANNELS,
  TRADE_LOCATIONS,
  TRADE_SKUS,
  tradeStep,
  type TradeStep,
} from '../../testing/random-trade.ts';
import { INVENTORY_LIMITS, type InventoryLimits } from '../inventory-limits.ts';
import { ledgerSnapshot as snapshot } from '../ledger-snapshot.ts';
import { evolve } from '../../domain/evolve.ts';
import { answerPast, type PastQuestion } from './answer-past.ts';
import { PastLedger } from './past-ledger.ts';

/*
 * A ledger trades at random; after every step the live state is asked for everything and the answer kept. Later, in any
 * order, across restarts and with few snapshots left, the past is asked for the same. Every answer must be the same.
 */

const { propertyRuns, propertySeed } = testConfig();
const numRuns = Math.ceil(propertyRuns / 4);
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const QUESTIONS: readonly PastQuestion[] = [
  { type: 'availabilities', skus: [...TRADE_SKUS, 'UNKNOWN'], channels: Object.keys(TRADE_CHANNELS) },
  ...Object.keys(TRADE_CHANNELS).flatMap((channel): PastQuestion[] => [
    { type: 'offers', channel, lines: TRADE_SKUS.map((sku) => ({ sku, quantity: '2' })) },
    ...TRADE_LOCATIONS.map((location): PastQuestion => ({
      type: 'node-availability',
      skus: [...TRADE_SKUS],
      channel,
      location,
    })),
  ]),
  ...TRADE_LOCATIONS.map((location): PastQuestion => {
    const filter = { category: undefined, isNegative: undefined, changedAfterSeq: undefined };
    const order = { skus: undefined, sort: { by: 'ON_HAND', direction: 'DESC' }, after: undefined } as const;
    return { type: 'positions', asked: { location, limit: 100, filter, ...order } };
  }),
];

interface Told {
  readonly atMs: number;
  readonly answers: readonly unknown[];
}

const SMALL = { pastStatesMax: 2, pastPieceBatchesMax: 3 };

class Observed {
  readonly stock = new MemoryLedger({}, { snapshotsKept: 3 });
  readonly told: Told[] = [];
  readonly #trade = new RandomTrade(this.stock.clock);

  async trade(steps: readonly (TradeStep | { readonly type: 'restart' })[]): Promise<this> {
    await this.stock.open();
    await this.#trade.begin(this.stock.ledger);
    for (const step of steps) {
      if (step.type === 'restart') await this.stock.restart();
      else await this.#trade.run(this.stock.ledger, step);
      this.#tell();
    }
    return this;
  }

  past(connect: () => PastPort = inThreadPast, limits: Partial<InventoryLimits> = SMALL): PastLedger {
    const { clock, snapshots } = this.stock;
    return new PastLedger(this.stock.ledger, { clock, snapshots }, { ...INVENTORY_LIMITS, ...limits }, connect);
  }

  /** Time stands still while a step is carried out, so its instant is told apart from the next one's afterwards. */
  #tell(): void {
    const { ledger, clock } = this.stock;
    const answers = QUESTIONS.map((question) => copyOf(answerPast(ledger.state, ledger.seq, question)));
    this.told.push({ atMs: clock.nowMs(), answers });
    clock.advance(1);
  }
}

const copyOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function ask(past: PastLedger, atMs: number): Promise<readonly unknown[]> {
  const asOf = new Date(atMs).toISOString();
  return Promise.all(QUESTIONS.map(async (question) => copyOf(await past.ask(asOf, question))));
}

const restart = fc.constant({ type: 'restart' as const });
const steps = fc.array(fc.oneof({ weight: 9, arbitrary: tradeStep }, { weight: 1, arbitrary: restart }), {
  minLength: 1,
  maxLength: 40,
});

describe('the ledger as of a past instant', () => {
  test('answers what the live ledger answered then, in whatever order instants are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (trades, draws) => {
        const observed = await new Observed().trade(trades);
        for (const isRestarted of [false, true]) {
          if (isRestarted) await observed.stock.restart();
          const past = observed.past();
          try {
            for (let count = 0; count < 8; count++) {
              const { value } = draws.next() as { value: number };
              const { atMs, answers } = observed.told[value % observed.told.length] as Told;
              expect(await ask(past, atMs)).toEqual(answers);
            }
          } finally {
            past.close();
          }
        }
        await observed.stock.ledger.close();
      }),
      parameters,
    );
  });

  const TRADES: readonly (TradeStep | { readonly type: 'restart' })[] = [
    { type: 'receive', location: 'L0', sku: 'A', units: 5 },
    { type: 'receive', location: 'L1', sku: 'B', units: 6 },
    { type: 'restart' },
    { type: 'rules', rule: { kind: 'THRESHOLD', isRemoved: false, channel: 'WEB', quantity: '1' }, inMs: 0 },
    { type: 'reserve', channel: 'WEB', sku: 'A', units: 2, location: undefined, kind: 'CART' },
    { type: 'restart' },
    { type: 'receive', location: 'L0', sku: 'A', units: 1 },
    { type: 'reserve', channel: 'WEB', sku: 'A', units: 1, location: 'L0', kind: 'PICKUP' },
    { type: 'supply', location: 'L0', sku: 'A', units: 4, inMs: 5_000 },
    { type: 'rules', rule: { kind: 'STALE_BUFFER', isRemoved: false, quantity: '2' }, inMs: 0 },
    { type: 'wait', ms: 900_000 },
  ];

  const differences = async (past: PastLedger, told: readonly Told[]): Promise<number> => {
    let count = 0;
    for (const { atMs, answers } of told) {
      if (JSON.stringify(await ask(past, atMs)) !== JSON.stringify(answers)) count++;
    }
    past.close();
    return count;
  };

  test('the comparison sees an instant missed by one batch, and rules, claims or supply that are left out', async () => {
    const observed = await new Observed().trade(TRADES);
    expect(await differences(observed.past(), observed.told)).toBe(0);
    const shifted = observed.told.map(({ answers }, index) => {
      return { answers, atMs: (observed.told[Math.max(0, index - 1)] as Told).atMs };
    });
    expect(await differences(observed.past(), shifted)).toBeGreaterThan(0);
    for (const type of ['availability-rules-changed', 'stock-reserved', 'supply-stated', 'feed-became-stale']) {
      const forgetful = () =>
        inThreadPast({ evolve: (state, event, seq) => event.type !== type && evolve(state, event, seq), snapshot });
      expect([type, await differences(observed.past(forgetful), observed.told)]).not.toEqual([type, 0]);
    }
    await observed.stock.ledger.close();
  });

  test('without a snapshot that this version can read, the answer comes from the beginning of the log', async () => {
    const observed = await new Observed().trade(TRADES);
    const loads: number[] = [];
    const older = () => inThreadPast({ snapshot: { ...snapshot, version: snapshot.version - 1 } });
    expect(await differences(observed.past(older), observed.told)).toBe(0);
    observed.stock.snapshots.at = async (_context, _epoch, seq) => void loads.push(seq);
    expect(await differences(observed.past(), observed.told)).toBe(0);
    expect(loads.length).toBeGreaterThan(0);
    await observed.stock.ledger.close();
  });

  test('is not told for an instant that has not passed, and before the first batch nothing is known', async () => {
    const observed = await new Observed().trade(TRADES);
    const past = observed.past();
    const question: PastQuestion = { type: 'availabilities', skus: ['A'], channels: [] };
    const now = new Date(observed.stock.clock.nowMs()).toISOString();
    await expect(past.ask(now, question)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await past.ask('1999-01-01T00:00:00Z', question)).toEqual([]);
    const selling: PastQuestion = { ...question, channels: ['WEB'] };
    await expect(past.ask('1999-01-01T00:00:00Z', selling)).rejects.toMatchObject({ code: 'UNKNOWN_CHANNEL' });
    past.close();
    await observed.stock.ledger.close();
  });

  test('goes on from where the bound of one question ended it', async () => {
    const observed = await new Observed().trade(TRADES.filter(({ type }) => type !== 'restart'));
    const past = observed.past(inThreadPast, { ...SMALL, pastReplayEventsMax: 4 });
    const { atMs, answers } = observed.told.at(-1) as Told;
    const asOf = new Date(atMs).toISOString();
    const [question] = QUESTIONS as [PastQuestion];
    const reached: unknown[] = [];
    for (let count = 0; count < 50; count++) {
      const outcome = await past.ask(asOf, question).catch((error: { code: string; details: object }) => error);
      if (!('code' in outcome)) {
        expect(copyOf(outcome)).toEqual(answers[0]);
        break;
      }
      expect(outcome).toMatchObject({ code: 'PAST_NOT_REBUILT', retryable: true });
      reached.push((outcome.details as { reachedSeq: number }).reachedSeq);
    }
    expect(reached.length).toBeGreaterThan(2);
    expect(reached).toEqual(reached.toSorted((a, b) => (a as number) - (b as number)));
    past.close();
    await observed.stock.ledger.close();
  });

  test('takes no more questions than may wait, and answers none after its end', async () => {
    const observed = await new Observed().trade(TRADES);
    const past = observed.past(inThreadPast, { ...SMALL, pastQuestionsMax: 2 });
    const asOf = new Date((observed.told[0] as Told).atMs).toISOString();
    const [question] = QUESTIONS as [PastQuestion];
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => past.ask(asOf, question)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({ reason: { code: 'OVERLOADED' } });
    past.close();
    await expect(past.ask(asOf, question)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });
    await observed.stock.ledger.close();
  });
});
