import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { MemoryChainFile, MemoryChainIndex } from '../../../kernel/testing/memory-chain-index.ts';
import type { ChainIndex } from '../../../kernel/ports/chain-index.ts';
import { MemoryLedger } from '../testing/memory-ledger.ts';
import { RandomTrade, TRADE_LOCATIONS, TRADE_SKUS, tradeStep, type TradeStep } from '../testing/random-trade.ts';
import { NONE } from '../domain/bucket.ts';
import { evolve } from '../domain/evolve.ts';
import { createLedgerState } from '../domain/ledger-state.ts';
import { figuresOf } from './figures-of.ts';
import type { Ledger } from './ledger.ts';
import type { PositionFigures } from './position-effects.ts';
import { positionHistory, type HistoryEntry, type HistoryPlace } from './position-history.ts';
import { PositionLog } from './position-log.ts';
import { PositionLogAudit } from './position-log-audit.ts';

/*
 * A ledger trades at random, is restarted, and loses its index of positions or the newest part of it. After every batch
 * the figures of all positions are kept; in the end the history of each position has to tell the same ones.
 */

const { propertyRuns, propertySeed } = testConfig();
const numRuns = Math.ceil(propertyRuns / 4);
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const KEYS = TRADE_LOCATIONS.flatMap((location) => TRADE_SKUS.map((sku) => ({ sku, location })));
type Key = (typeof KEYS)[number];
type Step = TradeStep | { readonly type: 'restart' } | { readonly type: 'keep-index' } | { readonly type: 'fall-back' };

class Recorded {
  readonly stock = new MemoryLedger();
  /** By batch and position. */
  readonly figures = new Map<string, PositionFigures>();
  readonly #trade = new RandomTrade(this.stock.clock);
  #file = new MemoryChainFile();
  #kept = new MemoryChainFile();
  log!: PositionLog;
  #stop: () => Promise<void> = async () => undefined;

  async trade(steps: readonly Step[]): Promise<this> {
    await this.stock.open();
    await this.#start();
    await this.#trade.begin(this.stock.ledger);
    for (const step of steps) await this.#run(step);
    return this;
  }

  async end(): Promise<void> {
    await this.#stop();
    await this.stock.ledger.close();
  }

  /** The positions of which an audit says that an index, by default the own one, tells another history than the log. */
  async audit(chains: ChainIndex = new MemoryChainIndex(this.#file, this.#file.epoch)): Promise<readonly string[]> {
    const state = createLedgerState();
    const audit = new PositionLogAudit(chains, state);
    for await (const { seq, events } of this.stock.ledger.history(0)) {
      for (const event of events) evolve(state, event, seq);
      expect(audit.note({ seq, events })).toBe(true);
    }
    const found: string[] = [];
    for await (const { sku, location } of audit.findings()) found.push(`${sku} at ${location}`);
    return found;
  }

  /** With an index of its own that does what the test wants. */
  open(chains: ChainIndex, ledger = this.stock.ledger): Promise<PositionLog> {
    return PositionLog.open({ openChainIndex: async () => chains }, ledger);
  }

  async #start(): Promise<void> {
    const openChainIndex = async (_name: string, epoch: string) => new MemoryChainIndex(this.#file, epoch);
    this.log = await PositionLog.open({ openChainIndex }, this.stock.ledger);
    const stop = this.log.start();
    const stopRecording = this.stock.ledger.onCommitted(({ seq }) => this.#record(seq));
    this.#stop = () => {
      stopRecording();
      return stop();
    };
  }

  async #run(step: Step): Promise<void> {
    if (step.type === 'keep-index') this.#kept = copyOf(this.#file);
    if (step.type === 'restart' || step.type === 'fall-back') {
      await this.#stop();
      await this.stock.restart();
      if (step.type === 'fall-back') this.#file = copyOf(this.#kept);
      await this.#start();
    } else if (step.type !== 'keep-index') {
      await this.#trade.run(this.stock.ledger, step);
    }
  }

  #record(seq: number): void {
    for (const key of KEYS) this.figures.set(`${seq} ${key.sku} ${key.location}`, figuresNow(this.stock.ledger, key));
  }
}

function copyOf(file: MemoryChainFile): MemoryChainFile {
  const copy = new MemoryChainFile();
  Object.assign(copy, { epoch: file.epoch, completeSeq: file.completeSeq, entries: [...file.entries] });
  for (const [key, address] of file.newest) copy.newest.set(key, address);
  return copy;
}

