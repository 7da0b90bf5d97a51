import type { Value } from './model-graph.ts';

interface Recorded {
  readonly seq: number;
  readonly key: string;
  readonly value: Value;
}

/** One change log, and what was there when it began. */
interface Log {
  readonly began: ReadonlyMap<string, Value>;
  readonly seqAtStart: number;
  readonly changes: Recorded[];
}

/** What the owner of a context has ever recorded, in the simplest form: every change of every log. */
export class ChangeHistory {
  readonly #logs = new Map<string, Log>();
  #epoch: string;

  constructor(epoch: string) {
    this.#epoch = epoch;
    this.#logs.set(epoch, { began: new Map(), seqAtStart: 0, changes: [] });
  }

  get epoch(): string {
    return this.#epoch;
  }

  record(change: Recorded): void {
    this.#logs.get(this.#epoch)?.changes.push(change);
  }

  /** Another log, which begins with these. */
  beginAnew(epoch: string, seqAtStart: number, began: ReadonlyMap<string, Value>): void {
    this.#epoch = epoch;
    this.#logs.set(epoch, { began, seqAtStart, changes: [] });
  }

  /** What was there after this change, of what somebody sees. Undefined when there never was such a place. */
  stateAt(epoch: string, seq: number, sees: (value: Value) => boolean): ReadonlyMap<string, unknown> | undefined {
    const log = this.#logs.get(epoch);
    if (!log || seq < log.seqAtStart) return undefined;
    const values = new Map(log.began);
    for (const change of log.changes) if (change.seq <= seq) values.set(change.key, change.value);
    return new Map([...values].filter(([, value]) => sees(value)).map(([key, value]) => [key, value['amount']]));
  }

  /** What is there now. */
  state(sees: (value: Value) => boolean): ReadonlyMap<string, unknown> {
    return this.stateAt(this.#epoch, Infinity, sees) ?? new Map();
  }
}
