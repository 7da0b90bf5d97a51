import type { Snapshot, SnapshotStore } from '../ports/snapshot-store.ts';

/** Snapshots without a disk. */
export class MemorySnapshotStore implements SnapshotStore {
  readonly #snapshots = new Map<string, Snapshot>();

  async save(context: string, snapshot: Snapshot): Promise<void> {
    const key = `${context} ${snapshot.epoch}`;
    const former = this.#snapshots.get(key);
    if (former && former.seq > snapshot.seq) return;
    this.#snapshots.set(key, { ...snapshot, bytes: new Uint8Array(snapshot.bytes) });
  }

  async newest(context: string, epoch: string): Promise<Snapshot | undefined> {
    const snapshot = this.#snapshots.get(`${context} ${epoch}`);
    return snapshot && { ...snapshot, bytes: new Uint8Array(snapshot.bytes) };
  }
}
