import { parseChangeCursor } from '../../../../kernel/model/change-cursor.ts';
import type { ChangeHistory } from './change-history.ts';
import { openSocket, openStream, type Connection, type Door } from './model-connection.ts';
import { CONTEXT_OF, queryOf, READERS, type Reader } from './model-graph.ts';
import type { ModelHub, OwnerName } from './model-hub.ts';

export interface Connecting {
  readonly gateway: number;
  readonly door: Door;
  /** Without its cursor, as an app that is started anew. */
  readonly forgets: boolean;
}

interface Change {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly amount: number | null;
  readonly location: string | null;
  readonly customer: string | null;
}

interface Frame {
  readonly cursor: string;
  readonly reset: boolean;
  readonly changes: readonly Change[];
}

export const TOKEN_LASTS_MS = 30_000;
/** Those after which a client comes again, by PROTOCOL.md; 1006 and 0 are connections that break, 503 is a drain. */
const TRANSIENT: ReadonlySet<number> = new Set([0, 503, 1006, 1012, 1013]);
/** The token has ended: over a socket, and before there is a stream. */
const TOKEN_ENDED: ReadonlySet<number> = new Set([401, 4403]);

/**
 * One client as PROTOCOL.md says clients are. With every frame it holds what it was told against the history of what the
 * owner has recorded; whatever does not fit is a fault.
 */
export class ModelClient {
  readonly reader: Reader;
  readonly faults: string[] = [];
  readonly #index: number;
  readonly #hub: ModelHub;
  readonly #history: ChangeHistory;
  readonly #state = new Map<string, unknown>();
  readonly #versions = new Map<string, number>();
  #cursor: string | undefined;
  #connection: Connection | undefined;
  #expiresAtMs = 0;

  constructor(index: number, parts: { readonly hub: ModelHub; readonly histories: Record<OwnerName, ChangeHistory> }) {
    const reader = READERS[index % READERS.length];
    if (!reader) throw new Error('There are no readers.');
    this.#index = index % READERS.length;
    this.reader = reader;
    this.#hub = parts.hub;
    this.#history = parts.histories[CONTEXT_OF[reader.field]];
  }

  get isOpen(): boolean {
    return this.#connection !== undefined;
  }

  get state(): ReadonlyMap<string, unknown> {
    return this.#state;
  }

  /** Whether it knows the present, of the present log. */
  get isUpToDate(): boolean {
    const place = this.#cursor === undefined ? undefined : this.#placeOf(this.#cursor);
    return place?.epoch === this.#history.epoch && isSame(this.#state, this.#history.state(this.reader.sees));
  }

  connect({ gateway, door, forgets }: Connecting): void {
    if (forgets) {
      this.#cursor = undefined;
      this.#forgetAll();
    }
    this.#expiresAtMs = this.#hub.clock.nowMs() + TOKEN_LASTS_MS;
    const told = new Told();
    const open = door === 'socket' ? openSocket : openStream;
    const connection = open({
      dial: () => this.#hub.dial(gateway),
      authorization: this.#token(this.#expiresAtMs),
      query: queryOf(this.reader),
      after: this.#cursor,
      onAnswer: (answer) => this.#takeAnswer(answer as { readonly data?: unknown }, told),
      onFault: (what) => this.faults.push(what),
      onEnd: (code) => {
        if (this.#connection === connection) this.#connection = undefined;
        const isExpected = TRANSIENT.has(code) || (TOKEN_ENDED.has(code) && this.#isExpired);
        if (!isExpected) this.faults.push(`was ended with ${code}`);
      },
    });
    this.#connection = connection;
  }

  /** The way to the hub breaks. What was not received by then is gone; the cursor is what it remembers. */
  disconnect(): void {
    this.#connection?.end();
    this.#connection = undefined;
  }

  stopReading(): void {
    this.#connection?.stopReading();
  }

  readOn(): void {
    this.#connection?.readOn();
  }

  /** Goes on with another token, before the present one ends; over a socket alone. */
  renew(): void {
    const expiresAtMs = this.#hub.clock.nowMs() + TOKEN_LASTS_MS;
    if (this.#connection?.ping?.(this.#token(expiresAtMs))) this.#expiresAtMs = expiresAtMs;
  }

  get #isExpired(): boolean {
    return this.#hub.clock.nowMs() >= this.#expiresAtMs;
  }

  #token(expiresAtMs: number): string {
    return `Bearer ${this.#hub.tokenOf(this.#index, expiresAtMs)}`;
  }

  #takeAnswer(answer: { readonly data?: unknown }, told: Told): void {
    const frame = (answer.data as Record<string, Frame> | undefined)?.[this.reader.field];
    if (frame) this.#take(frame, told);
    else this.faults.push(JSON.stringify(answer));
  }

