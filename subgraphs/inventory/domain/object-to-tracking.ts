import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { BUCKETS, NONE, type Bucket } from './bucket.ts';
import { stepsOfSerial } from './evolve-tracked-stock.ts';
import type { LedgerState } from './ledger-state.ts';
import type { TrackedLine } from './tracked-line.ts';

/** Units that a person wants to move. */
export interface AskedMove extends TrackedLine {
  readonly sku: number;
  readonly steps: Steps;
  /** Where they lie; absent: they come from outside. */
  readonly from?: { readonly location: number; readonly bucket: Bucket };
  /** Names the line in a refusal. */
  readonly line: string;
}

/**
 * Holds the lots and serials of a command against what lies there. Other than a fact, which has happened, a command must
 * say of each unit which one it is, unless it takes units of which that is not known.
 */
export class TrackingObjection {
  readonly #state: LedgerState;
  /** What former lines of the same command take, by place and lot. */
  readonly #taken = new Map<string, Steps>();
  readonly #serials = new Set<string>();

  constructor(state: LedgerState) {
    this.#state = state;
  }

  /** Why a line cannot be done after those before it; the details name its field. */
  find(move: AskedMove): RefusalValue | undefined {
    const tracking = this.#state.skus[move.sku]?.tracking;
    if (tracking === 'LOT') return this.#findInLots(move);
    return tracking === 'SERIAL' ? this.#findInSerials(move) : undefined;
  }

  #findInLots(move: AskedMove): RefusalValue | undefined {
    const { from, lot, steps } = move;
    if (!from) return lot === undefined ? this.#missing(move, 'lot') : undefined;
    const held = lot === undefined ? this.#unidentified(move) : this.#balanceOf(move, lot);
    if (this.#take(move, lot ?? '', steps) <= held) return undefined;
    if (lot === undefined) return this.#missing(move, 'lot');
    const available = this.#text(move.sku, Math.max(0, held));
    const details = { field: 'lot', line: move.line, sku: this.#id(move.sku), lot, available };
    return refuse('INSUFFICIENT_STOCK', `Less of lot ${lot} lies there.`, details);
  }

  #findInSerials(move: AskedMove): RefusalValue | undefined {
    const { from, steps, serials = [] } = move;
    if (serials.length === 0 && from && this.#take(move, '', steps) <= this.#unidentified(move)) return undefined;
    if (serials.length === 0) return this.#missing(move, 'serials');
    if (serials.length * stepsOfSerial(this.#state, move.sku) !== steps) {
      const message = `${serials.length} serial numbers do not go with ${this.#text(move.sku, steps)} units.`;
      return refuse('BAD_USER_INPUT', message, { field: 'serials', line: move.line, sku: this.#id(move.sku) });
    }
    for (const serial of serials) {
      const objection = this.#findInSerial(move, serial);
      if (objection === undefined) continue;
      const details = { field: 'serials', line: move.line, sku: this.#id(move.sku), serial };
      return refuse('BAD_USER_INPUT', objection, details);
    }
    return undefined;
  }

  #findInSerial({ sku, from }: AskedMove, serial: string): string | undefined {
    const key = `${sku}|${serial}`;
    if (this.#serials.has(key)) return `Serial number ${serial} is named twice.`;
    this.#serials.add(key);
    const record = this.#state.tracked.serials.get(sku, serial);
    const isHere = record !== undefined && record.bucket !== NONE;
    if (!from) return isHere ? `Serial number ${serial} has not left where it lies.` : undefined;
    const row = this.#state.positions.find(sku, from.location);
    if (isHere && record.row === row && record.bucket === BUCKETS.indexOf(from.bucket)) return undefined;
    return `Serial number ${serial} does not lie there.`;
  }

  #balanceOf({ sku, from }: AskedMove, lot: string): Steps {
    if (!from) return 0;
    const row = this.#state.positions.find(sku, from.location);
    return this.#state.tracked.at(row)?.balanceOf(lot, BUCKETS.indexOf(from.bucket)) ?? 0;
  }

  #unidentified({ sku, from }: AskedMove): Steps {
    if (!from) return 0;
    const row = this.#state.positions.find(sku, from.location);
    return this.#state.tracked.at(row)?.unidentified[BUCKETS.indexOf(from.bucket)] ?? 0;
  }

  #take({ sku, from }: AskedMove, lot: string, steps: Steps): Steps {
    const key = `${sku}|${from?.location}|${from?.bucket}|${lot}`;
    const taken = (this.#taken.get(key) ?? 0) + steps;
    this.#taken.set(key, taken);
    return taken;
  }

  #missing({ sku, line }: AskedMove, field: 'lot' | 'serials'): RefusalValue {
    const what = field === 'lot' ? 'the lot' : 'the serial numbers';
    const id = this.#id(sku);
    return refuse('BAD_USER_INPUT', `${id} is tracked; say ${what} of these units.`, { field, line, sku: id });
  }

  #id(sku: number): string {
    return this.#state.skuIds.textOf(sku);
  }

  #text(sku: number, steps: Steps): string {
    return formatQuantity(steps, this.#state.skus[sku]?.decimals ?? 0);
  }
}
