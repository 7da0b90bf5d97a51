import type { StatementSync } from 'node:sqlite';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { CancelTimer, Clock } from '../../ports/clock.ts';
import type { OutboxEvent } from '../../ports/documents.ts';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import type { Streams } from '../../ports/streams.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { backoffMs } from './backoff.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { errorText } from './error-text.ts';
import type { GroupCommit } from './group-commit.ts';
import { StorageClosed } from './storage-errors.ts';

interface Row {
  readonly seq: number;
  readonly stream: string;
  readonly subject: string;
  readonly envelope: string;
}

export interface OutboxOptions {
  readonly commits: GroupCommit;
  readonly streams: Streams;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, stream TEXT NOT NULL, subject TEXT NOT NULL,
  envelope TEXT NOT NULL) STRICT`;

/**
 * Events that were saved with a document and are not published yet. One leased relay publishes them in the order of
 * their saves and removes them afterwards; a crash in between publishes them again under the same id, which the stream
 * knows already.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #insert: StatementSync;
  readonly #page: StatementSync;
  readonly #remove: StatementSync;
  readonly #last: StatementSync;
  readonly #closing = new AbortController();
  #waiting: { readonly seq: number; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  #lease: Promise<HeldLease> | undefined;
  #relaying: Promise<void> | undefined;
  #relayAgain = false;
  #failures = 0;
  #cancelRetry: CancelTimer | undefined;

  constructor(options: OutboxOptions) {
    const { database } = options.commits;
    database.exec(SCHEMA);
    this.#options = options;
    this.#insert = database.prepare('INSERT INTO outbox (collection, stream, subject, envelope) VALUES (?, ?, ?, ?)');
    this.#page = database.prepare('SELECT seq, stream, subject, envelope FROM outbox ORDER BY seq LIMIT ?');
    this.#remove = database.prepare('DELETE FROM outbox WHERE seq <= ?');
    this.#last = database.prepare('SELECT max(seq) AS seq FROM outbox');
  }

  /** Must run inside the commit of the document. */
  add(collection: string, events: readonly (OutboxEvent & { readonly text: string })[]): void {
    for (const { stream, subject, text } of events) this.#insert.run(collection, stream, subject, text);
  }

  /** There may be something to relay. */
  wake(): void {
    if (this.#closing.signal.aborted || this.#cancelRetry) return;
    if (this.#relaying) {
      this.#relayAgain = true;
      return;
    }
    this.#relayAgain = false;
    this.#relaying = this.#relay().then(() => {
      this.#relaying = undefined;
      if (this.#relayAgain) this.wake();
    });
  }

  /** Resolves when everything that is in the outbox now has been published. */
  async flush(): Promise<void> {
    const seq = this.#last.get()?.['seq'];
    if (typeof seq !== 'number') return;
    const published = new Promise<void>((resolve, reject) => this.#waiting.push({ seq, resolve, reject }));
    this.wake();
    await published;
  }

  async close(): Promise<void> {
    this.#closing.abort(new StorageClosed('The outbox'));
    this.#cancelRetry?.();
    await this.#relaying;
    for (const { reject } of this.#waiting.splice(0)) reject(new StorageClosed('The outbox'));
    const lease = await this.#lease?.catch(() => undefined);
    await lease?.release();
  }

  async #relay(): Promise<void> {
    try {
      this.#lease ??= this.#options.lease.acquire('outbox-relay', this.#closing.signal);
      await this.#lease;
      while (!this.#closing.signal.aborted && (await this.#relayPage()));
      this.#failures = 0;
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#retryLater(error);
    }
  }

  /** @returns whether there may be more */
  async #relayPage(): Promise<boolean> {
    const { commits, limits } = this.#options;
    const rows = this.#page.all(limits.outboxPageEvents) as unknown as Row[];
    const last = rows.at(-1);
    if (!last) return false;
    for (const run of runsOfOneStream(rows)) await this.#publish(run);
    await commits.write(() => this.#remove.run(last.seq));
    this.#waiting = this.#waiting.filter(({ seq, resolve }) => {
      if (seq <= last.seq) resolve();
      return seq > last.seq;
    });
    return rows.length === limits.outboxPageEvents;
  }

  async #publish(rows: readonly Row[]): Promise<void> {
    const messages = rows.map((row) => ({
      subject: row.subject,
      envelope: JSON.parse(row.envelope) as EventEnvelope,
    }));
    await this.#options.streams.publishAll((rows[0] as Row).stream, messages);
  }

  #retryLater(error: unknown): void {
    const { clock, telemetry, limits } = this.#options;
    this.#failures++;
    telemetry.count('outbox_relay_failures_total');
    telemetry.log('error', 'the outbox could not be relayed', { failures: this.#failures, error: errorText(error) });
    const bounds = { minMs: limits.outboxRetryMinMs, maxMs: limits.outboxRetryMaxMs };
    this.#cancelRetry = clock.after(backoffMs(this.#failures, 'outbox-relay', bounds), () => {
      this.#cancelRetry = undefined;
      this.wake();
    });
  }
}

/** Neighbours that go to the same stream, so that one publication carries them and the order stays. */
function runsOfOneStream(rows: readonly Row[]): readonly (readonly Row[])[] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && run[0]?.stream === row.stream) run.push(row);
    else runs.push([row]);
  }
  return runs;
}
