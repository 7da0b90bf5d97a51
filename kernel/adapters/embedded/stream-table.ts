import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { PublishResult, StreamMessage } from '../../ports/streams.ts';
import { freezeJson } from './freeze-json.ts';
import { RecentPlaces, type TypedPlace } from './recent-places.ts';

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

/** Messages that are held in memory: those that several consumers are about to read. */
const HELD_MESSAGES_MAX = 1_000;
/** Characters of a message that is held. */
const HELD_CHARS_MAX = 32_768;

/** The statements of one stream. The write methods must run inside a commit. */
export class StreamTable {
  readonly epoch: string;
  /** Everything up to here is durable; what comes after it is in the database alone, and shown to nobody. */
  #durableHead: number;
  readonly #insert: StatementSync;
  readonly #byId: StatementSync;
  readonly #one: StatementSync;
  readonly #after: StatementSync;
  readonly #places: StatementSync;
  readonly #placesOfTypes: StatementSync;
  readonly #count: StatementSync;
  readonly #countOfTypes: StatementSync;
  readonly #remove: StatementSync;
  readonly #recent: RecentPlaces;
  /** By sequence, the oldest first; a message is never changed. */
  readonly #held = new Map<number, Omit<StreamMessage, 'delivery'>>();

  constructor(database: DatabaseSync, stream: string, epoch: string) {
    const table = streamTableName(stream);
    const range = 'seq > ? AND seq <= ?';
    const ofTypes = 'type IN (SELECT value FROM json_each(?))';
    this.epoch = epoch;
    this.#insert = database.prepare(
      `INSERT INTO ${table} (id, subject, key, type, envelope) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    );
    this.#byId = database.prepare(`SELECT seq FROM ${table} WHERE id = ?`);
    this.#one = database.prepare(`SELECT seq, subject, envelope FROM ${table} WHERE seq = ?`);
    this.#after = database.prepare(`SELECT seq, subject, envelope FROM ${table} WHERE ${range} ORDER BY seq LIMIT ?`);
    this.#places = database.prepare(`SELECT seq, key FROM ${table} WHERE ${range} ORDER BY seq LIMIT ?`);
    this.#placesOfTypes = database.prepare(
      `SELECT seq, key FROM ${table} WHERE ${range} AND ${ofTypes} ORDER BY seq LIMIT ?`,
    );
    this.#count = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${range}`);
    this.#countOfTypes = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${range} AND ${ofTypes}`);
    this.#remove = database.prepare(`DELETE FROM ${table} WHERE seq IN (SELECT value FROM json_each(?))`);
    const head = database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(`stream_${stream}`);
    this.#durableHead = Number(head?.['seq'] ?? 0);
    this.#recent = new RecentPlaces(this.#durableHead);
  }

  insert({ subject, envelope }: NewMessage, text: string): PublishResult {
    const done = this.#insert.run(envelope.id, subject, envelope.key, envelope.type, text);
    if (done.changes === 1) return { seq: Number(done.lastInsertRowid), duplicate: false };
    return { seq: Number(this.#byId.get(envelope.id)?.['seq']), duplicate: true };
  }

  head(): number {
    return this.#durableHead;
  }

  /** What was inserted is durable, up to the last of these places. */
  settle(places: readonly TypedPlace[]): void {
    for (const place of places) this.#recent.add(place);
    this.#durableHead = Math.max(this.#durableHead, places.at(-1)?.seq ?? 0);
  }

  read(afterSeq: number, limit: number): readonly StreamMessage[] {
    const rows = this.#after.all(afterSeq, this.#durableHead, limit) as unknown as MessageRow[];
    return rows.map((row) => ({ ...(this.#held.get(row.seq) ?? this.#read(row)), delivery: 1 }));
  }

  get(seq: number, delivery: number): StreamMessage | undefined {
    const held = this.#held.get(seq);
    if (held) return { ...held, delivery };
    const row = this.#one.get(seq) as unknown as MessageRow | undefined;
    return row && { ...this.#read(row), delivery };
  }

  /** Frozen, because its readers share it. */
  #read({ seq, subject, envelope: text }: MessageRow): Omit<StreamMessage, 'delivery'> {
    const message = { seq, subject, envelope: freezeJson(JSON.parse(text) as EventEnvelope) };
    if (text.length > HELD_CHARS_MAX) return message;
    this.#held.set(seq, message);
    const [oldest] = this.#held.keys();
    if (this.#held.size > HELD_MESSAGES_MAX && oldest !== undefined) this.#held.delete(oldest);
    return message;
  }

  /** Must run inside a commit. */
  remove(seqs: readonly number[]): void {
    this.#remove.run(JSON.stringify(seqs));
    for (const seq of seqs) this.#held.delete(seq);
    this.#recent.remove(new Set(seqs));
  }

  /** The next places after `afterSeq`, of the given types only. */
  places(afterSeq: number, types: readonly string[] | undefined, limit: number): readonly MessagePlace[] {
    if (this.#recent.covers(afterSeq)) return this.#recent.after(afterSeq, types, limit);
    const rows = types
      ? this.#placesOfTypes.all(afterSeq, this.#durableHead, JSON.stringify(types), limit)
      : this.#places.all(afterSeq, this.#durableHead, limit);
    return rows as unknown as MessagePlace[];
  }

  countAfter(seq: number, types: readonly string[] | undefined): number {
    const row = types
      ? this.#countOfTypes.get(seq, this.#durableHead, JSON.stringify(types))
      : this.#count.get(seq, this.#durableHead);
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
