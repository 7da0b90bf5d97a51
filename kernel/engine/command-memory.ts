import type { CommandRecord } from './command-record.ts';
import { HashSlots, NO_PLACE } from '../model/hash-slots.ts';
import { textHash } from '../model/text-hash.ts';

export interface CommandMemoryLimits {
  /** Commands remembered; the oldest are forgotten first. */
  readonly rememberedCommandsMax: number;
  /** Characters of the records of those commands. */
  readonly rememberedCharactersMax: number;
  /** How long a command is remembered, in milliseconds of the times of recording. */
  readonly rememberMs: number;
}

/** A durable batch: its records, and at the same places their JSON texts. */
export interface RecordedBatch {
  readonly seq: number;
  readonly recordedAtMs: number;
  readonly records: readonly CommandRecord[];
  readonly texts: readonly string[];
}

/**
 * The records of past commands by command id. It follows from the journal alone, so that after a restart a repetition is
 * answered as before. Commands without a payload hash are left out: nobody can repeat them.
 *
 * Records are kept as texts, found by a hash of their id: hardly a command is ever repeated, and objects that live for long
 * are what the garbage collector stops everybody for.
 */
export class CommandMemory {
  readonly #limits: CommandMemoryLimits;
  /** Places of commands, in a ring; a power of two of them. */
  readonly #places: number;
  readonly #texts: string[] = [];
  readonly #seqs: Float64Array;
  readonly #recordedAtMs: Float64Array;
  readonly #slots: HashSlots;
  /** How many were ever remembered, and forgotten; the difference is what is there. */
  #added = 0;
  #forgotten = 0;
  #characters = 0;

  constructor(limits: CommandMemoryLimits) {
    this.#limits = limits;
    this.#places = 2 ** Math.ceil(Math.log2(Math.max(1, limits.rememberedCommandsMax)));
    this.#seqs = new Float64Array(this.#places);
    this.#recordedAtMs = new Float64Array(this.#places);
    this.#slots = new HashSlots(this.#places);
  }

  get size(): number {
    return this.#added - this.#forgotten;
  }

  get(commandId: string): CommandRecord | undefined {
    const hash = textHash(commandId);
    for (let slot = this.#slots.find(hash); slot !== NO_PLACE; slot = this.#slots.findAfter(slot, hash)) {
      const text = this.#texts[this.#slots.placeIn(slot)] as string;
      const record = JSON.parse(text) as CommandRecord;
      if (record.commandId === commandId) return record;
    }
    return undefined;
  }

  /** The first batch that a restart must read in order to remember all of this again; `seq + 1` when it is nothing. */
  oldestSeq(seq: number): number {
    return this.size > 0 ? (this.#seqs[this.#oldest()] as number) : seq + 1;
  }

  addBatch({ seq, recordedAtMs, records, texts }: RecordedBatch): void {
    const { rememberMs } = this.#limits;
    while (this.size > 0 && (this.#recordedAtMs[this.#oldest()] as number) < recordedAtMs - rememberMs) this.#forget();
    for (const [index, { commandId, payloadHash }] of records.entries()) {
      const text = texts[index] as string;
      if (payloadHash === '' || !this.#makeRoom(text)) continue;
      const place = this.#added++ % this.#places;
      this.#texts[place] = text;
      this.#characters += text.length;
      this.#seqs[place] = seq;
      this.#recordedAtMs[place] = recordedAtMs;
      this.#slots.enter(place, textHash(commandId));
    }
  }

  /** @returns false when the text alone is beyond the bounds */
  #makeRoom(text: string): boolean {
    const { rememberedCommandsMax, rememberedCharactersMax } = this.#limits;
    const hasRoom = (): boolean =>
      this.size < rememberedCommandsMax && this.#characters + text.length <= rememberedCharactersMax;
    while (this.size > 0 && !hasRoom()) this.#forget();
    return hasRoom();
  }

  #oldest(): number {
    return this.#forgotten % this.#places;
  }

  #forget(): void {
    const place = this.#oldest();
    this.#characters -= (this.#texts[place] as string).length;
    this.#texts[place] = '';
    this.#slots.leave(place);
    this.#forgotten++;
  }
}