function figuresNow({ state }: Ledger, { sku, location }: Key): PositionFigures {
  const row = state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(location) ?? NONE);
  return row === NONE ? { onHand: 0, sellable: 0, softReserved: 0, allocated: 0 } : figuresOf(state, row);
}

/** The whole history of a position, page by page. */
async function wholeHistory(
  { ledger, log }: { readonly ledger: Ledger; readonly log: PositionLog },
  key: Key,
  limit: number,
): Promise<{ entries: readonly HistoryEntry[]; isComplete: boolean }> {
  const entries: HistoryEntry[] = [];
  for (let before: HistoryPlace | undefined; ;) {
    const page = await positionHistory({ ledger, log }, key, { limit, ...(before && { before }) });
    entries.push(...page.entries.slice(0, limit));
    const last = entries.at(-1);
    if (page.entries.length < limit || !last) return { entries, isComplete: page.isComplete };
    before = { seq: last.seq, index: last.index, figures: last.before, address: last.address };
  }
}

const textsOf = (figures: PositionFigures) =>
  Object.fromEntries(Object.entries(figures).map(([name, steps]) => [name, String(steps)]));

/** What is wrong with the history of a position; nothing when it tells what was recorded. */
function faultsOf(recorded: Recorded, key: Key, history: Awaited<ReturnType<typeof wholeHistory>>): readonly string[] {
  const faults: string[] = history.isComplete ? [] : ['it does not begin with nothing'];
  const { ledger } = recorded.stock;
  const now = JSON.stringify(textsOf(figuresNow(ledger, key)));
  const [newest] = history.entries;
  if (newest ? JSON.stringify(newest.balance) !== now : /[1-9]/.test(now)) faults.push('it ends otherwise than now');
  const told = new Map<number, string>();
  for (const { seq, balance } of history.entries) if (!told.has(seq)) told.set(seq, JSON.stringify(balance));
  let current = JSON.stringify(textsOf({ onHand: 0, sellable: 0, softReserved: 0, allocated: 0 }));
  for (let seq = 1; seq <= ledger.seq; seq++) {
    current = told.get(seq) ?? current;
    const kept = recorded.figures.get(`${seq} ${key.sku} ${key.location}`);
    if (kept && JSON.stringify(textsOf(kept)) !== current) faults.push(`batch ${seq}: ${current}`);
  }
  return faults;
}

const special = fc.constantFrom<Step>({ type: 'restart' }, { type: 'keep-index' }, { type: 'fall-back' });
const steps = fc.array(fc.oneof({ weight: 8, arbitrary: tradeStep }, { weight: 1, arbitrary: special }), {
  minLength: 1,
  maxLength: 50,
});

