import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { STEPS_MAX } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { claimsAtRisk } from './claims-at-risk.ts';
import { adjustment } from './fact-movement.ts';
import type { LedgerEvent, MovementLine, Place } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { PositionDraft } from './position-draft.ts';

interface Shelf {
  readonly sku: number;
  readonly location: number;
}

/**
 * Movements that are being decided. What is physical always wins: a movement is never refused for lack of stock, and
 * what is then missing is recorded as a shortage.
 */
export class MovementDraft {
  readonly positions: PositionDraft;
  readonly lines: MovementLine[] = [];
  readonly #state: LedgerState;
  /** Positions whose SELLABLE falls, with what was free before. */
  readonly #fallen = new Map<
    string,
    { readonly shelf: Shelf; readonly line: MovementLine; readonly freeBefore: number }
  >();

  /** The shelf that was asked for last, several times for each line. */
  #last: { readonly sku: string; readonly location: string; readonly shelf: Shelf } | undefined;

  constructor(state: LedgerState) {
    this.#state = state;
    this.positions = new PositionDraft(state);
  }

  /** Takes a line in, or tells that a bucket cannot hold it. */
  add(line: MovementLine, occurredAtMs: number): RefusalValue | undefined {
    const { sku, from, to, steps } = line;
    if (!this.#fits(sku, from, -steps) || !this.#fits(sku, to, steps)) {
      const message = `A bucket of ${sku} would hold more than ${STEPS_MAX} steps.`;
      return refuse('LIMIT_EXCEEDED', message, { sku, limit: 'STEPS_MAX', stepsMax: STEPS_MAX });
    }
    this.#enter(line, from, -steps);
    this.#enter(line, to, steps);
    this.lines.push(line);
    this.#compensate(line, { place: from, sign: 1 }, occurredAtMs);
    this.#compensate(line, { place: to, sign: -1 }, occurredAtMs);
    return undefined;
  }

  /** One event per position that now has less than is promised there, and less than before. */
  shortages(atMs: number): readonly LedgerEvent[] {
    const events: LedgerEvent[] = [];
    for (const { shelf, line, freeBefore } of this.#fallen.values()) {
      const free = this.positions.free(shelf.sku, shelf.location);
      const location = this.#state.locationIds.textOf(shelf.location);
      if (free >= 0 || free >= freeBefore) continue;
      const atRisk = claimsAtRisk(this.#state, shelf, -free);
      const affected = atRisk.length > 0 ? { atRisk } : {};
      events.push({ type: 'shortage-recorded', atMs, sku: line.sku, location, short: -free, ...affected });
    }
    return events;
  }

  /** A count has seen whatever happened up to its instant, so what comes to light later must not move its result. */
  #compensate(
    line: MovementLine,
    { place, sign }: { readonly place: Place; readonly sign: 1 | -1 },
    occurredAtMs: number,
  ): void {
    if ('virtual' in place || place.bucket !== 'SELLABLE') return;
    const shelf = this.#shelfOf(line.sku, place.location);
    const row = this.#state.positions.find(shelf.sku, shelf.location);
    if (row === NONE || occurredAtMs > this.#state.positions.countedAtMs(row)) return;
    const route = adjustment(place.location, sign);
    const told = occurredAtMs <= (this.#state.tracked.at(row)?.countedAtMs ?? -Infinity) ? line : withoutLot(line);
    const { serials: _serials, ...counted } = told;
    const counter: MovementLine = { ...counted, ...route, reason: 'SYSTEM_RECONCILE', isCompensation: true };
    this.#enter(counter, route.from, -line.steps);
    this.#enter(counter, route.to, line.steps);
    this.lines.push(counter);
  }

  #fits(sku: string, place: Place, steps: number): boolean {
    if ('virtual' in place) return true;
    return this.positions.fits({ ...this.#shelfOf(sku, place.location), of: place.bucket }, steps);
  }

  #enter(line: MovementLine, place: Place, steps: number): void {
    if ('virtual' in place) return;
    const shelf = this.#shelfOf(line.sku, place.location);
    const key = `${shelf.sku}|${shelf.location}`;
    if (place.bucket === 'SELLABLE' && steps < 0 && !this.#fallen.has(key)) {
      const freeBefore = this.positions.free(shelf.sku, shelf.location);
      this.#fallen.set(key, { shelf, line, freeBefore });
    }
    this.positions.add({ ...shelf, of: place.bucket }, steps);
  }

  /** The SKU was read and the location is registered, so both have an index. */
  #shelfOf(sku: string, location: string): Shelf {
    const last = this.#last;
    if (last?.sku === sku && last.location === location) return last.shelf;
    const { skuIds, locationIds } = this.#state;
    const shelf = { sku: skuIds.find(sku) ?? NONE, location: locationIds.find(location) ?? NONE };
    this.#last = { sku, location, shelf };
    return shelf;
  }
}

/** A count that told no lots has seen units of any. */
function withoutLot({ lot: _lot, expiresOn: _expiresOn, ...line }: MovementLine): MovementLine {
  return line;
}
