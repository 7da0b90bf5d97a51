import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { NONE } from '../domain/bucket.ts';
import type { ExceptionLineage } from '../domain/exception-event.ts';
import type { LedgerEvent, LedgerEventOf } from '../domain/ledger-event.ts';
import { areConditionsSettled, isPositionWrong } from '../domain/stock-conditions.ts';
import { CONTEXT, type Ledger, type LedgerBatch } from './ledger.ts';

/** SKUs that one command looks at; the rest follows with the next. */
const SKUS_PER_COMMAND_MAX = 500;

/** How long a failed attempt rests. */
const RETRY_MS = 1_000;

/**
 * Has the ledger look at stock that may have become wrong, or right again. It only nominates SKUs, from memory and at
 * little cost; what is wrong is decided by the writer. At the start it nominates whatever may be wrong, so that nothing
 * is missed that happened between the last batch and the end of a process.
 */
export class ExceptionWatch {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #nominated = new Map<string, ExceptionLineage>();
  #settling: Promise<void> | undefined;
  #cancelRetry: CancelTimer = () => undefined;
  #isStopped = false;

  constructor(ledger: Ledger, platform: Platform) {
    this.#ledger = ledger;
    this.#platform = platform;
  }

  /** @returns stops it when what is under way is done */
  start(): () => Promise<void> {
    const leave = this.#ledger.onCommitted((batch) => this.#note(batch));
    this.#nominateAll();
    this.#wake();
    return async () => {
      leave();
      this.#isStopped = true;
      this.#cancelRetry();
      await this.#settling;
    };
  }

  #note({ events }: LedgerBatch): void {
    for (const event of events) {
      if (event.type === 'stock-moved') this.#noteMovement(event);
      else if (event.type === 'tracked-stock-counted') this.#nominate(event.sku, OWN);
      else if (event.type === 'sku-registered') this.#noteSku(event.sku);
      else if (event.type === 'stock-deallocated') this.#noteFreed(event);
      else if (TERRITORY.has(event.type)) this.#noteTerritory();
      else if (this.#ledger.state.exceptions.size > 0) this.#noteClaim(event);
    }
    if (this.#nominated.size > 0) this.#wake();
  }

  /** What falls may become wrong, what rises may become right. */
  #noteMovement(event: LedgerEventOf<'stock-moved'>): void {
    const { exceptions, positions, skus, skuIds, locationIds, unsourced } = this.#ledger.state;
    for (const { sku, from } of event.lines) {
      const index = skuIds.find(sku) ?? NONE;
      const isFall = 'location' in from && from.bucket === 'SELLABLE';
      const row = isFall ? positions.find(index, locationIds.find(from.location) ?? NONE) : NONE;
      const isWrong = row !== NONE && isPositionWrong(this.#ledger.state, row);
      const hasDemand = isFall && unsourced.networksWithDemand(index) !== 0;
      const isTracked = skus[index]?.tracking !== undefined;
      if (isWrong || hasDemand || isTracked || exceptions.hasSku(sku)) this.#nominate(sku, lineageOf(event));
    }
  }

  /** What lies there may be tracked from now on, or no more. */
  #noteSku(sku: string): void {
    const { skus, skuIds, exceptions } = this.#ledger.state;
    const isTracked = skus[skuIds.find(sku) ?? NONE]?.tracking !== undefined;
    if (isTracked || exceptions.hasSku(sku)) this.#nominate(sku, OWN);
  }

