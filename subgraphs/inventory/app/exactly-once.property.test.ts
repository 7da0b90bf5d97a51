import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { COLUMN } from '../domain/bucket.ts';
import type { FactAnswer } from '../domain/ledger-command.ts';
import type { StockFact } from '../domain/stock-fact.ts';
import { MemoryLedger } from '../testing/memory-ledger.ts';

/*
 * Facts are told again and again, in any order, some with other content, some with a line that has to wait, across
 * restarts and crashes with an append under way. Memory holds two facts, so nearly every repetition needs the index.
 */

const { propertyRuns, propertySeed } = testConfig();
/** Half of the usual number: one run is a whole history with crashes. */
const numRuns = Math.ceil(propertyRuns / 2);
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const FACTS = 12;
const LIMITS = { rememberedFactsMax: 2, indexFlushEntries: 3, indexPendingMax: 5, dedupMemoryBytesMax: 1_024 };

interface Telling {
  readonly id: number;
  /** 0 and 1 are two contents under the same id. */
  readonly content: number;
}

const telling = fc.record({ id: fc.nat(FACTS - 1), content: fc.constantFrom(0, 0, 0, 1) });
const tellings = fc.array(telling, { minLength: 1, maxLength: 8 });
type Step =
  | { readonly type: 'tell'; readonly tellings: readonly Telling[] }
  | { readonly type: 'crash'; readonly tellings: readonly Telling[]; readonly isWritten: boolean }
  | { readonly type: 'restart' | 'lose-index' | 'register' };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('tell' as const), tellings }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('crash' as const), tellings, isWritten: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ type: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'lose-index' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'register' as const }) },
);

/** Every content has a weight of its own in each of its lines, so that the stock tells which of them were applied. */
const unitsOf = (id: number, content: number): number => 2 ** (id * 2 + content);

/** The line of the SKU `LATE` waits until that is registered. */
function factOf({ id, content }: Telling): StockFact {
  const quantity = String(unitsOf(id, content));
  const skus = id % 3 === 0 ? ['A', 'LATE'] : ['A'];
  const lines = skus.map((sku, index) => ({ lineId: String(index), sku, quantity }));
  return {
    type: 'goods-received',
    source: { system: 'wms', eventId: `event-${id}` },
    payloadHash: `content-${content}`,
    occurredAtMs: 1,
    data: { location: 'L', reference: 'po', lines },
  };
}

class Retailer {
  readonly stock = new MemoryLedger(LIMITS);

  async open(): Promise<void> {
    await this.stock.open();
    const place = { name: 'L', type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP' as const] } as const;
    await this.stock.ledger.execute({
      type: 'register-location',
      request: { location: 'L', ...place, capabilities: [] },
    });
    await this.register('A');
  }

  async register(sku: string): Promise<void> {
    await this.stock.ledger.execute({ type: 'register-sku', request: { sku, step: '1', categories: [] } });
  }

  tell(all: readonly Telling[]): Promise<FactAnswer[]> {
    return Promise.all(all.map((each) => this.stock.ledger.execute({ type: 'record-fact', fact: factOf(each) })));
  }

  async run(action: Step): Promise<void> {
    if (action.type === 'tell') await this.tell(action.tellings);
    if (action.type === 'crash') await this.stock.crash(() => this.tell(action.tellings), action);
    if (action.type === 'lose-index') this.stock.loseIndex();
    if (action.type === 'register') await this.register('LATE');
    if (action.type === 'restart' || action.type === 'lose-index') await this.stock.restart();
  }

  onHand(sku: string): number {
    const { positions, skuIds, locationIds } = this.stock.ledger.state;
    const row = positions.find(skuIds.find(sku) ?? -1, locationIds.find('L') ?? -1);
    return row === -1 ? 0 : positions.get(row, COLUMN.SELLABLE);
  }
}

describe('every external event', () => {
  test('is applied exactly once, and never with other content, whatever is repeated, reordered or lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const retailer = new Retailer();
        await retailer.open();
        for (const each of steps) await retailer.run(each);
        await retailer.register('LATE');
        const all = Array.from({ length: FACTS }, (_, id) => ({ id, content: 0 }));
        // In waves, so that memory has let go of the first ones when the last ones come.
        for (const wave of [all.slice(0, 6), all.slice(6), all.slice(3, 9), all]) await retailer.tell(wave);

        const applied = appliedContents(retailer.stock);
        const expected = all.map(({ id }) => unitsOf(id, applied.get(id) as number));
        expect(retailer.onHand('A')).toBe(sum(expected));
        expect(retailer.onHand('LATE')).toBe(
          sum(expected.filter((_, id) => id % 3 === 0 && applied.get(id) === 0)) + late(retailer, applied),
        );
        expectConflictsOnce(retailer.stock, applied);
        await retailer.stock.ledger.close();
      }),
      parameters,
    );
  });
});

