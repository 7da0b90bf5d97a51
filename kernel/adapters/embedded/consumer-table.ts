import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** One durable consumer of one stream. */
export interface ConsumerName {
  readonly stream: string;
  readonly durable: string;
}

export interface ConsumerProgress {
  /** Everything up to here is done. */
  readonly floor: number;
  /** What is done beyond the floor. */
  readonly done: readonly number[];
  /** Failed deliveries so far, of messages that are not done. */
  readonly failures: ReadonlyMap<number, number>;
  /** Dead letters that somebody wants delivered again, oldest first. */
  readonly replays: readonly number[];
}

export interface DeadLetterRow {
  readonly stream: string;
  readonly durable: string;
  readonly seq: number;
  readonly deliveries: number;
  readonly error: string;
  readonly died_at_ms: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS consumer (
    stream TEXT, durable TEXT, floor INTEGER NOT NULL, PRIMARY KEY (stream, durable)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS consumer_done (
    stream TEXT, durable TEXT, seq INTEGER, PRIMARY KEY (stream, durable, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS consumer_failure (
    stream TEXT, durable TEXT, seq INTEGER, deliveries INTEGER NOT NULL,
    PRIMARY KEY (stream, durable, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS consumer_replay (
    stream TEXT, durable TEXT, seq INTEGER, PRIMARY KEY (stream, durable, seq)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dead_letter (
    stream TEXT, durable TEXT, seq INTEGER, deliveries INTEGER NOT NULL, error TEXT NOT NULL,
    died_at_ms INTEGER NOT NULL, PRIMARY KEY (stream, durable, seq)) STRICT, WITHOUT ROWID;
`;

const OF = 'stream = ? AND durable = ?';

/** What durable consumers remember. The write methods must run inside a commit. */
export class ConsumerTable {
  readonly #register: StatementSync;
  readonly #progress: Record<'floor' | 'done' | 'failures' | 'replays', StatementSync>;
  readonly #setFloor: StatementSync;
  readonly #addDone: StatementSync;
  readonly #forgetDone: StatementSync;
  readonly #setFailure: StatementSync;
  readonly #forget: Record<'failure' | 'replay' | 'dead', StatementSync>;
  readonly #addDead: StatementSync;
  readonly #addReplay: StatementSync;
  readonly #deadLetters: StatementSync;
  readonly #durables: StatementSync;
  readonly #firstNeeded: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(SCHEMA);
    const prepare = (sql: string): StatementSync => database.prepare(sql);
    this.#register = prepare('INSERT OR IGNORE INTO consumer VALUES (?, ?, ?)');
    this.#progress = {
      floor: prepare(`SELECT floor FROM consumer WHERE ${OF}`),
      done: prepare(`SELECT seq FROM consumer_done WHERE ${OF}`),
      failures: prepare(`SELECT seq, deliveries FROM consumer_failure WHERE ${OF}`),
      replays: prepare(`SELECT seq FROM consumer_replay WHERE ${OF} ORDER BY seq`),
    };
    this.#setFloor = prepare(`UPDATE consumer SET floor = ? WHERE ${OF}`);
    this.#addDone = prepare('INSERT OR IGNORE INTO consumer_done VALUES (?, ?, ?)');
    this.#forgetDone = prepare(`DELETE FROM consumer_done WHERE ${OF} AND seq <= ?`);
    this.#setFailure = prepare('INSERT OR REPLACE INTO consumer_failure VALUES (?, ?, ?, ?)');
    this.#forget = {
      failure: prepare(`DELETE FROM consumer_failure WHERE ${OF} AND seq = ?`),
      replay: prepare(`DELETE FROM consumer_replay WHERE ${OF} AND seq = ?`),
      dead: prepare(`DELETE FROM dead_letter WHERE ${OF} AND seq = ?`),
    };
    this.#addDead = prepare('INSERT OR REPLACE INTO dead_letter VALUES (?, ?, ?, ?, ?, ?)');
    this.#addReplay = prepare('INSERT OR IGNORE INTO consumer_replay VALUES (?, ?, ?)');
    this.#durables = prepare('SELECT durable, floor FROM consumer WHERE stream = ?');
    this.#firstNeeded = prepare(
      `SELECT min(seq) AS seq FROM (SELECT seq FROM dead_letter WHERE stream = ?1 UNION ALL
       SELECT seq FROM consumer_replay WHERE stream = ?1)`,
    );
    this.#deadLetters = prepare('SELECT * FROM dead_letter WHERE stream = ? ORDER BY died_at_ms, durable, seq LIMIT ?');
  }

  /** Keeps the place of a durable that is known already. */
  register({ stream, durable }: ConsumerName, floor: number): void {
    this.#register.run(stream, durable, floor);
  }

  progress({ stream, durable }: ConsumerName): ConsumerProgress {
    const { floor, done, failures, replays } = this.#progress;
    return {
      floor: Number(floor.get(stream, durable)?.['floor'] ?? 0),
      done: done.all(stream, durable).map((row) => Number(row['seq'])),
      failures: new Map(failures.all(stream, durable).map((row) => [Number(row['seq']), Number(row['deliveries'])])),
      replays: replays.all(stream, durable).map((row) => Number(row['seq'])),
    };
  }

  saveProgress({ stream, durable }: ConsumerName, floor: number, done: readonly number[]): void {
    this.#setFloor.run(floor, stream, durable);
    for (const seq of done) if (seq > floor) this.#addDone.run(stream, durable, seq);
    this.#forgetDone.run(stream, durable, floor);
  }

  setFailure({ stream, durable }: ConsumerName, seq: number, deliveries: number): void {
    this.#setFailure.run(stream, durable, seq, deliveries);
  }

  /** The message is through: nothing of its failures or its replay is left. */
  forget({ stream, durable }: ConsumerName, seq: number): void {
    this.#forget.failure.run(stream, durable, seq);
    this.#forget.replay.run(stream, durable, seq);
  }

  addDeadLetter(letter: DeadLetterRow): void {
    const { stream, durable, seq, deliveries, error, died_at_ms } = letter;
    this.#addDead.run(stream, durable, seq, deliveries, error, died_at_ms);
  }

  /** @returns whether there was one */
  removeDeadLetter({ stream, durable }: ConsumerName, seq: number): boolean {
    return this.#forget.dead.run(stream, durable, seq).changes === 1;
  }

  addReplay({ stream, durable }: ConsumerName, seq: number): void {
    this.#addReplay.run(stream, durable, seq);
  }

  /** All durables that were ever seen at a stream, with what each has done without a hole. */
  durables(stream: string): readonly { readonly durable: string; readonly floor: number }[] {
    return this.#durables.all(stream) as unknown as { durable: string; floor: number }[];
  }

  /** The first message that somebody has to look at; undefined when there is none. */
  firstNeeded(stream: string): number | undefined {
    const seq = this.#firstNeeded.get(stream)?.['seq'];
    return typeof seq === 'number' ? seq : undefined;
  }

  deadLetters(stream: string, limit: number): readonly DeadLetterRow[] {
    return this.#deadLetters.all(stream, limit) as unknown as DeadLetterRow[];
  }
}