  #take(frame: Frame, told: Told): void {
    const before = this.#cursor;
    if (frame.reset) {
      this.#forgetAll();
      told.clear();
    }
    for (const change of frame.changes) this.#apply(change, told);
    this.#cursor = frame.cursor;
    this.#checkPlace(frame, before);
  }

  #apply(change: Change, told: Told): void {
    const { key, version, deleted, amount, location, customer } = change;
    const known = this.#versions.get(key) ?? 0;
    if (version < known) this.faults.push(`${key} went back from ${known} to ${version}`);
    if (this.reader.isExact && told.isRepeated(key, version)) this.faults.push(`${key} ${version} was told twice`);
    this.#versions.set(key, version);
    if (deleted) {
      this.#state.delete(key);
      if (amount !== null) this.faults.push(`${key} has left and was told with ${amount}`);
      return;
    }
    this.#state.set(key, amount);
    const [first, channel] = key.split('|');
    const value = channel === undefined ? { order: first, location, customer } : { sku: first, channel };
    if (!this.reader.sees(value)) this.faults.push(`${key} is nothing to it: ${JSON.stringify(value)}`);
  }

  /** Where the frame stands, against where it stood before and what there was at that place. */
  #checkPlace({ cursor, reset }: Frame, before: string | undefined): void {
    const place = this.#placeOf(cursor);
    if (before === undefined) {
      if (!reset) this.faults.push(`${cursor} began without a snapshot`);
    } else {
      const former = this.#placeOf(before);
      const isSameLog = former.epoch === place.epoch;
      // The frame may be of a log that has ended since.
      const retainedAfter = this.#hub.owners[CONTEXT_OF[this.reader.field]].retainedAfterIn(place.epoch);
      if (!isSameLog && !reset) this.faults.push(`${cursor} came after ${before} without a reset`);
      if (isSameLog && reset && former.seq >= retainedAfter) this.faults.push(`${cursor} was reset after ${before}`);
      if (isSameLog && this.reader.isExact && place.seq < former.seq)
        this.faults.push(`${cursor} came after ${before}`);
    }
    if (!this.reader.isExact) return;
    const then = this.#history.stateAt(place.epoch, place.seq, this.reader.sees);
    if (!then || !isSame(this.#state, then)) {
      this.faults.push(`at ${cursor} it knows ${describe(this.#state)}, and there was ${describe(then)}`);
    }
  }

  #placeOf(cursor: string): { readonly epoch: string; readonly seq: number } {
    return parseChangeCursor(cursor, CONTEXT_OF[this.reader.field]);
  }

  #forgetAll(): void {
    this.#state.clear();
    this.#versions.clear();
  }
}

/** What one connection was told; nothing may come twice over it. */
class Told {
  readonly #versions = new Set<string>();

  isRepeated(key: string, version: number): boolean {
    const name = `${key} ${version}`;
    const isKnown = this.#versions.has(name);
    this.#versions.add(name);
    return isKnown;
  }

  /** A snapshot repeats what it holds. */
  clear(): void {
    this.#versions.clear();
  }
}

function isSame(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

function describe(state: ReadonlyMap<string, unknown> | undefined): string {
  return state ? JSON.stringify(Object.fromEntries(state)) : 'no such place';
}
