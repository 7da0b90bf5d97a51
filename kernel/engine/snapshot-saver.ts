import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { SnapshotCodec } from './writer-definition.ts';
import { encodeSnapshot } from './writer-snapshot.ts';

export interface SnapshotSaverParts<State> {
  readonly context: string;
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'epoch'>;
  readonly snapshots: SnapshotStore;
  readonly telemetry: Telemetry;
  readonly codec: SnapshotCodec<State> | undefined;
  readonly limits: { readonly snapshotEveryBatches: number };
  readonly replayed: { readonly snapshotSeq: number };
}

/** So many times as long as one took, the next one waits: a large state under load must not be saved without end. */
const REST_FACTOR = 10;

/** About a millisecond of encoding. */
const BYTES_PER_TURN = 131_072;

/** Saves snapshots now and then, one at a time. A snapshot that cannot be saved costs a longer start and no more. */
export class SnapshotSaver<State> {
  readonly #parts: SnapshotSaverParts<State>;
  #lastSeq: number;
  #saving: Promise<void> | undefined;
  #notBeforeMs = 0;

  constructor(parts: SnapshotSaverParts<State>) {
    this.#parts = parts;
    this.#lastSeq = parts.replayed.snapshotSeq;
  }

  /** Must be called when memory is exactly what the log holds up to `seq`. */
  batchCommitted(state: State, seq: number, memoryFromSeq: number): void {
    if (this.#saving || seq - this.#lastSeq < this.#parts.limits.snapshotEveryBatches) return;
    if (this.#parts.clock.nowMs() < this.#notBeforeMs) return;
    this.#save(state, seq, memoryFromSeq);
  }

  /** Saves what is new and waits for it. Must be called under the same condition. */
  async close(state: State, seq: number, memoryFromSeq: number): Promise<void> {
    await this.#saving;
    if (seq > this.#lastSeq) this.#save(state, seq, memoryFromSeq);
    await this.#saving;
  }

  #save(state: State, seq: number, memoryFromSeq: number): void {
    const { codec, clock, telemetry, context } = this.#parts;
    if (!codec) return;
    this.#lastSeq = seq;
    const startedMs = clock.nowMs();
    this.#saving = this.#write(() => encodeSnapshot({ state, memoryFromSeq }, codec), seq).finally(() => {
      this.#saving = undefined;
      const tookMs = clock.nowMs() - startedMs;
      this.#notBeforeMs = clock.nowMs() + tookMs * REST_FACTOR;
      telemetry.observe('writer_snapshot_seconds', tookMs / 1_000, { context });
    });
  }

  /** Begins to encode before anything is awaited, because the state goes on changing. */
  async #write(encode: () => Iterable<Uint8Array>, seq: number): Promise<void> {
    const { context, journal, snapshots, telemetry } = this.#parts;
    try {
      const bytes = await joinInTurns(encode());
      await snapshots.save(context, { epoch: journal.epoch, seq, bytes });
    } catch (error) {
      telemetry.log('warn', 'a snapshot could not be saved', { context, error: String(error) });
    }
  }
}

/** A little per turn of the event loop, so that commands are decided and answered meanwhile. */
async function joinInTurns(slices: Iterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let sinceTurn = 0;
  const turnAfter = async (bytes: number): Promise<void> => {
    sinceTurn += bytes;
    if (sinceTurn < BYTES_PER_TURN) return;
    sinceTurn = 0;
    await nextTurn();
  };
  for (const slice of slices) {
    parts.push(slice);
    length += slice.byteLength;
    await turnAfter(slice.byteLength);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
    await turnAfter(part.byteLength);
  }
  return bytes;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
