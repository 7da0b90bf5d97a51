import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import type { CommandStore } from './command-store.ts';
import type { OutboundLimits } from './outbound-limits.ts';
import type { Lane } from './port.ts';
import { serveQueue } from './queue-leader.ts';
import { StallWatch } from './stall-watch.ts';
import { SystemQueue } from './system-queue.ts';

export interface SystemDeskParts {
  readonly system: string;
  readonly handlers: CommandHandlers;
  readonly pace?: VendorPace;
  readonly limits: OutboundLimits;
  readonly store: CommandStore;
  readonly platform: Pick<Platform, 'clock' | 'ids' | 'lease' | 'rpc' | 'streams' | 'telemetry'>;
  /** False: commands are only taken in here, and another process lets them go. */
  readonly drains: boolean;
  /** Runs for as long as commands go from this process. @returns ends it */
  readonly whileLed?: () => () => Promise<void>;
}

/**
 * One system as this process sees it: commands for it are taken in here, and go from here while this process is the one of
 * all that lets them go.
 */
export class SystemDesk {
  readonly handlers: CommandHandlers;
  readonly limits: OutboundLimits;
  readonly queue: SystemQueue;
  readonly #parts: SystemDeskParts;
  #waiting = 0;
  #countedAtMs = 0;
  #isLed = false;
  #isClosed = false;
  #cancelCount: CancelTimer = () => undefined;
  #cancelSweep: CancelTimer = () => undefined;
  #stopLeading: () => Promise<void> = async () => undefined;

  constructor(parts: SystemDeskParts) {
    const { system, platform, limits, handlers } = parts;
    this.#parts = parts;
    this.handlers = handlers;
    this.limits = limits;
    const stall = new StallWatch({
      system,
      stalledAfterMs: limits.stalledAfterMs,
      platform,
      waiting: () => this.#waiting,
    });
    this.queue = new SystemQueue({
      ...parts,
      pace: parts.pace ?? new VendorPace(platform.clock),
      stall,
      settled: () => this.counted(-1),
    });
  }

  /** Whether its commands go from this process. */
  get isLed(): boolean {
    return this.#isLed;
  }

  /** As far as this process knows: others take commands in as well, and are counted every `recountEveryMs`. */
  get waiting(): number {
    return this.#waiting;
  }

  async open(): Promise<void> {
    const { drains, platform, system } = this.#parts;
    await this.#countAll();
    this.#countLater();
    if (!drains) return;
    this.#sweepLater();
    this.#stopLeading = leadByLease({ name: `outbound-${system}`, platform, lead: () => this.#lead() });
  }

  /** Waits for the commands under way. Those that wait stay. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelCount();
    this.#cancelSweep();
    await this.#stopLeading();
  }

  counted(by: number): void {
    this.#setWaiting(this.#waiting + by);
  }

  /** @throws {Obstacle} OVERLOADED when too many wait */
  async assertRoom(): Promise<void> {
    const { system, limits, platform } = this.#parts;
    const { waitingMax, recountEveryMs } = limits;
    if (this.#waiting < waitingMax) return;
    // Others may have let some go.
    if (platform.clock.nowMs() - this.#countedAtMs >= recountEveryMs) await this.#countAll();
    if (this.#waiting < waitingMax) return;
    throw new Obstacle('OVERLOADED', `${waitingMax} commands wait for ${system} already.`, {
      system,
      limit: 'waitingMax',
      max: waitingMax,
    });
  }

  /** A command was put back at its old place, here or by another process. */
  putBack(lane: Lane): void {
    this.counted(1);
    this.queue.changed(lane, 'ANYWHERE');
  }

  async #lead(): Promise<() => Promise<void>> {
    const { system, platform, whileLed } = this.#parts;
    await this.#countAll();
    this.queue.start();
    this.#isLed = true;
    const stopServing = serveQueue(platform.rpc, { system, queue: this.queue });
    const stopOthers = whileLed?.();
    return async () => {
      this.#isLed = false;
      stopServing();
      await stopOthers?.();
      await this.queue.stop();
    };
  }

  #setWaiting(waiting: number): void {
    this.#waiting = Math.max(0, waiting);
    this.#parts.platform.telemetry.gauge('outbound_waiting_commands', this.#waiting, { system: this.#parts.system });
  }

  async #countAll(): Promise<void> {
    const { store, system, limits, platform } = this.#parts;
    this.#countedAtMs = platform.clock.nowMs();
    this.#setWaiting(await store.countWaiting(system, limits.waitingMax));
  }

  /** What other processes took in or let go; of long queues only that they are long, because counting them costs. */
  async #countSome(): Promise<void> {
    const { store, system, limits } = this.#parts;
    const counted = await store.countWaiting(system, limits.recountCommands);
    this.#setWaiting(counted < limits.recountCommands ? counted : Math.max(counted, this.#waiting));
  }

  #countLater(): void {
    const { platform, limits } = this.#parts;
    this.#cancelCount = platform.clock.after(limits.recountEveryMs, () => {
      void this.#attempt('commands could not be counted', () => this.#countSome()).finally(() => {
        if (!this.#isClosed) this.#countLater();
      });
    });
  }

  #sweepLater(): void {
    const { platform, limits } = this.#parts;
    this.#cancelSweep = platform.clock.after(limits.sweepEveryMs, () => {
      void this.#attempt('old commands could not be removed', () => this.#sweep()).finally(() => {
        if (!this.#isClosed) this.#sweepLater();
      });
    });
  }

  async #sweep(): Promise<void> {
    const { store, system, platform, limits } = this.#parts;
    const beforeMs = platform.clock.nowMs() - limits.settledKeptMs;
    const limit = limits.sweepCommands;
    while (!this.#isClosed && (await store.sweep(system, { beforeMs, limit })) === limit);
  }

  async #attempt(failure: string, work: () => Promise<void>): Promise<void> {
    const { platform, system } = this.#parts;
    await work().catch((error: unknown) => platform.telemetry.log('warn', failure, { system, error: String(error) }));
  }
}
