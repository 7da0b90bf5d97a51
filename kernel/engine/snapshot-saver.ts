import type { Journal } from '../ports/journal.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { SnapshotCodec } from './writer-definition.ts';
import { encodeSnapshot } from './writer-snapshot.ts';

export interface SnapshotSaverParts<State> {
  readonly context: string;
  readonly journal: Journal;
  readonly snapshots: SnapshotStore;
  readonly telemetry: Telemetry;
  readonly codec: SnapshotCodec<State> | undefined;
  readonly limits: { readonly snapshotEveryBatches: number };
  readonly replayed: { readonly snapshotSeq: number };
}

/** Saves snapshots now and then, one at a time. A snapshot that cannot be saved costs a longer start and no more. */
export class SnapshotSaver<State> {
  readonly #parts: SnapshotSaverParts<State>;
  #lastSeq: number;
  #saving: Promise<void> | undefined;

  constructor(parts: SnapshotSaverParts<State>) {
    this.#parts = parts;
    this.#lastSeq = parts.replayed.snapshotSeq;
  }

  /** Must be called when memory is exactly what the log holds up to `seq`. */
  batchCommitted(state: State, seq: number, memoryFromSeq: number): void {
    if (this.#saving || seq - this.#lastSeq < this.#parts.limits.snapshotEveryBatches) return;
    this.#save(state, seq, memoryFromSeq);
  }

  /** Saves what is new and waits for it. Must be called under the same condition. */
  async close(state: State, seq: number, memoryFromSeq: number): Promise<void> {
    await this.#saving;
    if (seq > this.#lastSeq) this.#save(state, seq, memoryFromSeq);
    await this.#saving;
  }

  #save(state: State, seq: number, memoryFromSeq: number): void {
    const { codec } = this.#parts;
    if (!codec) return;
    this.#lastSeq = seq;
    this.#saving = this.#write(() => encodeSnapshot({ state, memoryFromSeq }, codec), seq).finally(() => {
      this.#saving = undefined;
    });
  }

  /** Encodes before anything is awaited, because the state goes on changing. */
  async #write(encode: () => Uint8Array, seq: number): Promise<void> {
    const { context, journal, snapshots, telemetry } = this.#parts;
    try {
      await snapshots.save(context, { epoch: journal.epoch, seq, bytes: encode() });
    } catch (error) {
      telemetry.log('warn', 'a snapshot could not be saved', { context, error: String(error) });
    }
  }
}
