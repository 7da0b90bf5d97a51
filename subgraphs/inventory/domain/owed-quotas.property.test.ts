import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { RuleRequest } from './read-rule.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const CHANNELS = ['WEB', 'APP', 'MARKET'] as const;
type Channel = (typeof CHANNELS)[number];

interface Owed {
  readonly channel: Channel;
  units: number;
}

/** Who gets which unit, one unit after the other. All channels sell the same stock, and nothing beyond it but what is accepted. */
class UnitByUnit {
  stock = 0;
  claimed = 0;
  readonly quotas = new Map<Channel, { left: number }>();
  /** The oldest first. */
  readonly owed: Owed[] = [];

  /** What a channel may take of what lies there, below zero when more is claimed than there is. */
  roomOf(channel: Channel): number {
    let left = Math.max(0, this.stock - this.claimed);
    let heldBack = 0;
    for (const other of CHANNELS) {
      for (let unit = 0; unit < (this.quotas.get(other)?.left ?? 0) && left > 0; unit++) {
        left--;
        if (other !== channel) heldBack++;
      }
    }
    return this.stock - this.claimed - heldBack;
  }

  take(channel: Channel): void {
    this.claimed++;
    const quota = this.quotas.get(channel);
    if (quota && quota.left > 0) quota.left--;
  }

  cover(): void {
    for (const waiting of this.owed) {
      while (waiting.units > 0 && this.roomOf(waiting.channel) > 0) {
        waiting.units--;
        this.take(waiting.channel);
      }
    }
  }

  /** What is left for whoever asks now when all who wait have had what there is for them. */
  availableTo(channel: Channel): number {
    const after = this.#copy();
    after.cover();
    return Math.max(0, after.roomOf(channel));
  }

  /** Whatever is not there is owed. */
  accept(channel: Channel, units: number): void {
    const there = Math.min(units, this.availableTo(channel));
    for (let unit = 0; unit < there; unit++) this.take(channel);
    if (there < units) this.owed.push({ channel, units: units - there });
  }

  #copy(): UnitByUnit {
    const copy = new UnitByUnit();
    copy.stock = this.stock;
    copy.claimed = this.claimed;
    for (const [channel, { left }] of this.quotas) copy.quotas.set(channel, { left });
    copy.owed.push(...this.owed.map((each) => ({ ...each })));
    return copy;
  }
}

const channel = fc.constantFrom(...CHANNELS);
const is = <Type extends string>(type: Type) => fc.constant(type);
const step = fc.oneof(
  fc.record({ type: is('receive'), units: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ type: is('accept'), channel, units: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ type: is('quota'), channel, units: fc.nat({ max: 8 }) }),
  fc.record({ type: is('cover') }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function setRule(bench: LedgerBench, rule: RuleRequest): void {
  bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] } });
}

const cover = (bench: LedgerBench) => bench.do({ type: 'cover-backorders', skus: ['A'] }).events;

function run(bench: LedgerBench, model: UnitByUnit, drawn: Step): void {
  bench.clock.advance(1);
  switch (drawn.type) {
    case 'receive':
      bench.receive('L0', String(drawn.units));
      model.stock += drawn.units;
      return;
    case 'accept': {
      const order = { channel: drawn.channel, kind: 'ORDER', owner: 'o', isAccepted: true } as const;
      expect(bench.reserve([['A', String(drawn.units)]], order).code).toBeUndefined();
      model.accept(drawn.channel, drawn.units);
      return;
    }
    case 'quota':
      setRule(bench, { kind: 'QUOTA', channel: drawn.channel, quantity: String(drawn.units), isRemoved: false });
      model.quotas.set(drawn.channel, { left: drawn.units });
      return;
    case 'cover':
      cover(bench);
      // Once is enough: what is left cannot be had.
      expect(cover(bench)).toEqual([]);
      model.cover();
  }
}

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(1);
  for (const id of CHANNELS) bench.channel(id, ['L0']);
  return bench;
}

const owedBy = (bench: LedgerBench, id: Channel): number => {
  const { territory, backorders, skuIds } = bench.state;
  return backorders.of(skuIds.find('A') ?? -1, territory.channels.get(id)?.index ?? -1);
};

describe('what is owed beside quotas', () => {
  test('leaves each channel exactly what is left when all who wait have had what there is for them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 16, size: 'max' }), (steps) => {
        const bench = openBench();
        const model = new UnitByUnit();
        for (const drawn of steps) {
          run(bench, model, drawn);
          for (const id of CHANNELS) {
            expect([id, bench.terms(id).available]).toEqual([id, model.availableTo(id)]);
            const owed = model.owed.filter((each) => each.channel === id);
            expect([id, owedBy(bench, id)]).toEqual([id, owed.reduce((sum, { units }) => sum + units, 0)]);
          }
        }
      }),
      parameters,
    );
  });

  test('a quota is sold by its channel whatever others owe, and covers what its own channel owes', () => {
    const bench = openBench();
    setRule(bench, { kind: 'QUOTA', channel: 'APP', quantity: '10', isRemoved: false });
    bench.receive('L0', '10');
    const order = { kind: 'ORDER', owner: 'o', isAccepted: true } as const;
    expect(bench.reserve([['A', '5']], { ...order, channel: 'MARKET' })).toMatchObject({
      answer: { reservations: [{ backordered: '5' }] },
    });
    expect(bench.terms('APP').available).toBe(10);
    expect(bench.terms('WEB').available).toBe(0);
    expect(bench.reserve([['A', '10']], { ...order, channel: 'APP' })).toMatchObject({
      answer: { reservations: [{ quantity: '10' }] },
    });
  });
});
