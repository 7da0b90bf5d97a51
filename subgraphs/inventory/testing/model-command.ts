import fc from 'fast-check';
import type { StockFact } from '../domain/stock-fact.ts';
import type { LedgerBench } from './ledger-bench.ts';
import type { LedgerModel } from './ledger-model.ts';
import { MODEL_LOCATIONS, MODEL_NETWORKS, MODEL_SKUS } from './model-world.ts';

export type ModelCommand = fc.Command<LedgerModel, LedgerBench>;

export const sku = fc.constantFrom(...MODEL_SKUS);
export const location = fc.constantFrom(...MODEL_LOCATIONS);
export const channel = fc.constantFrom(...Object.keys(MODEL_NETWORKS));
export const units = fc.integer({ min: 1, max: 6 });
/** Which of those that there are, counted around. */
export const nth = fc.nat({ max: 30 });
export const nthOf = <Item>(all: readonly Item[], index: number): Item | undefined =>
  all[index % Math.max(1, all.length)];
export const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Ids up to here are drawn so often that many facts are repetitions or conflicts, and their source numbers them. */
const NUMBERED_MAX = 15;

/** How a system tells a fact, often late. */
export const telling = {
  id: fc.oneof(fc.nat({ max: NUMBERED_MAX }), fc.integer({ min: NUMBERED_MAX + 1, max: 1_000_000 })),
  content: fc.constantFrom('one', 'one', 'one', 'other'),
  agoMs: fc.oneof(fc.constantFrom(0, 0, 60_000), fc.nat({ max: 100_000 })),
};

export interface Telling {
  readonly id: number;
  readonly content: string;
  readonly agoMs: number;
}

export const PAIR = { unit: 'PR', numerator: 2, denominator: 1 };

/** A command of its fields; what it does to the model says what the ledger must do. */
export function command<Fields>(
  name: string,
  fields: fc.Arbitrary<Fields>,
  run: (fields: Fields, model: LedgerModel, bench: LedgerBench) => void,
): fc.Arbitrary<ModelCommand> {
  return fields.map((drawn) => ({
    check: () => true,
    run: (model, bench) => run(drawn, model, bench),
    toString: () => `${name}(${JSON.stringify(drawn)})`,
  }));
}

export function expectOutcome(isAccepted: boolean, code: string | undefined, told: string): void {
  if (isAccepted === (code === undefined)) return;
  throw new Error(`${told}: the model says ${isAccepted ? 'yes' : 'no'}, the ledger ${code ?? 'yes'}`);
}

/**
 * Tells both a fact, which is never refused.
 * @returns when it happened; undefined when the fact changes nothing, because it or another content was told before
 */
export function tell(
  { model, bench, told }: { readonly model: LedgerModel; readonly bench: LedgerBench; readonly told: Telling },
  type: StockFact['type'],
  data: { readonly location: string },
): number | undefined {
  const occurredAtMs = bench.clock.nowMs() - told.agoMs;
  const eventId = `event-${told.id}`;
  const source = { system: 'pos', eventId };
  const numbered = told.id <= NUMBERED_MAX ? { sequence: { stream: 'till', number: told.id + 1 } } : {};
  const about = { type, source, ...numbered, payloadHash: told.content, occurredAtMs, isOwner: true, data };
  const { code } = bench.do({ type: 'record-fact', fact: about as unknown as StockFact });
  expectOutcome(true, code, type);
  if (numbered.sequence) model.numbers.push(numbered.sequence.number);
  if (!model.isNew(eventId, told.content)) return undefined;
  model.feeds.hear(data.location, occurredAtMs, bench.clock.nowMs());
  return occurredAtMs;
}

/** The line of a fact; what comes out even is told in pairs, another unit of the SKU. */
export function lineOf({ sku: item, units: count }: { readonly sku: string; readonly units: number }, lineId = '1') {
  const inPairs = { quantity: String(count / 2), unit: PAIR.unit };
  return { lineId, sku: item, ...(count % 2 === 0 ? inPairs : { quantity: String(count) }) };
}
