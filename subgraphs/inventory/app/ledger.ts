import type { ElectedWriter } from '../../../kernel/engine/elected-writer.ts';
import { openElectedWriter } from '../../../kernel/engine/open-elected-writer.ts';
import { openSingleWriter } from '../../../kernel/engine/open-single-writer.ts';
import type {
  CommittedBatch,
  Lead,
  SingleWriter,
  SingleWriterOptions,
  SubmitOptions,
} from '../../../kernel/engine/single-writer.ts';
import { createEventReader } from '../../../kernel/engine/event-versions.ts';
import type { WriterDefinition } from '../../../kernel/engine/writer-definition.ts';
import { formatChangeCursor, parseChangeCursor } from '../../../kernel/model/change-cursor.ts';
import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { JournalText } from '../../../kernel/ports/journal.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import { answerOfEvents } from '../domain/answer-of-events.ts';
import { decide } from '../domain/decide.ts';
import { LEDGER_EVENT_VERSIONS } from '../domain/event-versions.ts';
import { evolve } from '../domain/evolve.ts';
import type { CommandOf, LedgerAnswers, LedgerCommand } from '../domain/ledger-command.ts';
import type { FactSource, LedgerEvent } from '../domain/ledger-event.ts';
import { createLedgerState, type LedgerState } from '../domain/ledger-state.ts';
import { FactIndex } from './fact-index.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import { isShortPickCommandId } from './short-pick-deallocation.ts';
import { ledgerSnapshot } from './ledger-snapshot.ts';

export const CONTEXT = 'inventory';

export type LedgerBatch = CommittedBatch<LedgerEvent>;
type Answer = LedgerAnswers[keyof LedgerAnswers];
type LedgerWriter = SingleWriter<LedgerState, LedgerCommand, LedgerEvent, Answer>;
type ElectedLedgerWriter = ElectedWriter<LedgerState, LedgerCommand, LedgerEvent, Answer>;

type LedgerDefinition = WriterDefinition<LedgerState, LedgerCommand, LedgerEvent, Answer>;

/** The domain of the ledger as a writer takes it. */
const readLedgerEvent = createEventReader<LedgerEvent>(LEDGER_EVENT_VERSIONS);

export function ledgerDefinition({
  rememberedFactsMax,
}: Pick<InventoryLimits, 'rememberedFactsMax'>): LedgerDefinition {
  const bounded = (state: LedgerState): LedgerState => {
    state.facts.limitTo(rememberedFactsMax);
    return state;
  };
  const snapshot = { ...ledgerSnapshot, decode: (bytes: Uint8Array) => bounded(ledgerSnapshot.decode(bytes)) };
  return {
    initialState: () => bounded(createLedgerState()),
    decide,
    evolve,
    readEvent: readLedgerEvent,
    answerOf: answerOfEvents,
    snapshot,
  };
}

/** Elected where several processes stand by for one another. */
async function openWriter(
  platform: Platform,
  options: SingleWriterOptions<LedgerState, LedgerCommand, LedgerEvent, Answer>,
): Promise<OpenedWriter> {
  const { followJournal } = platform;
  if (!followJournal) return { writer: await openSingleWriter(options) };
  const electing = { ...options, platform: { ...platform, followJournal }, subject: LEADER_SUBJECT };
  const elected = await openElectedWriter(electing);
  return { writer: elected, elected };
}

/** In which batch each command stands that may be repeated. */
const COMMAND_INDEX = 'inventory-commands';

/** Where the process that decides takes the commands of the others. */
const LEADER_SUBJECT = rpcSubjectOf(CONTEXT, 'decide-command');

interface OpenedWriter {
  readonly writer: LedgerWriter;
  /** The same one where several processes stand by; absent where this process decides for as long as it is open. */
  readonly elected?: ElectedLedgerWriter;
}

/** The one writer of stock, with what its readers need around it. */
export class Ledger {
  readonly #writer: LedgerWriter;
  readonly #elected: ElectedLedgerWriter | undefined;
  readonly #factIndex: FactIndex;
  readonly #platform: Platform;
  readonly #limits: InventoryLimits;
  readonly #listeners: Set<(batch: LedgerBatch) => void>;
  #cursor = { seq: -1, text: '' };

  private constructor(
    parts: OpenedWriter & {
      readonly factIndex: FactIndex;
      readonly platform: Platform;
      readonly limits: InventoryLimits;
      readonly listeners: Set<(batch: LedgerBatch) => void>;
    },
  ) {
    this.#writer = parts.writer;
    this.#elected = parts.elected;
    this.#factIndex = parts.factIndex;
    this.#platform = parts.platform;
    this.#limits = parts.limits;
    this.#listeners = parts.listeners;
  }

  /** Replays the log and starts to take commands; a standby does so with `start`. */
  static async open(platform: Platform, limits: InventoryLimits): Promise<Ledger> {
    const listeners = new Set<(batch: LedgerBatch) => void>();
    let factIndex: FactIndex | undefined;
    const opened = await openWriter(platform, {
      definition: ledgerDefinition(limits),
      context: CONTEXT,
      platform,
      commandIndex: { open: (epoch) => platform.openKeyIndex(COMMAND_INDEX, epoch), limits },
      recall: (state, commands) => factIndex?.recall(state, commands),
      onCommitted: (batch) => {
        factIndex?.add(batch);
        for (const listener of listeners) listener(batch);
      },
    });
    try {
      factIndex = await FactIndex.open(platform, opened.writer, limits);
    } catch (error) {
      await opened.writer.close();
      throw error;
    }
    return new Ledger({ ...opened, factIndex, platform, limits, listeners });
  }