/** What of the second contents had a waiting line that was told again after it was registered. */
function late({ stock }: Retailer, applied: ReadonlyMap<number, number>): number {
  const lines = stock.events().flatMap((event) => (event.type === 'stock-moved' ? [event] : []));
  const moved = lines.filter(({ source, lines: [first, second] }) => {
    return applied.get(idOf(source)) === 1 && (first?.sku === 'LATE' || second?.sku === 'LATE');
  });
  expect(new Set(moved.map(({ source }) => source.eventId)).size).toBe(moved.length);
  return sum(moved.map(({ source }) => unitsOf(idOf(source), 1)));
}

/** The content that was applied first under each id. */
function appliedContents(stock: MemoryLedger): Map<number, number> {
  const applied = new Map<number, number>();
  for (const event of stock.events()) {
    if (event.type !== 'fact-recorded') continue;
    const content = Number(event.payloadHash?.replace('content-', ''));
    expect(applied.get(idOf(event.source)) ?? content).toBe(content);
    applied.set(idOf(event.source), content);
  }
  return applied;
}

function expectConflictsOnce(stock: MemoryLedger, applied: ReadonlyMap<number, number>): void {
  const conflicts = stock.events().flatMap((event) => (event.type === 'fact-conflicted' ? [event] : []));
  for (const { source, payloadHash } of conflicts) {
    expect(payloadHash).not.toBe(`content-${applied.get(idOf(source))}`);
  }
  expect(new Set(conflicts.map(({ source }) => source.eventId)).size).toBe(conflicts.length);
}

const idOf = ({ eventId }: { readonly eventId: string }): number => Number(eventId.replace('event-', ''));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('regressions', () => {
  test('a fact that leaves memory in the very turn in which it is told again is not applied again', async () => {
    const retailer = new Retailer();
    await retailer.open();
    await retailer.tell([
      { id: 2, content: 0 },
      { id: 1, content: 0 },
    ]);
    await retailer.tell([4, 5, 7, 2, 1].map((id) => ({ id, content: 0 })));
    expect(retailer.onHand('A')).toBe(sum([1, 2, 4, 5, 7].map((id) => unitsOf(id, 0))));
    await retailer.stock.ledger.close();
  });
});

describe('the index of facts', () => {
  test('is asked when memory has let go of a fact, and nothing is decided before it has answered', async () => {
    const retailer = new Retailer();
    await retailer.open();
    const first = [0, 1, 2, 4, 5, 7].map((id) => ({ id, content: 0 }));
    for (const each of first) await retailer.tell([each]);
    const before = retailer.onHand('A');
    const { index } = retailer.stock;
    const letGo = index.hold();
    const again = retailer.tell([
      { id: 1, content: 0 },
      { id: 8, content: 0 },
    ]);
    await waitFor(() => index.asked.includes('wms|event-1') || undefined, 'the look-up');
    expect(retailer.onHand('A')).toBe(before);
    letGo();
    expect((await again).map(({ appliedLines, repeatedLines }) => [appliedLines, repeatedLines])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    await retailer.stock.ledger.close();
  });

  test('is what the promise hangs on: without what it knows, an old fact would be applied twice', async () => {
    const retailer = new Retailer();
    await retailer.open();
    for (const id of [1, 2, 4, 5, 7]) await retailer.tell([{ id, content: 0 }]);
    retailer.stock.index.find = async () => new Map();
    const { stock } = retailer;
    const answers: number[] = [];
    // Pending entries are in memory besides, so some time has to pass before only the index knows.
    for (const id of [8, 10, 11]) await retailer.tell([{ id, content: 0 }]);
    for (const { appliedLines } of await retailer.tell([{ id: 1, content: 0 }])) answers.push(appliedLines);
    expect(answers).toEqual([1]);
    await stock.ledger.close();
  });

  test('costs no look-up for facts that are new', async () => {
    const retailer = new Retailer();
    await retailer.open();
    for (let id = 0; id < FACTS; id++) await retailer.tell([{ id, content: 0 }]);
    expect(retailer.stock.index.asked).toEqual([]);
    await retailer.stock.ledger.close();
  });
});
