import type { ConsumerRecord, ConsumerRecords } from './consumer-records.ts';
import { isWrongLastSequence } from './nats-errors.ts';

export interface ProgressSaverParts {
  readonly records: ConsumerRecords;
  readonly key: string;
  readonly revision: number;
  /** What is true now. */
  take(): ConsumerRecord;
  /** Somebody else has saved: this consumer is not the one any more. */
  onDeposed(): void;
  onFailure(error: unknown): void;
}

/** One save at a time; acknowledgements that come meanwhile share the next one. */
export class ProgressSaver {
  readonly #parts: ProgressSaverParts;
  #revision: number;
  #saving: Promise<void> | undefined;
  #saveAgain = false;
  #isDeposed = false;

  constructor(parts: ProgressSaverParts) {
    this.#parts = parts;
    this.#revision = parts.revision;
  }

  save(): void {
    if (this.#isDeposed) return;
    this.#saveAgain = this.#saving !== undefined;
    if (this.#saving) return;
    this.#saving = this.#saveOnce().then(() => {
      this.#saving = undefined;
      if (this.#saveAgain) this.save();
    });
  }

  /** Resolves when what was true at the call is saved, or cannot be. */
  async settle(): Promise<void> {
    this.save();
    while (this.#saving) await this.#saving;
  }

  async #saveOnce(): Promise<void> {
    const { records, key } = this.#parts;
    try {
      this.#revision = await records.save(key, this.#parts.take(), this.#revision);
    } catch (error) {
      // Also after a save of ours whose answer was lost; what is remembered is then read again.
      if (isWrongLastSequence((error as Error).cause)) {
        this.#isDeposed = true;
        this.#parts.onDeposed();
      } else this.#parts.onFailure(error);
    }
  }
}
