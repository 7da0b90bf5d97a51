import { crc32 } from 'node:zlib';
import type { StatementSync } from 'node:sqlite';
import { Obstacle, invariant } from '../../model/errors.ts';
import { JournalCorrupt, JournalFenced } from '../../ports/journal-errors.ts';
import type { Journal, JournalBatch, JournalText, NewJournalBatch } from '../../ports/journal.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import type { GroupCommit } from './group-commit.ts';
import { StorageClosed, isDamaged, isUniqueViolation } from './storage-errors.ts';

/** A batch as a row. */
export interface BatchRow {
  readonly seq: number;
  readonly batch_id: string;
  readonly recorded_at_ms: number;
  readonly events: string;
  /** CRC-32 over this row, started with the checksum of the row before: rows can neither change nor change places. */
  readonly checksum: number;
}

export interface EmbeddedJournalOptions {
  readonly context: string;
  readonly commits: GroupCommit;
  readonly epoch: string;
  readonly limits: EmbeddedLimits;
  onClose(): void;
}

/** One row per batch; the sequence is the primary key, so two writers can never fill the same place. */
export class EmbeddedJournal implements Journal {
  readonly epoch: string;
  readonly #options: EmbeddedJournalOptions;
  readonly #last: StatementSync;
  readonly #insert: StatementSync;
  readonly #page: StatementSync;
  readonly #recordedAt: StatementSync;
  #head: number;
  #closed = false;

  /** The table must exist. @throws {JournalCorrupt} when the last batch is not what was appended */
  constructor(options: EmbeddedJournalOptions) {
    const { database } = options.commits;
    const table = journalTable(options.context);
    this.epoch = options.epoch;
    this.#options = options;
    this.#last = database.prepare(`SELECT seq, checksum FROM ${table} ORDER BY seq DESC LIMIT 1`);
    this.#insert = database.prepare(
      `INSERT INTO ${table} (seq, batch_id, recorded_at_ms, events, checksum) VALUES (?, ?, ?, ?, ?)`,
    );
    this.#page = database.prepare(`SELECT * FROM ${table} WHERE seq >= ? AND seq <= ? ORDER BY seq LIMIT ?`);
    this.#recordedAt = database.prepare(`SELECT recorded_at_ms FROM ${table} WHERE seq = ?`);
    this.#head = this.#lastRow().seq;
    if (this.#head > 0)
      this.#readPage({ fromSeq: this.#head, toSeq: this.#head, pageBatches: 1 }, this.#checksumBefore(this.#head));
  }

  get batchBytesMax(): number {
    return this.#options.limits.journalBatchBytesMax;
  }

  head(): number {
    return this.#head;
  }