  /** What a location no longer serves may be demand that no other can serve. */
  #noteFreed({ lines }: LedgerEventOf<'stock-deallocated'>): void {
    const { exceptions, skuIds, unsourced } = this.#ledger.state;
    for (const { sku } of lines) {
      const hasDemand = unsourced.networksWithDemand(skuIds.find(sku) ?? NONE) !== 0;
      if (hasDemand || exceptions.hasSku(sku)) this.#nominate(sku, OWN);
    }
  }

  /** Where a network may take from no longer, demand that it has accepted may be too much. */
  #noteTerritory(): void {
    const { exceptions, skuIds, unsourced } = this.#ledger.state;
    for (const sku of unsourced.skus()) this.#nominate(skuIds.textOf(sku), OWN);
    for (const sku of exceptions.skus()) this.#nominate(sku, OWN);
  }

  /** A claim that is given up may close an exception of its SKU; a new one never opens any. */
  #noteClaim(event: LedgerEvent): void {
    for (const sku of skusOf(this.#ledger, event)) {
      if (this.#ledger.state.exceptions.hasSku(sku)) this.#nominate(sku, OWN);
    }
  }

  /** Reads every position once, which takes some tens of milliseconds for millions of them. */
  #nominateAll(): void {
    const { state } = this.#ledger;
    const { positions, skuIds, exceptions, tracked, unsourced } = state;
    for (const sku of exceptions.skus()) this.#nominate(sku, OWN);
    for (const sku of unsourced.skus()) this.#nominate(skuIds.textOf(sku), OWN);
    const trackedSkus = new Set(Array.from(tracked.positions(), ([row]) => positions.skuOf(row)));
    for (const sku of trackedSkus) this.#nominate(skuIds.textOf(sku), OWN);
    for (let row = 0; row < positions.size; row++) {
      if (isPositionWrong(state, row)) this.#nominate(skuIds.textOf(positions.skuOf(row)), OWN);
    }
  }

  /** Most of what was looked at is as it was, which costs the writer nothing. */
  #nominate(sku: string, lineage: ExceptionLineage): void {
    if (!areConditionsSettled(this.#ledger.state, sku)) this.#nominated.set(sku, lineage);
  }

  #wake(): void {
    if (this.#settling || this.#isStopped) return;
    this.#settling = this.#settle()
      .catch((error: unknown) => {
        this.#platform.telemetry.log('warn', 'stock could not be looked at', { error: String(error) });
        if (this.#ledger.failed.aborted) return;
        this.#cancelRetry = this.#platform.clock.after(RETRY_MS, () => this.#wake());
      })
      .finally(() => {
        this.#settling = undefined;
      });
  }

  async #settle(): Promise<void> {
    while (this.#nominated.size > 0 && !this.#isStopped) {
      const taken = [...this.#nominated].slice(0, SKUS_PER_COMMAND_MAX);
      for (const [sku] of taken) this.#nominated.delete(sku);
      const skus = taken.map(([sku, lineage]) => ({ sku, lineage }));
      try {
        await this.#ledger.execute({ type: 'settle-exceptions', skus });
      } catch (error) {
        this.#takeBack(taken);
        throw error;
      }
    }
  }

  /** What was nominated meanwhile is newer. */
  #takeBack(taken: readonly (readonly [string, ExceptionLineage])[]): void {
    for (const [sku, lineage] of taken) if (!this.#nominated.has(sku)) this.#nominated.set(sku, lineage);
  }
}

/** What changes of which locations a channel may sell, and how much. */
const TERRITORY: ReadonlySet<LedgerEvent['type']> = new Set([
  'network-registered',
  'channel-registered',
  'availability-rule-set',
  'availability-rules-changed',
  'availability-rule-effective',
]);

const OWN: ExceptionLineage = { system: CONTEXT, eventId: CONTEXT };

function lineageOf({ source, correlationId }: LedgerEventOf<'stock-moved'>): ExceptionLineage {
  return { ...source, ...(correlationId !== undefined && { correlationId }) };
}

/** SKUs of which something is no longer claimed. */
function skusOf({ state }: Ledger, event: LedgerEvent): readonly string[] {
  switch (event.type) {
    case 'allocations-shipped':
      return event.lines.map(({ sku }) => sku);
    case 'reservation-expired':
      return [event.sku];
    case 'reservations-cancelled':
      return event.reservations.flatMap((id) => {
        const sku = state.reservations.get(id)?.sku;
        return sku === undefined ? [] : [state.skuIds.textOf(sku)];
      });
    default:
      return [];
  }
}
