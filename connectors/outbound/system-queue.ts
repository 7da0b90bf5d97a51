import { ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandHandler, CommandHandlers } from '../runtime/command-handler.ts';
import type { VendorPace } from '../runtime/vendor-pace.ts';
import type { CommandStore, VersionedCommand } from './command-store.ts';
import { LaneBuffer } from './lane-buffer.ts';
import { LaneChoice } from './lane-choice.ts';
import type { OutboundLimits } from './outbound-limits.ts';
import { performCommand, type Attempt } from './perform-command.ts';
import { LANES, type Lane } from './port.ts';
import { orderedWith, type QueuedCommand } from './queued-command.ts';
import type { StallWatch } from './stall-watch.ts';
import { SystemBreaker, type BreakerState } from './system-breaker.ts';

export interface SystemQueueParts {
  readonly system: string;
  readonly handlers: CommandHandlers;
  readonly pace: VendorPace;
  readonly store: CommandStore;
  readonly platform: Pick<Platform, 'clock' | 'telemetry'>;
  readonly limits: OutboundLimits;
  readonly stall: StallWatch;
  /** A command no longer waits. */
  settled(): void;
}

/**
 * Lets the commands of one system go: in order, at its pace, the urgent ones first. What is not due, or whose group is
 * under way, is passed by. One process at a time does this for a system.
 */
export class SystemQueue {
  readonly #parts: SystemQueueParts;
  readonly #breaker: SystemBreaker;
  readonly #lanes: ReadonlyMap<Lane, LaneBuffer>;
  readonly #choice: LaneChoice;
  readonly #underWay = new Map<Promise<void>, Lane>();
  readonly #busyGroups = new Set<string>();
  readonly #backoffs = new Map<string, IBackoff<unknown>>();
  /** How often the system had succeeded when a command failed last. */
  readonly #failedAt = new Map<string, number>();
  #successes = 0;
  /** Commands that may be under way at once: doubles with each success, begins at one after an outage. */
  #window: number;
  #cancelTimer: CancelTimer | undefined;
  #isRunning = false;
  #pumping: Promise<void> | undefined;
  #pumpAgain = false;

  constructor(parts: SystemQueueParts) {
    const { system, store, limits, platform } = parts;
    const { pageCommands, heldCommandsMax } = limits;
    this.#parts = parts;
    this.#breaker = new SystemBreaker(platform.clock, limits);
    this.#choice = new LaneChoice(limits.fairEvery);
    this.#window = limits.concurrentMax;
    this.#lanes = new Map(
      LANES.map((lane) => [lane, new LaneBuffer({ store, system, lane, pageCommands, heldCommandsMax })]),
    );
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** What this process knew from before is forgotten: another one may have let commands go meanwhile. */
  start(): void {
    for (const lane of this.#lanes.values()) lane.begin();
    this.#backoffs.clear();
    this.#failedAt.clear();
    this.#isRunning = true;
    this.wake();
  }

  /** Commands were added, or put back by an operator. */
  changed(lane: Lane, where: 'AT_END' | 'ANYWHERE'): void {
    const buffer = this.#lanes.get(lane);
    if (where === 'AT_END') buffer?.grow();
    else buffer?.reset();
    this.wake();
  }

  wake(): void {
    if (!this.#isRunning) return;
    if (this.#pumping) {
      this.#pumpAgain = true;
      return;
    }
    this.#pumpAgain = false;
    this.#pumping = this.#pump()
      .catch((error: unknown) => {
        this.#parts.platform.telemetry.log('error', 'commands could not be read', { error: String(error) });
        this.#wakeAfter(this.#parts.limits.pollMs);
      })
      .finally(() => {
        this.#pumping = undefined;
        if (this.#pumpAgain) this.wake();
      });
  }

  /** Waits for the commands under way. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancelTimer?.();
    await this.#pumping;
    await Promise.all(this.#underWay.keys());
  }

  /** Lets go whatever may go now, then sleeps until something else may. */
  async #pump(): Promise<void> {
    while (this.#isRunning && this.#underWay.size < this.#window) {
      const heldBackMs = this.#breaker.waitMs();
      if (heldBackMs > 0) return this.#wakeAfter(heldBackMs);
      const command = await this.#next();
      if (!command) return this.#wakeAfter(this.#idleMs());
      const pauseMs = this.#parts.pace.take();
      if (pauseMs > 0) {
        this.#laneOf(command).putBack(command);
        return this.#wakeAfter(pauseMs);
      }
      this.#begin(command);
    }
  }

  async #next(): Promise<VersionedCommand | undefined> {
    const nowMs = this.#parts.platform.clock.nowMs();
    const mayGo = ({ document }: VersionedCommand): boolean =>
      document.dueAtMs <= nowMs && !this.#busyGroups.has(orderedWith(document));
    for (const lane of this.#choice.order()) {
      if (!this.#hasRoom(lane)) continue;
      const command = await this.#lanes.get(lane)?.take(mayGo);
      if (command) {
        this.#choice.chosen(lane);
        return command;
      }
    }
    return undefined;
  }

  /** A slow posting must not take the last place: what is urgent finds room at once. */
  #hasRoom(lane: Lane): boolean {
    const [urgent] = LANES;
    const { concurrentMax } = this.#parts.limits;
    if (lane === urgent || concurrentMax === 1 || this.#window < concurrentMax) return true;
    const others = [...this.#underWay.values()].filter((each) => each !== urgent).length;
    return others < concurrentMax - 1;
  }

  #begin(command: VersionedCommand): void {
    const { document } = command;
    const group = orderedWith(document);
    this.#busyGroups.add(group);
    const done = this.#run(command).finally(() => {
      this.#busyGroups.delete(group);
      this.#underWay.delete(done);
      this.wake();
    });
    this.#underWay.set(done, document.lane);
  }