  async append(batch: NewJournalBatch, expectedPrev: number): Promise<number> {
    if (this.#closed) throw new StorageClosed(this.#name());
    const events = batch.eventsText ?? JSON.stringify(batch.events);
    this.#assertFits(events);
    const seq = await this.#options.commits.write(() => this.#insertRow(batch, events, expectedPrev));
    this.#head = Math.max(this.#head, seq);
    return seq;
  }

  async *read(fromSeq: number, toSeq: number = this.#head): AsyncIterable<JournalBatch> {
    const { journalPageBatches } = this.#options.limits;
    for (const row of this.#rows(fromSeq, toSeq, journalPageBatches)) yield toBatch(row);
  }

  async *readTexts(fromSeq: number, toSeq: number): AsyncIterable<JournalText> {
    const { journalTextPageBatches } = this.#options.limits;
    for (const { seq, recorded_at_ms: recordedAtMs, events: eventsText } of this.#rows(
      fromSeq,
      toSeq,
      journalTextPageBatches,
    )) {
      yield { seq, recordedAtMs, eventsText };
    }
  }

  async seqAt(atMs: number): Promise<number> {
    let found = 0;
    for (let step = 2 ** Math.ceil(Math.log2(this.#head + 1)); step >= 1; step /= 2) {
      const seq = found + step;
      if (seq <= this.#head && this.#recordedAtMs(seq) <= atMs) found = seq;
    }
    return found;
  }

  assertReaches(seq: number, reader: string): void {
    if (seq <= this.#head) return;
    throw new JournalCorrupt(`${this.#name()} ends at ${this.#head}, but ${reader} has seen ${seq}.`, {
      context: this.#options.context,
      head: this.#head,
      reader,
      seq,
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose();
  }

  #insertRow(batch: NewJournalBatch, events: string, expectedPrev: number): number {
    const last = this.#lastRow();
    if (last.seq !== expectedPrev) throw new JournalFenced(expectedPrev, last.seq);
    const row = { seq: last.seq + 1, batch_id: batch.batchId, recorded_at_ms: batch.recordedAtMs, events };
    try {
      this.#insert.run(row.seq, row.batch_id, row.recorded_at_ms, events, checksumOf(row, last.checksum));
    } catch (error) {
      invariant(!isUniqueViolation(error), `${this.#name()} already holds batch ${batch.batchId}.`);
      throw error;
    }
    return row.seq;
  }

  /** Read page by page as they are asked for. */
  *#rows(fromSeq: number, toSeq: number, pageBatches: number): Iterable<BatchRow> {
    const last = Math.min(toSeq, this.#head);
    let next = Math.max(1, fromSeq);
    if (next > last) return;
    let checksum = this.#checksumBefore(next);
    while (next <= last) {
      for (const row of this.#readPage({ fromSeq: next, toSeq: last, pageBatches }, checksum)) {
        yield row;
        next = row.seq + 1;
        checksum = row.checksum;
      }
    }
  }

  #recordedAtMs(seq: number): number {
    const row = this.#unlessDamaged(seq, () => this.#recordedAt.get(seq));
    if (!row) throw this.#corrupt(seq, 'is missing');
    return Number(row['recorded_at_ms']);
  }

  /** One page of rows that continue the chain after `checksum`. */
  #readPage(
    page: { readonly fromSeq: number; readonly toSeq: number; readonly pageBatches: number },
    checksum: number,
  ): readonly BatchRow[] {
    const { fromSeq } = page;
    const rows = this.#readRows(page);
    if (rows.length === 0) throw this.#corrupt(fromSeq, 'is missing');
    let expected = fromSeq;
    let previous = checksum;
    for (const row of rows) {
      if (row.seq !== expected) throw this.#corrupt(expected, 'is missing');
      if (row.checksum !== checksumOf(row, previous)) throw this.#corrupt(row.seq, 'does not fit its checksum');
      previous = row.checksum;
      expected++;
    }
    return rows;
  }

  #checksumBefore(seq: number): number {
    if (seq <= 1) return 0;
    const [row] = this.#readRows({ fromSeq: seq - 1, toSeq: seq - 1, pageBatches: 1 });
    if (!row) throw this.#corrupt(seq - 1, 'is missing');
    return row.checksum;
  }

  #lastRow(): { readonly seq: number; readonly checksum: number } {
    const row = this.#unlessDamaged(undefined, () => this.#last.get());
    return (row as unknown as BatchRow | undefined) ?? { seq: 0, checksum: 0 };
  }

  /** Of a page that cannot be read, row by row as many as can, so that the damage is told at its batch. */
  #readRows(page: {
    readonly fromSeq: number;
    readonly toSeq: number;
    readonly pageBatches: number;
  }): readonly BatchRow[] {
    const { fromSeq, toSeq, pageBatches } = page;
    try {
      return this.#page.all(fromSeq, toSeq, pageBatches) as unknown as BatchRow[];
    } catch (error) {
      if (!isDamaged(error)) throw error;
      if (pageBatches === 1) throw this.#corrupt(fromSeq, 'cannot be read');
      return this.#readRows({ ...page, pageBatches: 1 });
    }
  }

  /** @param seq absent: the last batch, whichever it is */
  #unlessDamaged<Result>(seq: number | undefined, read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (!isDamaged(error)) throw error;
      if (seq !== undefined) throw this.#corrupt(seq, 'cannot be read');
      throw new JournalCorrupt(`The last batch of ${this.#name()} cannot be read.`, { context: this.#options.context });
    }
  }

  #assertFits(events: string): void {
    const bytes = Buffer.byteLength(events);
    const { journalBatchBytesMax } = this.#options.limits;
    if (bytes <= journalBatchBytesMax) return;
    throw new Obstacle('OVERLOADED', `A batch of ${bytes} bytes is beyond what ${this.#name()} takes at once.`, {
      limit: 'journalBatchBytesMax',
      journalBatchBytesMax,
      bytes,
    });
  }

  #corrupt(seq: number, what: string): JournalCorrupt {
    return new JournalCorrupt(`Batch ${seq} of ${this.#name()} ${what}.`, { context: this.#options.context, seq });
  }

  #name(): string {
    return `The journal of ${this.#options.context}`;
  }
}

/** The table of a context's journal; the context must be a checked name. */
export const journalTable = (context: string): string => `"journal_${context}"`;

export function checksumOf(row: Omit<BatchRow, 'checksum'>, previous: number): number {
  // In two steps, so that the events are not copied.
  return crc32(row.events, crc32(`${row.seq} ${row.batch_id} ${row.recorded_at_ms} `, previous));
}

function toBatch(row: BatchRow): JournalBatch {
  return {
    seq: row.seq,
    batchId: row.batch_id,
    recordedAtMs: row.recorded_at_ms,
    events: JSON.parse(row.events) as unknown[],
  };
}
