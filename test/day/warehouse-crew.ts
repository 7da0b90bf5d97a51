import { setTimeout as sleep } from 'node:timers/promises';
import type { TrytonPeople } from './tryton-people.ts';

interface WriteOff {
  readonly sku: string;
  readonly quantity: number;
}

const PAUSE_MS = 300;
/** Rounds in a row that may come to nothing, because others hold what they need. */
const FAILED_ROUNDS_MAX = 10;

/** Whoever works in a warehouse: ships what stands ready, writes off what is gone, as long as the shift lasts. */
export class WarehouseCrew {
  readonly #people: TrytonPeople;
  readonly #warehouse: string;
  readonly #writeOffs: WriteOff[] = [];
  #shift: Promise<void> | undefined;
  #isWorking = false;

  constructor(people: TrytonPeople, warehouse: string) {
    this.#people = people;
    this.#warehouse = warehouse;
  }

  /** Write-offs that nobody has seen to yet. */
  get pendingWriteOffs(): number {
    return this.#writeOffs.length;
  }

  writeOff(gone: WriteOff): void {
    this.#writeOffs.push(gone);
  }

  begin(): void {
    this.#isWorking = true;
    this.#shift = this.#work();
    // Told to whoever ends the shift.
    this.#shift.catch(() => undefined);
  }

  /** @throws what kept the crew from its work */
  async end(): Promise<void> {
    this.#isWorking = false;
    await this.#shift;
  }

  async #work(): Promise<void> {
    let failedRounds = 0;
    while (this.#isWorking) {
      try {
        await this.#people.shipReady(this.#warehouse);
        await this.#writeOffOne();
        failedRounds = 0;
      } catch (error) {
        failedRounds += 1;
        if (failedRounds > FAILED_ROUNDS_MAX) throw error;
      }
      await sleep(PAUSE_MS);
    }
  }

  /** Once: Tryton's people do not type a thing twice because an answer was slow. */
  async #writeOffOne(): Promise<void> {
    const gone = this.#writeOffs.shift();
    if (gone) await this.#people.writeOff(this.#warehouse, gone);
  }
}
