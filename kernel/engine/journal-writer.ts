import { Obstacle, toRefusal } from '../model/errors.ts';
import { FleetingMap } from '../model/fleeting-map.ts';
import { textHash } from '../model/text-hash.ts';
import type { Journal, JournalText } from '../ports/journal.ts';
import type { CommandIndex } from './command-index.ts';
import type { CommandMemory } from './command-memory.ts';
import { CommandQueue } from './command-queue.ts';
import { outcomeOf, payloadHashOf, type CommandOutcome, type CommandRecord } from './command-record.ts';
import { decideBatch, type DecidedBatch, type PendingCommand } from './decide-batch.ts';
import { readRecords } from './read-records.ts';
import type { Replayed } from './replay.ts';
import type {
  CommittedBatch,
  SingleWriter,
  SingleWriterOptions,
  SubmitOptions,
  WriterLimits,
} from './single-writer.ts';
import { SnapshotSaver } from './snapshot-saver.ts';
import { CommandIdReused, WriterDeposed, WriterStopped } from './writer-errors.ts';

export interface JournalWriterParts<State, Command, Event, Answer> extends SingleWriterOptions<
  State,
  Command,
  Event,
  Answer
> {
  readonly limits: WriterLimits;
  readonly journal: Journal;
  readonly replayed: Replayed<State>;
  readonly commands?: CommandIndex;
}

interface InFlight<Command, Answer> extends PendingCommand<Command, Answer> {
  readonly answer: Promise<Answer>;
}

/** The single writer: collects the commands of a turn, decides them, appends them as one batch, answers, publishes. */
export class JournalWriter<State, Command, Event, Answer> implements SingleWriter<State, Command, Event, Answer> {
  readonly epoch: string;
  readonly state: State;
  readonly failed: AbortSignal;
  readonly #parts: JournalWriterParts<State, Command, Event, Answer>;
  readonly #memory: CommandMemory;
  readonly #snapshots: SnapshotSaver<State>;
  readonly #failure = new AbortController();
  readonly #queue = new CommandQueue<PendingCommand<Command, Answer>>();
  readonly #inFlight = new FleetingMap<string, InFlight<Command, Answer>>(textHash);
  #durableReads: (() => void)[] = [];
  #seq: number;
  #appending: Promise<void> | undefined;
  #recalling: Promise<void> | undefined;
  #scheduled = false;
  #closing: Promise<void> | undefined;
  #deposed: WriterDeposed | undefined;

  constructor(parts: JournalWriterParts<State, Command, Event, Answer>) {
    const { journal, replayed } = parts;
    this.#parts = parts;
    this.#memory = replayed.memory;
    this.#snapshots = new SnapshotSaver({ ...parts, ...parts.platform, codec: parts.definition.snapshot });
    this.#seq = journal.head();
    this.epoch = journal.epoch;
    this.state = replayed.state;
    this.failed = this.#failure.signal;
  }

  get seq(): number {
    return this.#seq;
  }

  get isAhead(): boolean {
    return this.#appending !== undefined || this.failed.aborted;
  }

