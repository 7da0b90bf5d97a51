import { Defect } from '../../../kernel/model/errors.ts';
import { formatQuantity, type StepDecimals } from '../../../kernel/model/quantity.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { readClaimNotes } from './claim-notes.ts';
import { figuresOf } from './figures-of.ts';
import type { Ledger, LedgerBatch } from './ledger.ts';
import { positionEffects, type PositionEffect, type PositionFigures } from './position-effects.ts';
import type { PositionLog } from './position-log.ts';

type FigureTexts = Readonly<Record<keyof PositionFigures, string>>;

/** A change of a position, and the position after it. */
export interface HistoryEntry {
  readonly seq: number;
  /** Its place among the changes of the position in its batch. */
  readonly index: number;
  readonly recordedAtMs: number;
  readonly effect: PositionEffect;
  readonly quantity: string;
  readonly change: FigureTexts;
  readonly balance: FigureTexts;
  /** The figures before it, and where its batch stands in the index, for the continuation. */
  readonly before: PositionFigures;
  readonly address: number;
}

export interface HistoryAnswer {
  /** At most one more than asked, the newest first. */
  readonly entries: readonly HistoryEntry[];
  /** False when the figures do not begin with nothing: then the index and the log do not fit each other. */
  readonly isComplete: boolean;
}

/** Go on before this change, from the figures that the position had then. */
export interface HistoryPlace {
  readonly seq: number;
  readonly index: number;
  readonly figures: PositionFigures;
  /** Where the change of that batch stands in the index; absent: it is looked for from the newest one. */
  readonly address?: number;
}

/**
 * What happened to a position, the newest first, with its running balance: figures are taken back step by step from those
 * of now. Reads from the log the batches of the page and no others, each in a turn of its own.
 * @throws {Obstacle} when the index or the log cannot be read
 */
export async function positionHistory(
  { ledger, log }: { readonly ledger: Ledger; readonly log: PositionLog },
  key: PositionKey,
  page: { readonly limit: number; readonly before?: HistoryPlace | undefined },
): Promise<HistoryAnswer> {
  const start = await ledger.read((state, seq) => startOf(state, { key, seq, before: page.before }));
  if (!start) return { entries: [], isComplete: true };
  const { row, seq: lastSeq, decimals } = start;
  const entries: HistoryEntry[] = [];
  let { figures } = start;
  for await (const { seq, note, address } of log.changesUpTo(row, lastSeq, page.before?.address)) {
    if (entries.length >= page.limit) return { entries, isComplete: true };
    const batch = await readBatch(ledger, seq);
    const effects = effectsOn(batch, key, note);
    const last = page.before?.seq === seq ? page.before.index : effects.length;
    for (let index = last - 1; index >= 0; index--) {
      const effect = effects[index] as PositionEffect;
      entries.push(entryOf({ batch, index, effect, figures, decimals, address }));
      figures = without(figures, effect.change);
    }
  }
  const isBeginning = Object.values(figures).every((steps) => steps === 0);
  return { entries, isComplete: isBeginning || entries.length >= page.limit };
}

interface PositionKey {
  readonly sku: string;
  readonly location: string;
}

interface Start {
  readonly row: number;
  readonly seq: number;
  readonly figures: PositionFigures;
  readonly decimals: StepDecimals;
}

function startOf(
  state: LedgerState,
  from: { readonly key: PositionKey; readonly seq: number; readonly before: HistoryPlace | undefined },
): Start | undefined {
  const { key, seq, before } = from;
  const sku = state.skuIds.find(key.sku) ?? NONE;
  const row = state.positions.find(sku, state.locationIds.find(key.location) ?? NONE);
  if (row === NONE) return undefined;
  const decimals = state.skus[sku]?.decimals ?? 0;
  return { row, seq: before?.seq ?? seq, figures: before?.figures ?? figuresOf(state, row), decimals };
}

/** A batch may be large, so others have their turn before it is parsed. */
async function readBatch(ledger: Ledger, seq: number): Promise<LedgerBatch> {
  await new Promise((resolve) => setImmediate(resolve));
  for await (const batch of ledger.history(seq - 1, seq)) return batch;
  throw new Defect('The index of positions names a batch that the log does not hold.', { seq });
}

function effectsOn({ events }: LedgerBatch, key: PositionKey, note: string): readonly PositionEffect[] {
  const findClaim = readClaimNotes(note, key);
  return events
    .flatMap((event) => positionEffects(findClaim, event) ?? [])
    .filter(({ sku, location }) => sku === key.sku && location === key.location);
}

function entryOf({
  batch,
  index,
  effect,
  figures,
  decimals,
  address,
}: {
  readonly batch: LedgerBatch;
  readonly index: number;
  readonly effect: PositionEffect;
  readonly figures: PositionFigures;
  readonly decimals: StepDecimals;
  readonly address: number;
}): HistoryEntry {
  const { seq, recordedAtMs } = batch;
  const change = textsOf({ ...NOTHING, ...effect.change }, decimals);
  const balance = textsOf(figures, decimals);
  const quantity = formatQuantity(effect.quantity, decimals);
  const before = without(figures, effect.change);
  return { seq, index, recordedAtMs, effect, quantity, change, balance, before, address };
}

const NOTHING: PositionFigures = { onHand: 0, sellable: 0, softReserved: 0, allocated: 0 };

function without(figures: PositionFigures, change: Partial<PositionFigures>): PositionFigures {
  const { onHand = 0, sellable = 0, softReserved = 0, allocated = 0 } = change;
  return {
    onHand: figures.onHand - onHand,
    sellable: figures.sellable - sellable,
    softReserved: figures.softReserved - softReserved,
    allocated: figures.allocated - allocated,
  };
}

function textsOf({ onHand, sellable, softReserved, allocated }: PositionFigures, decimals: StepDecimals): FigureTexts {
  return {
    onHand: formatQuantity(onHand, decimals),
    sellable: formatQuantity(sellable, decimals),
    softReserved: formatQuantity(softReserved, decimals),
    allocated: formatQuantity(allocated, decimals),
  };
}
