import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Collection, Versioned } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { factKeyOf } from '../domain/fact-memory.ts';
import type { FactSource } from '../domain/ledger-event.ts';
import type { FactAnswer } from '../domain/ledger-command.ts';
import type { StockFact } from '../domain/stock-fact.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger, LedgerBatch } from './ledger.ts';
import { shortPickDeallocation } from './short-pick-deallocation.ts';
import { asTransferFact, shortPickOfTransfer } from './transfer-work.ts';
import { PARKED_FACTS, parkedFactsOf, type ParkedFact } from './parked-fact.ts';

/**
 * Takes facts into the ledger. Lines that wait for a SKU or a location are parked with their fact, and the fact is taken
 * in again by itself when the code is registered; what was applied before stays applied once.
 */
export class FactIntake {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #limits: InventoryLimits;
  readonly #parked: Collection<ParkedFact>;
  /** Codes whose parked facts are to be looked for; one search at a time. */
  readonly #registered = new Set<string>();
  #searching: Promise<void> | undefined;
  /** Facts that are being taken in, each as often as it is. */
  readonly #taking = new Map<string, number>();
  #isStopped = false;

  private constructor(parts: {
    readonly ledger: Ledger;
    readonly platform: Platform;
    readonly limits: InventoryLimits;
    readonly parked: Collection<ParkedFact>;
  }) {
    this.#ledger = parts.ledger;
    this.#platform = parts.platform;
    this.#limits = parts.limits;
    this.#parked = parts.parked;
  }

  static async open(ledger: Ledger, platform: Platform, limits: InventoryLimits): Promise<FactIntake> {
    const parked = await platform.documents.collection<ParkedFact>(PARKED_FACTS);
    return new FactIntake({ ledger, platform, limits, parked });
  }

  /** Listens for registrations, and looks through what was parked before the last end. @returns stops it */
  start(): () => Promise<void> {
    const leave = this.#ledger.onCommitted((batch) => this.#note(batch));
    const scanning = this.#scan();
    return async () => {
      leave();
      this.#isStopped = true;
      await scanning;
      await this.#searching;
    };
  }

  /** Resolves when every line is in the ledger or parked, both durable. */
  async take(fact: StockFact): Promise<void> {
    const key = factKeyOf(fact.source);
    this.#taking.set(key, (this.#taking.get(key) ?? 0) + 1);
    try {
      await this.#take(fact);
    } finally {
      const others = (this.#taking.get(key) ?? 1) - 1;
      if (others > 0) this.#taking.set(key, others);
      else this.#taking.delete(key);
    }
  }

  /** True while lines of the fact may be in the ledger and the others not parked yet. */
  isTaking(source: FactSource): boolean {
    return this.#taking.has(factKeyOf(source));
  }

  async #take(fact: StockFact): Promise<void> {
    const { parked } = await this.#record(fact);
    if (parked.length === 0) return;
    for (const document of parkedFactsOf(fact, parked, this.#platform.clock.nowMs())) {
      await this.#park(document);
      // The code may have been registered between the decision and the save.
      if (this.#isRegistered(document.waitsFor)) this.#replay(document.waitsFor);
    }
  }

  /** Both commands of a short pick are submitted in one turn and thus stand in one batch. */
  async #record(told: StockFact): Promise<FactAnswer> {
    const fact = asTransferFact(this.#ledger.state, told);
    const isFirst = fact.type === 'short-pick-recorded' && !(await this.#ledger.knowsFact(fact.source));
    const taken = isFirst ? this.#takeBack(fact) : undefined;
    const [answer] = await Promise.all([this.#ledger.execute({ type: 'record-fact', fact }), taken]);
    return answer;
  }

  #takeBack(fact: StockFact): Promise<unknown> | undefined {
    const { state } = this.#ledger;
    const givenUp = shortPickOfTransfer(state, fact);
    if (givenUp) return this.#ledger.execute({ type: 'change-transfer', request: givenUp }, givenUp);
    const request = shortPickDeallocation(state, fact);
    return request && this.#ledger.execute({ type: 'deallocate-stock', request }, request);
  }

  async #park(document: ParkedFact): Promise<void> {
    try {
      await this.#parked.save(document, 0);
    } catch (error) {
      // A repetition of the fact finds it parked already.
      if (!(error instanceof DocumentConflict)) throw error;
      return;
    }
    for (const { code } of document.lines) this.#platform.telemetry.count('inventory_parked_lines_total', { code });
    this.#platform.telemetry.log('warn', 'lines of a fact wait for a code to be registered', {
      waitsFor: document.waitsFor,
      source: document.fact.source,
    });
  }

  #note({ events }: LedgerBatch): void {
    for (const event of events) {
      if (event.type === 'stock-count-compared' && event.counted !== event.recorded) this.#tellVariance(event.because);
      if (event.type === 'sku-registered') this.#replay(`SKU:${event.sku}`);
      if (event.type === 'location-registered') this.#replay(`LOCATION:${event.location}`);
    }
  }

