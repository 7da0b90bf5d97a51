import type { RefusalValue } from '../model/errors.ts';
import { CommandQueue } from './command-queue.ts';
import type { CommandOutcome } from './command-record.ts';

export interface RememberedCommand<Answer> {
  readonly commandId: string;
  readonly payloadHash: string;
  /** The batch that holds it. */
  readonly seq: number;
  readonly recordedAtMs: number;
  readonly answer: Answer | undefined;
  readonly refusal: RefusalValue | undefined;
}

export interface CommandMemoryLimits {
  /** Commands remembered; the oldest are forgotten first. */
  readonly rememberedCommandsMax: number;
  /** How long a command is remembered, in milliseconds of the times of recording. */
  readonly rememberMs: number;
}

/**
 * The answers of past commands by command id. It follows from the journal alone, so that after a restart a repetition
 * is answered as before.
 */
export class CommandMemory<Answer> {
  readonly #limits: CommandMemoryLimits;
  readonly #commands = new Map<string, RememberedCommand<Answer>>();
  /** Oldest first. A Map alone would do, but finding its first entry gets slow once many before it were deleted. */
  readonly #byAge = new CommandQueue<RememberedCommand<Answer>>();

  constructor(limits: CommandMemoryLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#commands.size;
  }

  get(commandId: string): RememberedCommand<Answer> | undefined {
    return this.#commands.get(commandId);
  }

  /** The first batch that a restart must read in order to remember all of this again; `seq + 1` when it is nothing. */
  oldestSeq(seq: number): number {
    return this.#byAge.peek()?.seq ?? seq + 1;
  }

  addBatch(seq: number, recordedAtMs: number, outcomes: readonly CommandOutcome<Answer>[]): void {
    for (const { commandId, payloadHash, answer, refusal } of outcomes) {
      const command = { commandId, payloadHash, seq, recordedAtMs, answer, refusal };
      this.#commands.set(commandId, command);
      this.#byAge.push(command);
    }
    this.#forget(recordedAtMs);
  }

  #forget(nowMs: number): void {
    const { rememberedCommandsMax, rememberMs } = this.#limits;
    for (let oldest = this.#byAge.peek(); oldest; oldest = this.#byAge.peek()) {
      if (this.#commands.size <= rememberedCommandsMax && oldest.recordedAtMs >= nowMs - rememberMs) return;
      this.#byAge.shift();
      this.#commands.delete(oldest.commandId);
    }
  }
}
