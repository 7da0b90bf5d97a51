import type { Steps } from '../../../kernel/model/quantity.ts';
import type { AllocationDraft } from './allocation-draft.ts';
import { NONE } from './bucket.ts';
import type { AllocatedLine, LedgerEvent, MovementLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { DecisionMoment } from './decision.ts';
import { arrivalEvents } from './arrival-events.ts';
import type { ReadLine } from './read-line.ts';
import type { FactLine, StockFact } from './stock-fact.ts';
import type { RequestedTransferLine } from './transfer-event.ts';
import { inTransitOf, openToShip, type Transfer, type TransferLine } from './transfer.ts';

export type TransferFact = StockFact & {
  readonly type: 'transfer-shipped' | 'transfer-received' | 'transfer-lost';
};

export function isTransferFact(fact: StockFact): fact is TransferFact {
  return fact.type === 'transfer-shipped' || fact.type === 'transfer-received' || fact.type === 'transfer-lost';
}

/**
 * What a fact means for its transfer, line by line. What moved has moved: a transfer that nobody requested is made, one
 * that was not approved is shipped all the same, and a receipt may come to light before its shipment.
 */
export class TransferDraft {
  readonly #state: LedgerState;
  readonly #fact: TransferFact;
  readonly #lines: TransferLine[];
  readonly #moved: RequestedTransferLine[] = [];
  readonly #found: RequestedTransferLine[] = [];
  readonly #shipped: AllocatedLine[] = [];
  readonly #bound: RequestedTransferLine[] = [];

  constructor(state: LedgerState, fact: TransferFact) {
    this.#state = state;
    this.#fact = fact;
    this.#lines = [...(this.#transfer?.lines ?? [])];
  }

  /** Gives each part of a fact's line to a line of the transfer. `found` of it were written off before. */
  apply(line: FactLine, { sku, steps }: ReadLine): { readonly found: Steps; readonly bound: Steps } {
    let found = 0;
    let bound = 0;
    for (const part of this.#spread(line, { sku, steps })) {
      const { figure } = FIGURES[this.#fact.type];
      const index = this.#lines.findIndex(({ line: id }) => id === part.line);
      const before = this.#lines[index] ?? newLine(part.line, sku);
      const recovered = this.#recovered(before, part.steps);
      const after = { ...before, [figure]: before[figure] + part.steps, lost: before.lost - recovered };
      this.#lines[index === -1 ? this.#lines.length : index] =
        figure === 'lost' ? { ...before, lost: before.lost + part.steps } : after;
      this.#moved.push({ line: part.line, sku: line.sku, steps: part.steps });
      if (recovered > 0) this.#found.push({ line: part.line, sku: line.sku, steps: recovered });
      found += recovered;
      bound += this.#bind(line, index, part.steps);
    }
    return { found, bound };
  }

  /** What arrives for an order is the order's, as far as it is fit to be handed over. */
  #bind({ sku, bucket = 'SELLABLE' }: FactLine, index: number, steps: Steps): Steps {
    const line = this.#lines[index];
    if (this.#fact.type !== 'transfer-received' || !line || bucket !== 'SELLABLE') return 0;
    const bound = Math.min(line.wanted ?? 0, steps);
    if (bound === 0) return 0;
    this.#lines[index] = { ...line, wanted: (line.wanted ?? 0) - bound };
    this.#bound.push({ line: line.line, sku, steps: bound });
    return bound;
  }

  /** Retires the claim of what was shipped; gives what positions lose of `allocated`. */
  retire(allocations: AllocationDraft, sku: number, steps: Steps): Steps {
    const from = this.#locationOf(this.#fact.data.location);
    let left = steps;
    for (const { line, sku: lineSku } of this.#transfer?.lines ?? []) {
      if (lineSku !== sku || left === 0) continue;
      const work = { order: this.#fact.data.transfer, orderLine: line, sku, location: from };
      const taken = allocations.take(work, left);
      if (!taken) continue;
      this.#shipped.push(taken);
      left -= taken.steps;
    }
    return steps - left;
  }

  /** What follows the movements, in order. */
  events(allocations: AllocationDraft, moment: DecisionMoment): readonly LedgerEvent[] {
    const { nowMs: atMs } = moment;
    if (this.#moved.length === 0) return [];
    const { transfer, location } = this.#fact.data;
    const events: LedgerEvent[] = this.#transfer ? [] : [this.#inferred(atMs)];
    const moved = { atMs, transfer, lines: this.#moved };
    if (this.#fact.type === 'transfer-shipped') {
      const { expectedAt, isFinal } = this.#fact.data;
      const expectedAtMs = expectedAt === undefined ? {} : { expectedAtMs: Date.parse(expectedAt) };
      events.push({ type: 'transfer-shipped', ...moved, from: location, ...expectedAtMs });
      const given = isFinal === true && this.#fact.isPart !== true ? this.#remainder(allocations) : [];
      if (this.#shipped.length > 0) events.push({ type: 'allocations-shipped', atMs, lines: this.#shipped });
      if (given.length > 0) events.push({ type: 'stock-deallocated', atMs, lines: given });
      if (isFinal === true) events.push({ type: 'transfer-cancelled', atMs, transfer });
      return events;
    }
    if (this.#transfer && this.#bound.length > 0) {
      events.push(...arrivalEvents({ transfer: this.#transfer, location, lines: this.#bound }, moment));
    }
    events.push({ type: this.#fact.type, ...moved });
    if (this.#found.length > 0) events.push({ type: 'transfer-found', atMs, transfer, lines: this.#found });
    return events;
  }

  get #transfer(): Transfer | undefined {
    return this.#state.transfers.get(this.#fact.data.transfer);
  }

  /** To the line that is named, or to those of the SKU as far as they are open; the rest to the last of them. */
  #spread({ transferLine }: FactLine, { sku, steps }: ReadLine): readonly { line: string; steps: Steps }[] {
    const ofSku = this.#lines.filter((line) => line.sku === sku);
    if (transferLine !== undefined && (ofSku.some(({ line }) => line === transferLine) || !this.#isTaken(transferLine)))
      return [{ line: transferLine, steps }];
    const parts: { line: string; steps: Steps }[] = [];
    let left = steps;
    for (const line of ofSku) {
      const taken = Math.min(left, this.#openOf(line));
      if (taken > 0) parts.push({ line: line.line, steps: taken });
      left -= Math.max(0, taken);
    }
    if (left === 0) return parts;
    const last = ofSku.at(-1)?.line ?? unaskedLine(this.#state.skuIds.textOf(sku));
    const lastPart = parts.find(({ line }) => line === last);
    if (lastPart) lastPart.steps += left;
    else parts.push({ line: last, steps: left });
    return parts;
  }

  #isTaken(id: string): boolean {
    return this.#lines.some(({ line }) => line === id);
  }

  #openOf(line: TransferLine): Steps {
    if (this.#fact.type !== 'transfer-shipped') return Math.max(0, inTransitOf(line));
    return openToShip({ phase: this.#transfer?.phase ?? 'DRAFT' }, line);
  }

  /** Of what arrives beyond what was still on its way, as much as was written off before was not lost after all. */
  #recovered(line: TransferLine, steps: Steps): Steps {
    if (this.#fact.type !== 'transfer-received') return 0;
    return Math.min(line.lost, Math.max(0, steps - Math.max(0, inTransitOf(line))));
  }

  #inferred(atMs: number): LedgerEvent {
    const { data } = this.#fact;
    const transfer = data.transfer;
    const isInferred = true;
    const requested = {
      type: 'transfer-requested',
      atMs,
      transfer,
      expectedAtMs: null,
      isInferred,
      lines: [],
    } as const;
    if (this.#fact.type === 'transfer-shipped') {
      return { ...requested, from: this.#fact.data.location, to: this.#fact.data.to };
    }
    const from = this.#fact.type === 'transfer-received' ? this.#fact.data.from : undefined;
    return { ...requested, ...(from !== undefined && { from }), to: data.location };
  }

  /** The claims of what will not be shipped any more. */
  #remainder(allocations: AllocationDraft): readonly AllocatedLine[] {
    const transfer = this.#transfer;
    return transfer ? claimsOf(this.#state, transfer, allocations) : [];
  }

  #locationOf(location: string): number {
    return this.#state.locationIds.find(location) ?? NONE;
  }
}

/** Everything that is still claimed for a transfer at its source. */
export function claimsOf(
  state: LedgerState,
  transfer: Transfer,
  allocations: AllocationDraft,
): readonly AllocatedLine[] {
  const claims: AllocatedLine[] = [];
  for (const { line: orderLine, sku } of transfer.lines) {
    const work = { order: transfer.id, orderLine, sku, location: transfer.from };
    const claimed = state.allocations.get(work);
    const taken = claimed && allocations.take(work, claimed.steps);
    if (taken) claims.push(taken);
  }
  return claims;
}

/** What arrives though it was written off goes back on its way before it arrives. */
export function foundMovement(line: FactLine, steps: Steps): MovementLine {
  return {
    lineId: line.lineId,
    sku: line.sku,
    steps,
    from: { virtual: 'SHRINK' },
    to: { virtual: 'TRANSIT' },
    reason: 'FOUND',
    isCompensation: true,
  };
}

const FIGURES = {
  'transfer-shipped': { figure: 'shipped' },
  'transfer-received': { figure: 'received' },
  'transfer-lost': { figure: 'lost' },
} as const;

const unaskedLine = (sku: string): string => `unasked-${sku}`;

function newLine(line: string, sku: number): TransferLine {
  return { line, sku, asked: 0, shipped: 0, received: 0, lost: 0 };
}
