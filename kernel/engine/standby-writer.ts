import { Obstacle } from '../model/errors.ts';
import { JournalFenced } from '../ports/journal-errors.ts';
import type { FollowedJournal, Journal, JournalBatch, JournalText } from '../ports/journal.ts';
import type { HeldLease } from '../ports/lease.ts';
import type { CommandIndex } from './command-index.ts';
import { payloadHashOf } from './command-record.ts';
import type { ElectedWriter, ElectedWriterOptions, ElectionLimits } from './elected-writer.ts';
import { JournalFollower } from './journal-follower.ts';
import { JournalWriter } from './journal-writer.ts';
import { whenAborted } from './lead-by-lease.ts';
import { askLeader, type HandedCommand, type LeaderAnswer } from './leader-request.ts';
import { readRecords } from './read-records.ts';
import type { Replayed } from './replay.ts';
import { SeqWaiters } from './seq-waiters.ts';
import type { CommittedBatch, Lead, SubmitOptions, WriterLimits } from './single-writer.ts';
import { SnapshotSaver } from './snapshot-saver.ts';
import { termOf, TERM } from './term-batch.ts';
import { WriterDeposed, WriterStopped } from './writer-errors.ts';
import { WriterStall } from './writer-stall.ts';

export interface StandbyWriterParts<State, Command, Event, Answer> extends ElectedWriterOptions<
  State,
  Command,
  Event,
  Answer
> {
  readonly limits: WriterLimits;
  readonly election: ElectionLimits;
  readonly journal: FollowedJournal;
  readonly replayed: Replayed<State>;
  /** What was replayed. */
  readonly seq: number;
  readonly commands: CommandIndex | undefined;
}

/** The leader that the log names is asked so often, less one, before anybody is who leads. */
const ATTEMPTS_BY_NAME = 3;

/** A process of several, of which one leads at a time. The state is the same object for as long as it does not fail. */
export class StandbyWriter<State, Command, Event, Answer> implements ElectedWriter<State, Command, Event, Answer> {
  readonly epoch: string;
  readonly state: State;
  readonly failed: AbortSignal;
  readonly #parts: StandbyWriterParts<State, Command, Event, Answer>;
  readonly #follower: JournalFollower<State, Command, Event, Answer>;
  readonly #snapshots: SnapshotSaver<State>;
  readonly #failure = new AbortController();
  readonly #resigning = new AbortController();
  readonly #waiters: SeqWaiters;
  readonly #stall: WriterStall;
  /** Of this process, for as long as it is open. */
  readonly #name: string;
  /** Whom the log names as its leader; undefined when it did so before what was replayed. */
  #leader: string | undefined;
  #writer: JournalWriter<State, Command, Event, Answer> | undefined;
  /** What is written to while this process leads: of that, whoever follows the log has not seen the end. */
  #led: Journal | undefined;
  #campaign: Promise<void> | undefined;
  #handedOn = 0;
  readonly #awaitingLeader = new Set<() => void>();

