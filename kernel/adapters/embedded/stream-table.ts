import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { PublishResult, StreamMessage } from '../../ports/streams.ts';

export interface NewMessage {
  readonly subject: string;
  readonly envelope: EventEnvelope;
}

/** Where a message stands and which key it belongs to; enough to keep the order. */
export interface MessagePlace {
  readonly seq: number;
  readonly key: string;
}

interface MessageRow {
  readonly seq: number;
  readonly subject: string;
  readonly envelope: string;
}

/** The statements of one stream. The write methods must run inside a commit. */
export class StreamTable {
  readonly epoch: string;
  readonly #headKey: string;
  readonly #insert: StatementSync;
  readonly #byId: StatementSync;
  readonly #head: StatementSync;
  readonly #one: StatementSync;
  readonly #after: StatementSync;
  readonly #places: StatementSync;
  readonly #placesOfTypes: StatementSync;
  readonly #count: StatementSync;
  readonly #countOfTypes: StatementSync;
  readonly #remove: StatementSync;

  constructor(database: DatabaseSync, stream: string, epoch: string) {
    const table = streamTableName(stream);
    const ofTypes = 'type IN (SELECT value FROM json_each(?))';
    this.epoch = epoch;
    this.#insert = database.prepare(
      `INSERT INTO ${table} (id, subject, key, type, envelope) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#byId = database.prepare(`SELECT seq FROM ${table} WHERE id = ?`);
    this.#head = database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?');
    this.#one = database.prepare(`SELECT seq, subject, envelope FROM ${table} WHERE seq = ?`);
    this.#after = database.prepare(`SELECT seq, subject, envelope FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`);
    this.#places = database.prepare(`SELECT seq, key FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`);
    this.#placesOfTypes = database.prepare(
      `SELECT seq, key FROM ${table} WHERE seq > ? AND ${ofTypes} ORDER BY seq LIMIT ?`,
    );
    this.#count = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE seq > ?`);
    this.#countOfTypes = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE seq > ? AND ${ofTypes}`);
    this.#remove = database.prepare(`DELETE FROM ${table} WHERE seq IN (SELECT value FROM json_each(?))`);
    this.#headKey = `stream_${stream}`;
  }

  insert({ subject, envelope }: NewMessage, text: string): PublishResult {
    const done = this.#insert.run(envelope.id, subject, envelope.key, envelope.type, text);
    if (done.changes === 1) return { seq: Number(done.lastInsertRowid), duplicate: false };
    return { seq: Number(this.#byId.get(envelope.id)?.['seq']), duplicate: true };
  }

  head(): number {
    return Number(this.#head.get(this.#headKey)?.['seq'] ?? 0);
  }

  read(afterSeq: number, limit: number): readonly StreamMessage[] {
    return (this.#after.all(afterSeq, limit) as unknown as MessageRow[]).map((row) => toMessage(row, 1));
  }

  get(seq: number, delivery: number): StreamMessage | undefined {
    const row = this.#one.get(seq) as unknown as MessageRow | undefined;
    return row && toMessage(row, delivery);
  }

  /** Must run inside a commit. */
  remove(seqs: readonly number[]): void {
    this.#remove.run(JSON.stringify(seqs));
  }

  /** The next places after `afterSeq`, of the given types only. */
  places(afterSeq: number, types: readonly string[] | undefined, limit: number): readonly MessagePlace[] {
    const rows = types
      ? this.#placesOfTypes.all(afterSeq, JSON.stringify(types), limit)
      : this.#places.all(afterSeq, limit);
    return rows as unknown as MessagePlace[];
  }

  countAfter(seq: number, types: readonly string[] | undefined): number {
    const row = types ? this.#countOfTypes.get(seq, JSON.stringify(types)) : this.#count.get(seq);
    return Number(row?.['count']);
  }
}

/** Makes the tables of a stream when it is seen for the first time. Must run inside a commit. @returns its epoch */
export function ensureStream(database: DatabaseSync, stream: string, newEpoch: string): string {
  database.exec('CREATE TABLE IF NOT EXISTS stream (name TEXT PRIMARY KEY, epoch TEXT NOT NULL) STRICT');
  // AUTOINCREMENT: a sequence is never given twice, whatever is removed.
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${streamTableName(stream)} (
       seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL,
       key TEXT NOT NULL, type TEXT NOT NULL, envelope TEXT NOT NULL
     ) STRICT`,
  );
  database.prepare('INSERT OR IGNORE INTO stream (name, epoch) VALUES (?, ?)').run(stream, newEpoch);
  return String(database.prepare('SELECT epoch FROM stream WHERE name = ?').get(stream)?.['epoch']);
}

export function streamTableName(stream: string): string {
  return `"stream_${stream}"`;
}

function toMessage(row: MessageRow, delivery: number): StreamMessage {
  return { seq: row.seq, subject: row.subject, envelope: JSON.parse(row.envelope) as EventEnvelope, delivery };
}