  /**
   * Has `lead` begin what the deciding process does for all: now, or each time that this process becomes it. @returns ends
   * that, and has this process decide no more where another one may
   */
  async start(lead: Lead): Promise<() => void | Promise<void>> {
    if (!this.#elected) return lead();
    this.#elected.start(lead);
    return () => this.#elected?.resign();
  }

  get epoch(): string {
    return this.#writer.epoch;
  }

  /** The last durable batch. */
  get seq(): number {
    return this.#writer.seq;
  }

  get failed(): AbortSignal {
    return this.#writer.failed;
  }

  /** For whoever must see changes as they are made; all others use `read`. */
  get state(): LedgerState {
    return this.#writer.state;
  }

  /** The place in the change log that includes everything answered so far. */
  get cursor(): string {
    const { seq } = this;
    // All commands of a batch are answered with the same one.
    if (this.#cursor.seq !== seq) {
      this.#cursor = { seq, text: formatChangeCursor({ context: CONTEXT, epoch: this.epoch, seq }) };
    }
    return this.#cursor.text;
  }

  /** Told of every batch once it is durable, at a moment when memory is exactly what the log holds. */
  onCommitted(listener: (batch: LedgerBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Carries a command out; the answer means durable. A command that is idempotent by its content needs no id.
   * @throws {DomainError} what was decided, IDEMPOTENCY_KEY_REUSED, OVERLOADED or CONTEXT_UNAVAILABLE
   */
  execute<Type extends LedgerCommand['type']>(
    command: CommandOf<Type>,
    options: { readonly commandId?: string } = {},
  ): Promise<LedgerAnswers[Type]> {
    const { commandId } = options;
    return this.#writer.submit(command, this.#identityOf(commandId)) as Promise<LedgerAnswers[Type]>;
  }

  /** Reads what is durable, at once when memory is not ahead of the log. `read` must be synchronous. */
  read<Result>(read: (state: LedgerState, seq: number) => Result): Result | Promise<Result> {
    return this.#writer.isAhead ? this.#writer.readDurable(read) : read(this.#writer.state, this.#writer.seq);
  }

  /** Whether anything of a fact was ever applied. @throws {Obstacle} when its index cannot be read */
  async knowsFact(source: FactSource): Promise<boolean> {
    return this.state.facts.knows(source) || this.#factIndex.knows(source);
  }

  history(afterSeq: number, toSeq?: number): AsyncIterable<LedgerBatch> {
    return this.#writer.history(afterSeq, toSeq);
  }

  texts(afterSeq: number, toSeq: number): AsyncIterable<JournalText> {
    return this.#writer.texts(afterSeq, toSeq);
  }

  /** The last durable batch that was recorded at or before an instant, 0 for none. */
  seqAt(atMs: number): Promise<number> {
    return this.#writer.seqAt(atMs);
  }

  assertReaches(seq: number, reader: string): void {
    this.#writer.assertReaches(seq, reader);
  }

  /**
   * Resolves when the change that a cursor names is included.
   * @throws {Refusal} MALFORMED_CURSOR, FOREIGN_CURSOR or STALE_EPOCH
   * @throws {Obstacle} NOT_CAUGHT_UP when it is not within the time
   */
  waitFor(cursor: string): void | Promise<void> {
    const { epoch, seq } = parseChangeCursor(cursor, CONTEXT);
    if (epoch !== this.epoch) throw new Refusal('STALE_EPOCH', 'The change cursor belongs to an earlier log.');
    if (seq > this.seq) return this.#waitForSeq(seq);
  }

  async close(): Promise<void> {
    await this.#writer.close();
    await this.#factIndex.close();
  }

  /** Without an id nobody can repeat it, so its content need not be told from another's. */
  #identityOf(commandId: string | undefined): SubmitOptions {
    if (commandId === undefined) return { commandId: this.#platform.ids.next(), payloadHash: '' };
    return isShortPickCommandId(commandId) ? { commandId, payloadHash: commandId } : { commandId };
  }

  #waitForSeq(seq: number): Promise<void> {
    const { atLeastWaitMs, atLeastWaitersMax } = this.#limits;
    if (this.#listeners.size >= atLeastWaitersMax) {
      throw new Obstacle('OVERLOADED', 'Too many queries wait for a change.', { limit: 'atLeastWaitersMax' });
    }
    return new Promise((resolve, reject) => {
      const leave = this.onCommitted((batch) => {
        if (batch.seq < seq) return;
        finish();
        resolve();
      });
      const cancel = this.#platform.clock.after(atLeastWaitMs, () => {
        finish();
        reject(new Obstacle('NOT_CAUGHT_UP', 'This change has not arrived here yet.', { waitedMs: atLeastWaitMs }));
      });
      const finish = (): void => {
        leave();
        cancel();
      };
    });
  }
}