  async #run(command: VersionedCommand): Promise<void> {
    const { handlers, platform, system, stall } = this.#parts;
    const handler = handlers[command.document.name];
    let begun = command;
    try {
      if (handler) begun = await this.#markBegun(command, handler);
      const attempt: Attempt = handler
        ? await performCommand(handler, begun.document)
        : notDone(`${system} no longer does ${command.document.name}.`);
      platform.telemetry.count('outbound_attempts_total', { system, outcome: attempt.outcome });
      stall.attempted(attempt);
      await this.#conclude(begun, attempt);
    } catch (error) {
      // What was done is not known to be done: it comes again under its key.
      platform.telemetry.log('warn', 'what became of a command could not be saved', { system, error: String(error) });
      if (error instanceof DocumentConflict) this.#laneOf(begun).forget(begun);
      else this.#laneOf(begun).putBack(this.#later(begun, this.#parts.limits.backoffMinMs));
      this.#laneOf(begun).grow();
    }
  }

  /** Written down beforehand where the system cannot tell a repetition itself. */
  async #markBegun(command: VersionedCommand, handler: CommandHandler): Promise<VersionedCommand> {
    const { document, version } = command;
    if (!handler.find || document.begunAtMs !== null) return command;
    // The first attempt is told by the absence of the mark, so the handler gets the document as it was.
    const marked = { ...document, begunAtMs: this.#parts.platform.clock.nowMs() };
    const saved = await this.#parts.store.save(marked, version);
    return { document, version: saved.version };
  }

  async #conclude(command: VersionedCommand, attempt: Attempt): Promise<void> {
    if (attempt.outcome === 'DONE' || attempt.outcome === 'REFUSED') {
      // A system that says no is there.
      this.#succeeded();
      const { outcome: status } = attempt;
      const reason = attempt.outcome === 'REFUSED' ? attempt.failure : null;
      return this.#settle(command, { status, reason, result: attempt.outcome === 'DONE' ? attempt.result : null });
    }
    const { document } = command;
    const attempts = document.attempts + (this.#counts(document, attempt) ? 1 : 0);
    if (attempt.outcome === 'OBSTACLE') this.#metObstacle(attempt.failure.details);
    const { limits, platform } = this.#parts;
    const isOver =
      attempts >= limits.attemptsMax || platform.clock.nowMs() - document.submittedAtMs > limits.giveUpAfterMs;
    if (isOver) {
      return this.#settle(command, { status: 'DEAD', reason: attempt.failure, attempts });
    }
    await this.#retryLater(command, { attempts, reason: attempt.failure });
  }

  /** Whether a failure is the command's own: the system has done others since it failed before, or it is a fault. */
  #counts({ id }: QueuedCommand, attempt: Attempt): boolean {
    if (attempt.outcome === 'OBSTACLE' && isThrottled(attempt.failure.details)) return false;
    const before = this.#failedAt.get(id);
    this.#failedAt.set(id, this.#successes);
    return attempt.outcome === 'FAULT' || (before !== undefined && this.#successes > before);
  }

  async #retryLater(
    command: VersionedCommand,
    { attempts, reason }: Pick<QueuedCommand, 'attempts' | 'reason'>,
  ): Promise<void> {
    const { document, version } = command;
    // While the system is down nobody counts: all wait for the breaker, in their order.
    if (this.#breaker.state !== 'CLOSED' && attempts === document.attempts) {
      this.#laneOf(command).putBack({ document: begunOf(document, this.#nowMs()), version });
      return;
    }
    const isCounted = attempts > document.attempts;
    const backoff = this.#backoffs.get(document.id)?.next(undefined) ?? this.#firstBackoff();
    this.#backoffs.set(document.id, backoff);
    const dueAtMs = this.#nowMs() + backoff.duration;
    const waiting = { ...begunOf(document, this.#nowMs()), attempts, reason, dueAtMs };
    // What does not count is not written down either: after a restart it is tried at its place, as if it never had been.
    const kept = isCounted ? await this.#parts.store.save(waiting, version) : { document: waiting, version };
    this.#laneOf(command).putBack(kept);
  }

  async #settle(command: VersionedCommand, ended: Partial<QueuedCommand>): Promise<void> {
    const { document, version } = command;
    const settled = { ...document, ...ended, settledAtMs: this.#nowMs() };
    await this.#parts.store.settle(settled, version);
    this.#backoffs.delete(document.id);
    this.#failedAt.delete(document.id);
    this.#parts.settled();
    this.#laneOf(command).forget(command);
    this.#parts.platform.telemetry.count('outbound_commands_total', {
      system: document.system,
      lane: document.lane,
      status: settled.status,
    });
  }

  #succeeded(): void {
    this.#successes++;
    this.#breaker.succeeded();
    this.#window = Math.min(this.#parts.limits.concurrentMax, this.#window * 2);
  }

  #metObstacle(details: Readonly<Record<string, unknown>>): void {
    const { retryAfterMs } = details;
    if (typeof retryAfterMs === 'number') this.#parts.pace.pause(retryAfterMs);
    if (isThrottled(details)) return;
    if (!this.#breaker.failed()) return;
    this.#window = 1;
    for (const lane of this.#lanes.values()) lane.forgive(this.#nowMs());
    this.#parts.pace.drain();
    this.#parts.platform.telemetry.gauge('outbound_breaker_open', 1, { system: this.#parts.system });
  }

  #later({ document, version }: VersionedCommand, byMs: number): VersionedCommand {
    return { document: { ...document, dueAtMs: this.#nowMs() + byMs }, version };
  }

  #idleMs(): number {
    const due = [...this.#lanes.values()].flatMap((lane) => lane.nextDueMs() ?? []);
    const nextMs = Math.min(...due, Number.POSITIVE_INFINITY) - this.#nowMs();
    return Math.min(this.#parts.limits.pollMs, Math.max(1, nextMs));
  }

  #wakeAfter(delayMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.platform.clock.after(delayMs, () => {
      for (const lane of this.#lanes.values()) lane.grow();
      this.wake();
    });
  }

  #firstBackoff(): IBackoff<unknown> {
    const { backoffMinMs: initialDelay, backoffMaxMs: maxDelay } = this.#parts.limits;
    return new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay, maxDelay }).next();
  }

  #laneOf({ document }: VersionedCommand): LaneBuffer {
    return this.#lanes.get(document.lane) as LaneBuffer;
  }

  #nowMs(): number {
    return this.#parts.platform.clock.nowMs();
  }
}

/** A system that is too busy is not down, and a command that it turned away for that has not failed. */
function isThrottled({ status }: Readonly<Record<string, unknown>>): boolean {
  return status === 429;
}

/** An attempt was made that may have been carried out. */
function begunOf(document: QueuedCommand, nowMs: number): QueuedCommand {
  return document.begunAtMs === null ? { ...document, begunAtMs: nowMs } : document;
}

/** The configuration was changed while a command waited. */
function notDone(message: string): Attempt {
  return { outcome: 'FAULT', failure: { code: 'UPSTREAM_REJECTED', message, details: {} } };
}
