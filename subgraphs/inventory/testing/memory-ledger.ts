import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { MemoryIndexFile, MemoryKeyIndex } from '../../../kernel/testing/memory-key-index.ts';
import { MemoryJournal, MemoryLog } from '../../../kernel/testing/memory-journal.ts';
import { MemorySnapshotStore } from '../../../kernel/testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../../kernel/testing/sequential-ids.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import { INVENTORY_LIMITS, type InventoryLimits } from '../app/inventory-limits.ts';
import { FACT_INDEX } from '../app/fact-index.ts';
import { Ledger } from '../app/ledger.ts';

/** The whole writer of stock over storage that outlives it, without a disk. */
export class MemoryLedger {
  readonly clock = new FakeClock();
  readonly telemetry = new RecordingTelemetry();
  readonly log = new MemoryLog();
  readonly #ids = new SequentialIds();
  readonly snapshots: MemorySnapshotStore;
  readonly #limits: InventoryLimits;
  /** By the name of the index. */
  readonly #files = new Map<string, MemoryIndexFile>();
  journal!: MemoryJournal;
  index!: MemoryKeyIndex;
  ledger!: Ledger;

  constructor(limits: Partial<InventoryLimits> = {}, { snapshotsKept = 12 }: { readonly snapshotsKept?: number } = {}) {
    this.snapshots = new MemorySnapshotStore(snapshotsKept);
    this.#limits = { ...INVENTORY_LIMITS, ...limits };
  }

  async open(): Promise<this> {
    const { clock, telemetry } = this;
    const platform = {
      clock,
      telemetry,
      ids: this.#ids,
      snapshots: this.snapshots,
      openJournal: async () => (this.journal = new MemoryJournal(this.log)),
      openKeyIndex: async (name: string, epoch: string) => {
        const file = this.#files.get(name) ?? new MemoryIndexFile();
        this.#files.set(name, file);
        const index = new MemoryKeyIndex(file, epoch);
        if (name === FACT_INDEX) this.index = index;
        return index;
      },
    };
    // A writer of stock uses no more of a platform than this.
    this.ledger = await Ledger.open(platform as unknown as Platform, this.#limits);
    return this;
  }

  async restart(): Promise<void> {
    await this.ledger.close();
    await this.open();
  }

  /** The process ends while `work` is being appended, of which nobody can tell whether it was written. */
  async crash(work: () => Promise<unknown>, { isWritten }: { readonly isWritten: boolean }): Promise<void> {
    const append = this.journal.append.bind(this.journal);
    this.journal.append = async (batch, expectedPrev) => {
      if (isWritten) await append(batch, expectedPrev);
      throw new Error('the process is gone');
    };
    // What is collected for the index is lost with the process.
    this.index.failWith(new Error('the process is gone'));
    await work().catch(() => undefined);
    await this.ledger.close();
    await this.open();
  }

  /** As if an operator had deleted the index: the next start reads the whole journal. */
  loseIndex(): void {
    this.#files.clear();
  }

  /** Everything that the journal holds. */
  events(): readonly LedgerEvent[] {
    return this.log.batches.flatMap((text) => {
      const { events } = JSON.parse(text) as { events: { events: LedgerEvent[] }[] };
      return events.flatMap((record) => record.events);
    });
  }
}