  constructor(parts: StandbyWriterParts<State, Command, Event, Answer>) {
    const { journal, replayed, platform, definition, election } = parts;
    this.#parts = parts;
    this.epoch = journal.epoch;
    this.state = replayed.state;
    this.failed = this.#failure.signal;
    this.#name = platform.ids.next();
    this.#waiters = new SeqWaiters(platform.clock);
    this.#stall = new WriterStall(parts.context, platform.clock, election.stalledMs);
    this.#snapshots = new SnapshotSaver({ ...parts, ...platform, codec: definition.snapshot });
    this.#follower = new JournalFollower({
      ...parts,
      ...replayed,
      snapshots: this.#snapshots,
      lookMs: election.lookMs,
      onBroken: (error) => this.#fail('the log cannot be followed', error),
      onApplied: (batch) => this.#applied(batch),
    });
  }

  get isLeading(): boolean {
    return this.#writer !== undefined;
  }

  get seq(): number {
    return this.#writer?.seq ?? this.#follower.seq;
  }

  get isAhead(): boolean {
    return this.failed.aborted || (this.#writer?.isAhead ?? false);
  }

  start(lead: Lead): void {
    this.#follower.follow();
    this.#campaign ??= this.#stand(lead);
  }

  async submit(command: Command, options: SubmitOptions): Promise<Answer> {
    this.failed.throwIfAborted();
    const { context, journal } = this.#parts;
    if (!journal.isReachable) {
      throw new Obstacle('CONTEXT_UNAVAILABLE', `The log of ${context} cannot be written at the moment.`, { context });
    }
    if (this.#writer) {
      this.#stall.assertNone(this.#writer);
      try {
        return await this.#writer.submit(command, options);
      } catch (error) {
        if (!(error instanceof WriterDeposed)) throw error;
      }
    }
    const { commandId, payloadHash = payloadHashOf(command) } = options;
    const { answer, seq, leader } = await this.#handOn({ command, commandId, payloadHash });
    // What the log says is newer than an answer that comes late.
    this.#leader ??= leader;
    await this.#waiters.until(seq, { reached: () => this.seq, maxWaitMs: this.#parts.election.followWaitMs });
    return answer as Answer;
  }

  readDurable<Result>(read: (state: State, seq: number) => Result): Promise<Result> {
    const { clock } = this.#parts.platform;
    return new Promise<Result>((resolve, reject) => {
      if (this.failed.aborted) return reject(this.failed.reason as Error);
      if (!this.#writer) return resolve(read(this.state, this.seq));
      this.#stall.assertNone(this.#writer);
      const { durableReadMs } = this.#parts.election;
      const cancel = clock.after(durableReadMs, () => reject(this.#stall.obstacle()));
      this.#writer.readDurable(read).then(resolve, reject).finally(cancel);
    });
  }

  async *history(afterSeq: number, toSeq: number = this.seq): AsyncIterable<CommittedBatch<Event>> {
    for await (const { seq, recordedAtMs, events } of this.#log.read(afterSeq + 1, toSeq)) {
      const records = readRecords(this.#parts.definition, events);
      yield { seq, epoch: this.epoch, recordedAtMs, events: records.flatMap((record) => record.events) };
    }
  }

  texts(afterSeq: number, toSeq: number): AsyncIterable<JournalText> {
    return this.#log.readTexts(afterSeq + 1, toSeq);
  }

  seqAt(atMs: number): Promise<number> {
    return this.#log.seqAt(atMs);
  }

  assertReaches(seq: number, reader: string): void {
    this.#log.assertReaches(seq, reader);
  }

  get #log(): Pick<Journal, 'read' | 'readTexts' | 'seqAt' | 'assertReaches'> {
    return this.#led ?? this.#parts.journal;
  }

  async resign(): Promise<void> {
    this.#resigning.abort();
    await this.#campaign;
  }

  async close(): Promise<void> {
    const { context, replayed, commands, journal } = this.#parts;
    await this.resign();
    await this.#follower.close();
    // The memory of a writer that failed may be ahead of the log, so it must never become a snapshot.
    if (!this.failed.aborted) {
      await this.#snapshots.close(this.state, this.seq, replayed.memory.oldestSeq(this.seq));
      this.#failure.abort(new WriterStopped(context, 'it was closed'));
    }
    this.#waiters.close();
    await commands?.close();
    await journal.close();
  }

  async #stand(lead: Lead): Promise<void> {
    const { context, platform, election } = this.#parts;
    const over = AbortSignal.any([this.#resigning.signal, this.failed]);
    while (!over.aborted) {
      let held: HeldLease | undefined;
      try {
        held = await platform.lease.acquire(`writer-${context}`, over);
        await this.#leadAs(held, lead, over);
      } catch (error) {
        if (!over.aborted) this.#tellCannotLead(error);
      } finally {
        await held?.release().catch(() => undefined);
      }
      if (!over.aborted) await new Promise<void>((resolve) => platform.clock.after(election.campaignRestMs, resolve));
    }
  }

  async #leadAs(held: HeldLease, lead: Lead, over: AbortSignal): Promise<void> {
    const { context, platform } = this.#parts;
    const sinceMs = platform.clock.nowMs();
    const journal = await platform.openJournal(context);
    try {
      const writer = await this.#takeOffice(journal);
      platform.telemetry.log('info', 'this process leads', { context, tookMs: platform.clock.nowMs() - sinceMs });
      platform.telemetry.gauge('writer_leads', 1, { context });
      const until = AbortSignal.any([held.lost, writer.failed, over]);
      const stopServing = this.#serve(writer);
      this.#tellNewLeader();
      const leading = this.#leadUntil(until, lead);
      await whenAborted(until);
      // Who leaves of his own accord finishes first what is under way, and is there for the others meanwhile.
      if (!held.lost.aborted && !writer.failed.aborted) await leading;
      stopServing();
      await this.#stepDown(writer);
      // The next one need not wait for the rest.
      await journal.close();
      await leading;
    } finally {
      this.#led = undefined;
      platform.telemetry.gauge('writer_leads', 0, { context });
      await journal.close();
    }
  }

  /**
   * Follows the log to its end and writes into it that this process leads: an empty batch, which changes nothing, and behind
   * which no batch of a former leader fits any more.
   */
  async #takeOffice(journal: Journal): Promise<JournalWriter<State, Command, Event, Answer>> {
    const { platform, replayed } = this.#parts;
    await this.#follower.pause();
    try {
      await this.#follower.followTo(journal.head());
      const batch = { batchId: `${TERM}${this.#name}/${platform.ids.next()}`, recordedAtMs: platform.clock.nowMs() };
      const seq = await journal.append({ ...batch, events: [], eventsText: '[]' }, journal.head());
      await this.#follower.followTo(seq);
      const { state, memory } = replayed;
      const { commands, ...parts } = this.#parts;
      this.#writer = new JournalWriter({
        ...parts,
        journal,
        replayed: { state, memory, snapshotSeq: seq },
        ...(commands && { commands }),
      });
      this.#led = journal;
      this.#waiters.tell(seq);
      return this.#writer;
    } catch (error) {
      this.#follower.follow();
      throw error;
    }
  }

  /** Takes the commands that others hand on. */
  #serve(writer: JournalWriter<State, Command, Event, Answer>): () => void {
    const { rpc } = this.#parts.platform;
    const { subject } = this.#parts;
    const answer = async (payload: unknown): Promise<LeaderAnswer> => {
      const { command, commandId, payloadHash } = payload as HandedCommand;
      const told = await writer.submit(command as Command, { commandId, payloadHash });
      return { answer: told ?? null, seq: writer.seq, leader: this.#name };
    };
    const stops = [subject, `${subject}.${this.#name}`].map((each) =>
      rpc.serve(each, ({ payload }) => answer(payload)),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Begins what leading brings with it, again and again while that fails. */
  async #leadUntil(until: AbortSignal, lead: Lead): Promise<void> {
    const { platform, election } = this.#parts;
    while (!until.aborted) {
      try {
        const stop = await lead();
        await whenAborted(until);
        await stop();
      } catch (error) {
        if (until.aborted) return;
        this.#tellCannotLead(error);
        await new Promise<void>((resolve) => platform.clock.after(election.campaignRestMs, resolve));
      }
    }
  }

  async #stepDown(writer: JournalWriter<State, Command, Event, Answer>): Promise<void> {
    const isWhatTheLogHolds = await writer.stepDown();
    if (!isWhatTheLogHolds) return this.#fail('what its last decisions came to is unknown', writer.failed.reason);
    this.#follower.advancedTo(writer.seq);
    this.#writer = undefined;
    this.#led = undefined;
    if (!this.failed.aborted) this.#follower.follow();
  }

  async #handOn(handed: HandedCommand): Promise<LeaderAnswer> {
    const { context, subject, platform, election, journal } = this.#parts;
    if (this.#handedOn >= election.handedOnMax) {
      const details = { limit: 'handedOnMax', handedOnMax: election.handedOnMax };
      throw new Obstacle('OVERLOADED', `Too many commands wait for the leader of ${context}.`, details);
    }
    this.#handedOn++;
    try {
      return await askLeader(
        {
          context,
          rpc: platform.rpc,
          clock: platform.clock,
          limits: election,
          // By name first, because a former leader that stands still may take what is asked of anybody.
          subject: (attempt) =>
            this.#leader === undefined || attempt % ATTEMPTS_BY_NAME === 0 ? subject : `${subject}.${this.#leader}`,
          isWorthAsking: () => journal.isReachable && !this.failed.aborted,
          onNewLeader: (listener) => {
            this.#awaitingLeader.add(listener);
            return () => void this.#awaitingLeader.delete(listener);
          },
        },
        handed,
      );
    } finally {
      this.#handedOn--;
    }
  }

  #applied(batch: JournalBatch): void {
    const term = termOf(batch);
    this.#leader = term ?? this.#leader;
    this.#waiters.tell(batch.seq);
    // This process itself tells when it can be asked.
    if (term !== undefined && term !== this.#name) this.#tellNewLeader();
  }

  #tellNewLeader(): void {
    for (const listener of this.#awaitingLeader) listener();
  }

  #fail(why: string, cause: unknown): void {
    if (this.failed.aborted) return;
    const { context, platform } = this.#parts;
    const stopped = new WriterStopped(context, why, { cause });
    platform.telemetry.log('error', stopped.message, { context, error: String(cause) });
    this.#failure.abort(stopped);
    this.#waiters.close();
  }

  #tellCannotLead(error: unknown): void {
    const { context, platform } = this.#parts;
    const level = error instanceof JournalFenced ? 'info' : 'warn';
    platform.telemetry.log(level, 'this process could not lead', { context, error: String(error) });
  }
}
