import { snapshotsToKeep } from '../model/keep-snapshots.ts';
import type { Snapshot, SnapshotStore } from '../ports/snapshot-store.ts';

/** Snapshots without a disk. */
export class MemorySnapshotStore implements SnapshotStore {
  readonly #kept: number;
  readonly #snapshots = new Map<string, Map<number, Snapshot>>();

  constructor(kept = 12) {
    this.#kept = kept;
  }

  async save(context: string, snapshot: Snapshot): Promise<void> {
    const snapshots = this.#of(context, snapshot.epoch);
    snapshots.set(snapshot.seq, { ...snapshot, bytes: new Uint8Array(snapshot.bytes) });
    const kept = snapshotsToKeep([...snapshots.keys()], this.#kept);
    for (const seq of snapshots.keys()) if (!kept.has(seq)) snapshots.delete(seq);
  }

  async newest(context: string, epoch: string): Promise<Snapshot | undefined> {
    const [newest] = await this.keptSeqs(context, epoch);
    return newest === undefined ? undefined : this.at(context, epoch, newest);
  }

  async keptSeqs(context: string, epoch: string): Promise<readonly number[]> {
    return [...this.#of(context, epoch).keys()].sort((a, b) => b - a);
  }

  async at(context: string, epoch: string, seq: number): Promise<Snapshot | undefined> {
    const snapshot = this.#of(context, epoch).get(seq);
    return snapshot && { ...snapshot, bytes: new Uint8Array(snapshot.bytes) };
  }

  #of(context: string, epoch: string): Map<number, Snapshot> {
    const key = `${context} ${epoch}`;
    const snapshots = this.#snapshots.get(key) ?? new Map<number, Snapshot>();
    this.#snapshots.set(key, snapshots);
    return snapshots;
  }
}
