import type { RefusalValue } from '../model/errors.ts';
import type { CommandRecord } from './command-record.ts';

export interface RememberedCommand<Answer> {
  readonly payloadHash: string;
  /** The batch that holds it. */
  readonly seq: number;
  readonly recordedAtMs: number;
  readonly answer?: Answer;
  readonly refusal?: RefusalValue;
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
  /** Oldest first. */
  readonly #commands = new Map<string, RememberedCommand<Answer>>();

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
    for (const command of this.#commands.values()) return command.seq;
    return seq + 1;
  }

  addBatch(seq: number, recordedAtMs: number, records: readonly CommandRecord<unknown, Answer>[]): void {
    for (const { commandId, payloadHash, answer, refusal } of records) {
      const outcome = refusal ? { refusal } : { answer: answer as Answer };
      this.#commands.set(commandId, { payloadHash, seq, recordedAtMs, ...outcome });
    }
    this.#forget(recordedAtMs);
  }

  #forget(nowMs: number): void {
    const { rememberedCommandsMax, rememberMs } = this.#limits;
    for (const [id, command] of this.#commands) {
      if (this.#commands.size <= rememberedCommandsMax && command.recordedAtMs >= nowMs - rememberMs) return;
      this.#commands.delete(id);
    }
  }
}