  #tellVariance(because: string): void {
    this.#platform.telemetry.count('inventory_count_variances_total', { because });
  }

  #isRegistered(waitsFor: string): boolean {
    const { state } = this.#ledger;
    const code = waitsFor.slice(waitsFor.indexOf(':') + 1);
    if (waitsFor.startsWith('LOCATION:')) return state.locations.has(code);
    const sku = state.skuIds.find(code);
    return sku !== undefined && state.skus[sku] !== undefined;
  }

  #replay(waitsFor: string): void {
    this.#registered.add(waitsFor);
    this.#wake();
  }

  #wake(): void {
    if (this.#searching || this.#isStopped) return;
    this.#searching = this.#search().finally(() => {
      this.#searching = undefined;
      // A code that came after the last look and before this line has found the search still running.
      if (this.#registered.size > 0) this.#wake();
    });
  }

  async #search(): Promise<void> {
    for (const waitsFor of this.#registered) {
      if (this.#isStopped) return;
      this.#registered.delete(waitsFor);
      try {
        await this.#replayAll({ waitsFor });
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  async #scan(): Promise<void> {
    try {
      await this.#replayAll({});
    } catch (error) {
      this.#failed(error);
    }
  }

  /** What could not be replayed now is found again by the next registration or start. */
  #failed(error: unknown): void {
    this.#platform.telemetry.count('inventory_replay_failures_total');
    this.#platform.telemetry.log('error', 'parked facts could not be replayed', { error: String(error) });
  }

  /** Page by page, so that memory holds one page at most. */
  async #replayAll({ waitsFor }: { readonly waitsFor?: string }): Promise<void> {
    const where = waitsFor === undefined ? {} : { waitsFor: { eq: waitsFor } };
    const limit = this.#limits.quarantinePage;
    let page: readonly Versioned<ParkedFact>[] = [];
    do {
      const last = page.at(-1)?.document.id;
      page = await this.#parked.find({ where, limit, ...(last !== undefined && { after: { id: last, value: null } }) });
      for (const parked of page) if (!this.#isStopped) await this.#replayOne(parked);
    } while (page.length === limit && !this.#isStopped);
  }

  async #replayOne({ document, version }: Versioned<ParkedFact>): Promise<void> {
    if (!this.#isRegistered(document.waitsFor)) return;
    const { fact, waitsFor } = document;
    const answer = await this.#record(fact);
    const stillParked = parkedFactsOf(fact, answer.parked, document.parkedAtMs);
    for (const other of stillParked) if (other.waitsFor !== waitsFor) await this.#park(other);
    if (stillParked.some((other) => other.waitsFor === waitsFor)) return;
    await this.#parked.delete(document.id, version);
    this.#platform.telemetry.count('inventory_replayed_lines_total', {}, document.lines.length);
  }
}
