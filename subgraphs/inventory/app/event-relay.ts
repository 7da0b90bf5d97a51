import type { Collection, Document } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import { CONTEXT, type Ledger, type LedgerBatch } from './ledger.ts';
import { relayedEvents, type Publication } from './relayed-event.ts';

interface RelayCursor extends Document {
  readonly epoch: string;
  /** Every batch up to here has been relayed. */
  readonly seq: number;
}

const CURSOR_ID = 'inventory-events';

/**
 * Brings what others act on from the log to the durable stream: each at least once, in order, also after a crash. While
 * it keeps up, batches come from memory; when it falls behind, and at the start, from the log.
 */
export class EventRelay {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #limits: InventoryLimits;
  readonly #cursors: Collection<RelayCursor>;
  #waiting: { readonly seq: number; readonly publications: readonly Publication[] }[] = [];
  /** Everything up to here is published or waits in memory. */
  #seenSeq: number;
  /** Undefined when a save may have been done or not. */
  #version: number | undefined;
  #isBehind = true;
  #running: Promise<void> | undefined;
  #cancelRetry: CancelTimer = () => undefined;
  #isStopped = false;

  private constructor(parts: {
    readonly ledger: Ledger;
    readonly platform: Platform;
    readonly limits: InventoryLimits;
    readonly cursors: Collection<RelayCursor>;
    readonly from: { readonly seq: number; readonly version: number };
  }) {
    this.#ledger = parts.ledger;
    this.#platform = parts.platform;
    this.#limits = parts.limits;
    this.#cursors = parts.cursors;
    this.#seenSeq = parts.from.seq;
    this.#version = parts.from.version;
  }

  /** @throws {JournalCorrupt} when the log ends before what was relayed */
  static async open(ledger: Ledger, platform: Platform, limits: InventoryLimits): Promise<EventRelay> {
    const cursors = await platform.documents.collection<RelayCursor>({ name: 'inventory-relay', indexes: [] });
    const found = await cursors.get(CURSOR_ID);
    const seq = found?.document.epoch === ledger.epoch ? found.document.seq : 0;
    ledger.assertReaches(seq, 'the relay of events');
    return new EventRelay({ ledger, platform, limits, cursors, from: { seq, version: found?.version ?? 0 } });
  }

  /** @returns stops it when what is under way is done */
  start(): () => Promise<void> {
    const leave = this.#ledger.onCommitted((batch) => this.#add(batch));
    this.#wake();
    return async () => {
      leave();
      this.#isStopped = true;
      this.#cancelRetry();
      await this.#running;
      // Spares the next start from reading what held nothing to relay.
      if (!this.#isBehind && this.#waiting.length === 0) await this.#saveCursor(this.#ledger.seq);
    };
  }

  #add(batch: LedgerBatch): void {
    // In reading the log, the relay will come to this batch by itself.
    if (this.#isBehind) return;
    const publications = relayedEvents(this.#ledger.state, batch);
    if (publications.length === 0) return;
    this.#waiting.push({ seq: batch.seq, publications });
    if (this.#waiting.length > this.#limits.relayBatchesMax) this.#fallBehind();
    this.#wake();
  }

  #fallBehind(): void {
    this.#isBehind = true;
    this.#waiting = [];
  }

  #wake(): void {
    if (this.#running || this.#isStopped) return;
    this.#running = this.#run()
      .catch((error: unknown) => {
        this.#platform.telemetry.count('inventory_relay_failures_total');
        this.#platform.telemetry.log('warn', 'events of inventory could not be relayed', { error: String(error) });
        this.#fallBehind();
        this.#cancelRetry = this.#platform.clock.after(this.#limits.relayRetryMs, () => this.#wake());
      })
      .finally(() => {
        this.#running = undefined;
        // A batch that came after the last look and before this line has found the relay still running.
        if (this.#waiting.length > 0) this.#wake();
      });
  }

  async #run(): Promise<void> {
    if (this.#version === undefined) await this.#readCursor();
    while (!this.#isStopped) {
      if (this.#isBehind) await this.#catchUp();
      const next = this.#waiting.shift();
      if (next) await this.#publish(next.seq, next.publications);
      else if (!this.#isBehind) return;
    }
  }

  /** Reads the log until no batch is left that memory has not seen. */
  async #catchUp(): Promise<void> {
    const { state } = this.#ledger;
    for await (const batch of this.#ledger.history(this.#seenSeq)) {
      if (this.#isStopped) return;
      const publications = relayedEvents(state, batch);
      if (publications.length > 0) await this.#publish(batch.seq, publications);
      this.#seenSeq = batch.seq;
    }
    // Nothing is awaited between this comparison and the next batch, so none falls between.
    this.#isBehind = this.#seenSeq < this.#ledger.seq;
  }

  async #publish(seq: number, publications: readonly Publication[]): Promise<void> {
    await this.#platform.streams.publishAll(streamOf(CONTEXT), publications);
    await this.#saveCursor(seq);
    this.#seenSeq = seq;
  }

  async #saveCursor(seq: number): Promise<void> {
    const cursor: RelayCursor = { id: CURSOR_ID, epoch: this.#ledger.epoch, seq };
    if (this.#version === undefined) await this.#readCursor();
    const version = this.#version ?? 0;
    // A save of which nothing is heard may have been done all the same, and would then be in the way of every other one.
    this.#version = undefined;
    this.#version = await this.#cursors.save(cursor, version);
  }

  /** Learns the version anew, and spares what a save had reached of which nothing was heard. */
  async #readCursor(): Promise<void> {
    const found = await this.#cursors.get(CURSOR_ID);
    this.#version = found?.version ?? 0;
    const { epoch, seq } = this.#ledger;
    const reached = found?.document.epoch === epoch ? found.document.seq : 0;
    if (reached <= seq) this.#seenSeq = Math.max(this.#seenSeq, reached);
  }
}