describe('the history of a position', () => {
  test('tells after every batch what the position was, page by page, back to the first movement', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 7 }), async (trades, limit) => {
        const recorded = await new Recorded().trade(trades);
        const { ledger } = recorded.stock;
        for (const key of KEYS) {
          const history = await wholeHistory({ ledger, log: recorded.log }, key, limit);
          expect([key, faultsOf(recorded, key, history)]).toEqual([key, []]);
          const whole = await wholeHistory({ ledger, log: recorded.log }, key, 10_000);
          expect(history.entries).toEqual(whole.entries);
        }
        await recorded.end();
        expect(await recorded.audit()).toEqual([]);
      }),
      parameters,
    );
  });

  const TRADES: readonly Step[] = [
    { type: 'receive', location: 'L0', sku: 'A', units: 9 },
    { type: 'receive', location: 'L0', sku: 'B', units: 9 },
    { type: 'reserve', channel: 'WEB', sku: 'K', units: 2, location: 'L0', kind: 'CART' },
    { type: 'reserve', channel: 'WEB', sku: 'A', units: 1, location: 'L0', kind: 'CART' },
    { type: 'cancel', nth: 1 },
    { type: 'allocate', nth: 0, location: 'L0', units: 1 },
    { type: 'cancel', nth: 0 },
    { type: 'sell', location: 'L0', sku: 'A', units: 2 },
  ];
  const KEY = { sku: 'A', location: 'L0' } as const;

  test('goes on from a cursor in as many steps as its page has entries, and finds its place in an index made anew', async () => {
    const recorded = await new Recorded().trade([...TRADES, ...TRADES, ...TRADES]);
    const { ledger } = recorded.stock;
    const chains = new MemoryChainIndex();
    const log = await recorded.open(chains);
    const { entries } = await wholeHistory({ ledger, log }, KEY, 100);
    const read = chains.read.bind(chains);
    let reads = 0;
    chains.read = (address) => {
      reads++;
      return read(address);
    };
    const last = entries.at(-3) as HistoryEntry;
    const place = { seq: last.seq, index: last.index, figures: last.before };
    for (const address of [last.address, undefined, 0, 10_000]) {
      reads = 0;
      const before = { ...place, ...(address !== undefined && { address }) };
      const page = await positionHistory({ ledger, log }, KEY, { limit: 10, before });
      expect(page.entries).toEqual(entries.slice(-2));
      expect([address, reads <= 3]).toEqual([address, address === last.address]);
    }
    await recorded.end();
  });

  test('names who claimed and why at the end of a claim, of kits by their components', async () => {
    const recorded = await new Recorded().trade(TRADES);
    const { ledger } = recorded.stock;
    const { entries } = await wholeHistory({ ledger, log: recorded.log }, { sku: 'B', location: 'L0' }, 100);
    expect(entries.map(({ effect, quantity }) => [effect.kind, effect.reason, effect.document, quantity])).toEqual([
      ['CANCEL', 'CART', 'caller', '2'],
      ['ALLOCATE', null, 'order', '2'],
      ['CONVERT', 'CART', 'caller', '2'],
      ['RESERVE', 'CART', 'caller', '4'],
      ['RECEIPT', 'RECEIPT', 'po', '9'],
    ]);
    await recorded.end();
  });

  test('the comparison sees an entry that is left out, and a claim of which nothing was noted', async () => {
    const recorded = await new Recorded().trade(TRADES);
    const { ledger } = recorded.stock;
    for (const lacking of ['nothing', 'an entry', 'a note']) {
      const chains = new MemoryChainIndex();
      const add = chains.add.bind(chains);
      chains.add = (entries, seq) => {
        if (lacking === 'a note')
          return add(
            entries.map(({ key }) => ({ key })),
            seq,
          );
        return add(lacking === 'an entry' && seq === ledger.seq ? [] : entries, seq);
      };
      const log = await recorded.open(chains);
      const faults = faultsOf(recorded, KEY, await wholeHistory({ ledger, log }, KEY, 100));
      expect([lacking, faults.length > 0]).toEqual([lacking, lacking !== 'nothing']);
      expect([lacking, (await recorded.audit(chains)).includes('A at L0')]).toEqual([lacking, lacking !== 'nothing']);
    }
    await recorded.end();
  });

  test('is told by an audit to differ where an index has an entry too many, or goes round in a circle', async () => {
    const recorded = await new Recorded().trade(TRADES);
    const row = recorded.stock.ledger.state.positions.size - 1;
    const file = new MemoryChainFile();
    const chains = new MemoryChainIndex(file);
    await recorded.open(chains);
    expect(await recorded.audit(chains)).toEqual([]);
    const sound = [...file.entries];
    chains.add([{ key: row }], recorded.stock.ledger.seq);
    expect(await recorded.audit(chains)).toHaveLength(1);
    file.entries = sound.map((entry) => ({ ...entry, former: 0 }));
    expect(await recorded.audit(chains)).not.toEqual([]);
    await recorded.end();
  });

  test('is read from the whole log when the index ends before claims that the ledger has forgotten', async () => {
    const recorded = await new Recorded().trade(TRADES);
    const { ledger } = recorded.stock;
    const forgetful = {
      epoch: ledger.epoch,
      state: { ...ledger.state, reservations: { get: () => undefined } },
      history: (afterSeq: number) => ledger.history(afterSeq),
      assertReaches: () => undefined,
    } as unknown as Ledger;
    const chains = new MemoryChainIndex();
    let clears = 0;
    const clear = chains.clear.bind(chains);
    chains.clear = () => {
      clears++;
      return clear();
    };
    // As if everything up to the second reservation stood in the index.
    chains.add([], ledger.seq - 4);
    const log = await recorded.open(chains, forgetful);
    expect(clears).toBe(1);
    expect(faultsOf(recorded, KEY, await wholeHistory({ ledger, log }, KEY, 3))).toEqual([]);
    await recorded.end();
  });

  test('is refused by an index that has seen more than the log holds', async () => {
    const recorded = await new Recorded().trade(TRADES);
    const chains = new MemoryChainIndex();
    chains.add([], recorded.stock.ledger.seq + 1);
    await expect(recorded.open(chains)).rejects.toMatchObject({ name: 'JournalCorrupt' });
    await recorded.end();
  });
});