  submit(command: Command, options: SubmitOptions): Promise<Answer> {
    try {
      return this.#submit(command, options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** No promise but the one that is answered: this is the path of every command. */
  #submit(command: Command, options: SubmitOptions): Promise<Answer> {
    const { commandId, payloadHash = payloadHashOf(command) } = options;
    this.failed.throwIfAborted();
    const inFlight = this.#inFlight.get(commandId);
    const known = inFlight ?? this.#remembered(commandId, payloadHash);
    if (!known) return this.#enqueue(command, commandId, payloadHash);
    if (known.payloadHash !== payloadHash) throw new CommandIdReused(commandId);
    if (inFlight) return inFlight.answer;
    const { refusal, answer } = outcomeOf(this.#parts.definition, known as CommandRecord<Event, Answer>);
    if (refusal) throw toRefusal(refusal);
    return Promise.resolve(answer as Answer);
  }

  /** Nobody can repeat a command without a hash. */
  #remembered(commandId: string, payloadHash: string): CommandRecord | undefined {
    return payloadHash === '' ? undefined : this.#memory.get(commandId);
  }

  readDurable<Result>(read: (state: State, seq: number) => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const run = (): void => {
        try {
          this.failed.throwIfAborted();
          resolve(read(this.state, this.#seq));
        } catch (error) {
          reject(error);
        }
      };
      if (this.#appending) this.#durableReads.push(run);
      else run();
    });
  }

  async *history(afterSeq: number, toSeq?: number): AsyncIterable<CommittedBatch<Event>> {
    for await (const { seq, recordedAtMs, events } of this.#parts.journal.read(afterSeq + 1, toSeq)) {
      yield this.#committed(seq, recordedAtMs, readRecords(this.#parts.definition, events));
    }
  }

  texts(afterSeq: number, toSeq: number): AsyncIterable<JournalText> {
    return this.#parts.journal.readTexts(afterSeq + 1, toSeq);
  }

  seqAt(atMs: number): Promise<number> {
    return this.#parts.journal.seqAt(atMs);
  }

  assertReaches(seq: number, reader: string): void {
    this.#parts.journal.assertReaches(seq, reader);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Decides nothing any more: what waits is rejected, what is being appended is waited for. The log stays open, for its
   * owner to close. @returns whether memory is what the log holds; else nothing may go on from it
   */
  async stepDown(): Promise<boolean> {
    const { context } = this.#parts;
    this.#deposed ??= new WriterDeposed(context);
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) this.#reject(next, this.#deposed);
    await this.#recalling;
    await this.#appending;
    return !this.failed.aborted;
  }

  #enqueue(command: Command, commandId: string, payloadHash: string): Promise<Answer> {
    const { context, limits } = this.#parts;
    if (this.#closing) throw new WriterStopped(context, 'it was closed');
    if (this.#deposed) throw this.#deposed;
    if (this.#queue.length >= limits.queueCommandsMax) {
      const { queueCommandsMax } = limits;
      const message = `Too many commands wait for the writer of ${context}.`;
      throw new Obstacle('OVERLOADED', message, { limit: 'queueCommandsMax', queueCommandsMax });
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const pending = { command, commandId, payloadHash, resolve, reject, answer: promise };
    this.#queue.push(pending);
    this.#inFlight.set(commandId, pending);
    this.#schedule();
    return promise;
  }

  /** At the end of the turn and not by a timer, so that the size of a batch follows the load. */
  #schedule(): void {
    if (this.#scheduled || this.#appending || this.#recalling) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  #turn(): void {
    if (this.failed.aborted || this.#appending || this.#recalling || this.#queue.length === 0) return;
    const { limits, commands } = this.#parts;
    if (!commands && !this.#parts.recall) return this.#decide(limits.batchCommandsMax);
    const first = this.#queue.first(limits.batchCommandsMax);
    const answered = this.#answerRepetitions(first);
    const recalled = this.#parts.recall?.(
      this.state,
      first.map(({ command }) => command),
    );
    if (answered ?? recalled) this.#recalling = this.#decideAfter(Promise.all([answered, recalled]), first.length);
    else this.#decide(first.length);
  }

  /**
   * Answers commands that the log holds and memory has let go of, and takes them out of the queue. Undefined when there
   * are none. @returns how many
   */
  #answerRepetitions(first: readonly PendingCommand<Command, Answer>[]): Promise<number> | undefined {
    const repeatable = first.filter(({ payloadHash }) => payloadHash !== '');
    const recalled = this.#parts.commands?.recall(repeatable.map(({ commandId }) => commandId));
    return recalled?.then((records) => {
      const known = repeatable.filter(({ commandId }) => records.has(commandId));
      if (known.length > 0) this.#queue.remove(new Set(known));
      for (const pending of known) {
        const [record] = readRecords(this.#parts.definition, [records.get(pending.commandId)]) as [
          CommandRecord<Event, Answer>,
        ];
        if (record.payloadHash === pending.payloadHash)
          this.#answer(pending, outcomeOf(this.#parts.definition, record));
        else this.#reject(pending, new CommandIdReused(pending.commandId));
      }
      return known.length;
    });
  }

  /** Those that were submitted meanwhile wait for the next turn, because nothing was recalled for them. */
  async #decideAfter(recalled: Promise<[number | undefined, void]>, commandsMax: number): Promise<void> {
    let answered = 0;
    try {
      [answered = 0] = await recalled;
    } catch (error) {
      this.#fail('what a decision needs could not be looked up', error);
      return;
    } finally {
      this.#recalling = undefined;
    }
    if (!this.failed.aborted) this.#decide(commandsMax - answered);
  }

  #decide(batchCommandsMax: number): void {
    const { definition, platform, journal } = this.#parts;
    // One that the log refuses would stop the writer.
    const batchBytesMax = Math.min(this.#parts.limits.batchBytesMax, journal.batchBytesMax);
    const limits = { batchCommandsMax, batchBytesMax };
    const moment = { nowMs: platform.clock.nowMs(), nextId: () => platform.ids.next() };
    let batch: DecidedBatch<Command, Event, Answer>;
    try {
      batch = decideBatch(definition, { state: this.state, seq: this.#seq + 1, moment }, this.#queue, limits);
    } catch (error) {
      this.#fail('an event could not be applied', error);
      return;
    }
    for (const { pending, error } of batch.rejected) this.#reject(pending, error);
    if (batch.records.length > 0) this.#appending = this.#append(batch, moment.nowMs);
    else if (this.#queue.length > 0) this.#schedule();
  }

  async #append(batch: DecidedBatch<Command, Event, Answer>, recordedAtMs: number): Promise<void> {
    const { journal, platform, context } = this.#parts;
    const { records, texts, outcomes, pending } = batch;
    const eventsText = arrayText(texts);
    try {
      const written = { batchId: platform.ids.next(), recordedAtMs, events: records, eventsText };
      this.#seq = await journal.append(written, this.#seq);
    } catch (error) {
      this.#fail('the log could not be written', error);
      return;
    } finally {
      this.#appending = undefined;
    }
    platform.telemetry.observe('writer_batch_commands', records.length, { context });
    this.#memory.addBatch({ seq: this.#seq, recordedAtMs, records, texts });
    this.#parts.commands?.add(this.#seq, records);
    pending.forEach((command, index) => this.#answer(command, outcomes[index] as CommandOutcome<Answer>));
    this.#tellCommitted(recordedAtMs, records);
    for (const read of this.#durableReads.splice(0)) read();
    this.#snapshots.batchCommitted(this.state, this.#seq, this.#memory.oldestSeq(this.#seq));
    if (this.#queue.length > 0) this.#schedule();
  }

  #answer(command: PendingCommand<Command, Answer>, outcome: CommandOutcome<Answer>): void {
    this.#inFlight.delete(command.commandId);
    if (outcome.refusal) command.reject(toRefusal(outcome.refusal));
    else command.resolve(outcome.answer as Answer);
  }

  #reject(command: PendingCommand<Command, Answer>, error: unknown): void {
    this.#inFlight.delete(command.commandId);
    command.reject(error);
  }

  #tellCommitted(recordedAtMs: number, records: readonly CommandRecord<Event, Answer>[]): void {
    const { context, platform } = this.#parts;
    try {
      this.#parts.onCommitted?.(this.#committed(this.#seq, recordedAtMs, records));
    } catch (error) {
      platform.telemetry.log('error', 'a committed batch could not be published', { context, error: String(error) });
    }
  }

  #committed(
    seq: number,
    recordedAtMs: number,
    records: readonly CommandRecord<Event, Answer>[],
  ): CommittedBatch<Event> {
    return { seq, epoch: this.epoch, recordedAtMs, events: records.flatMap((record) => record.events) };
  }

  /** Whoever waits learns that the outcome is unknown; nothing is decided any more. */
  #fail(why: string, cause: unknown): void {
    const { context, platform } = this.#parts;
    const stopped = new WriterStopped(context, why, { cause });
    platform.telemetry.log('error', stopped.message, { context, error: String(cause) });
    this.#failure.abort(stopped);
    for (const { reject } of this.#inFlight.values()) reject(stopped);
    this.#inFlight.clear();
    for (const read of this.#durableReads.splice(0)) read();
  }

  async #close(): Promise<void> {
    while (!this.failed.aborted && (this.#queue.length > 0 || this.#appending)) {
      await (this.#recalling ?? this.#appending ?? new Promise((resolve) => setImmediate(resolve)));
    }
    // The memory of a writer that failed may be ahead of the log, so it must never become a snapshot.
    if (!this.failed.aborted) await this.#snapshots.close(this.state, this.#seq, this.#memory.oldestSeq(this.#seq));
    await this.#parts.commands?.close();
    await this.#parts.journal.close();
  }
}

/** The JSON text of an array of these elements, in one piece: adding the brackets afterwards would copy it. */
function arrayText(texts: readonly string[]): string {
  if (texts.length === 1) return `[${texts[0]}]`;
  const last = texts.length - 1;
  return [`[${texts[0]}`, ...texts.slice(1, last), `${texts[last]}]`].join(',');
}
