import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/model/canonical-json.ts';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import { VendorPace } from '../runtime/vendor-pace.ts';
import { CommandStore, type VersionedCommand } from './command-store.ts';
import { OUTBOUND_LIMITS, type OutboundLimits } from './outbound-limits.ts';
import { KEY_LENGTH_MAX, LANES, type OutboundCommand, type OutboundCommands, type Submission } from './port.ts';
import { submissionOf, type QueuedCommand } from './queued-command.ts';
import { StallWatch } from './stall-watch.ts';
import { SystemQueue } from './system-queue.ts';
import { serveOutbound } from './serve-outbound.ts';

type OutboundPlatform = Pick<Platform, 'clock' | 'documents' | 'ids' | 'lease' | 'rpc' | 'streams' | 'telemetry'>;

/** An outside system that does commands. */
export interface OutboundSystem {
  readonly system: string;
  readonly handlers: CommandHandlers;
  /** Shared with whoever else calls the system. Default: one of its own with PACE_LIMITS. */
  readonly pace?: VendorPace;
  /** Those that differ for this system. */
  readonly limits?: Partial<OutboundLimits>;
}

export interface Outbound extends OutboundCommands {
  /** Opens the queue of one more system, or of one anew. */
  connect(system: OutboundSystem): Promise<void>;
  /** Lets no command of a system go any more; those that wait stay. */
  disconnect(system: string): Promise<void>;
  /** Commands that wait for a system. */
  waiting(system: string): number;
  /** Waits for the commands under way. Those that wait go on at the next start. */
  close(): Promise<void>;
}

interface OpenQueue {
  readonly queue: SystemQueue;
  readonly handlers: CommandHandlers;
  readonly limits: OutboundLimits;
  waiting: number;
  readonly closing: AbortController;
  /** Resolves when nobody leads it here any more. */
  led: Promise<void>;
}

export interface OutboundOptions {
  readonly systems: readonly OutboundSystem[];
  /** Those that differ from OUTBOUND_LIMITS, for all systems. */
  readonly limits?: Partial<OutboundLimits>;
  /** False: commands are only taken in here, and another process lets them go. Default: true. */
  readonly drains?: boolean;
}

/** Opens the queues of all systems, goes on with what waits, and serves operators. */
export async function openOutbound(
  platform: OutboundPlatform,
  { systems, limits, drains = true }: OutboundOptions,
): Promise<Outbound> {
  if (systems.length === 0 && !drains) return NO_OUTBOUND;
  const store = await CommandStore.open(platform.documents, platform.ids);
  const desk = new OutboundDesk({ platform, store, drains, limits: { ...OUTBOUND_LIMITS, ...limits } });
  for (const system of systems) await desk.connect(system);
  return desk;
}

interface DeskParts {
  readonly platform: OutboundPlatform;
  readonly store: CommandStore;
  readonly drains: boolean;
  readonly limits: OutboundLimits;
}

/** Of a process that knows no outside system. */
const NO_OUTBOUND: Outbound = {
  submit: async (command) => {
    throw notConnected(command);
  },
  connect: async () => undefined,
  disconnect: async () => undefined,
  waiting: () => 0,
  close: async () => undefined,
};

class OutboundDesk implements Outbound {
  readonly #drains: boolean;
  readonly #limits: OutboundLimits;
  readonly #platform: OutboundPlatform;
  readonly #store: CommandStore;
  readonly #queues = new Map<string, OpenQueue>();
  readonly #closing = new AbortController();
  readonly #stops: (() => void)[] = [];
  readonly #sweeps = new Map<string, CancelTimer>();

  constructor({ platform, store, drains, limits }: DeskParts) {
    this.#limits = limits;
    this.#platform = platform;
    this.#store = store;
    this.#drains = drains;
    if (!drains) return;
    this.#stops.push(
      serveOutbound({
        platform,
        store,
        queues: () => [...this.#queues].map(([system, { queue }]) => ({ system, queue })),
        settledAnew: (command) => this.#takeBack(command),
      }),
    );
  }

  async connect({ system, handlers, pace, ...own }: OutboundSystem): Promise<void> {
    await this.disconnect(system);
    const limits = { ...this.#limits, ...own.limits };
    const { clock } = this.#platform;
    const stall = new StallWatch({
      system,
      stalledAfterMs: limits.stalledAfterMs,
      platform: this.#platform,
      waiting: () => this.#queues.get(system)?.waiting ?? 0,
    });
    const queue = new SystemQueue({
      system,
      handlers,
      pace: pace ?? new VendorPace(clock),
      store: this.#store,
      platform: this.#platform,
      limits,
      stall,
      settled: () => this.#counted(system, -1),
    });
    const waiting = await this.#countWaiting(system, limits.waitingMax);
    const closing = new AbortController();
    this.#queues.set(system, { queue, handlers, limits, waiting, closing, led: Promise.resolve() });
    if (!this.#drains) return;
    const open = this.#queues.get(system);
    if (open)
      open.led = this.#lead(system, { queue, closing: AbortSignal.any([closing.signal, this.#closing.signal]) });
    this.#sweepLater(system, limits);
  }

  async submit(command: OutboundCommand): Promise<Submission> {
    const open = this.#queues.get(command.system);
    if (!open || !Object.hasOwn(open.handlers, command.name)) throw notConnected(command);
    const hash = hashOf(command, open.limits);
    for (let attempt = 1; ; attempt++) {
      const known = await this.#store.get(command);
      if (known) return submissionOf(sameContent(known, hash));
      this.#assertRoom(command.system, open);
      try {
        await this.#store.save(this.#queuedOf(command, hash), 0);
        this.#counted(command.system, 1);
        open.queue.changed(command.lane, 'AT_END');
        return { status: 'WAITING' };
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= open.limits.saveAttemptsMax) throw error;
      }
    }
  }

  async disconnect(system: string): Promise<void> {
    const open = this.#queues.get(system);
    if (!open) return;
    this.#queues.delete(system);
    this.#sweeps.get(system)?.();
    this.#sweeps.delete(system);
    open.closing.abort();
    await open.queue.stop();
    await open.led;
  }

  waiting(system: string): number {
    return this.#queues.get(system)?.waiting ?? 0;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const stop of this.#stops) stop();
    for (const cancel of this.#sweeps.values()) cancel();
    await Promise.all([...this.#queues.values()].map(({ queue }) => queue.stop()));
    await Promise.all([...this.#queues.values()].map(({ led }) => led));
  }

  /** One process at a time lets the commands of a system go; when it loses the lease, another goes on. */
  async #lead(
    system: string,
    { queue, closing: signal }: { readonly queue: SystemQueue; readonly closing: AbortSignal },
  ): Promise<void> {
    while (!signal.aborted) {
      const held = await this.#platform.lease.acquire(`outbound-${system}`, signal).catch(() => undefined);
      if (!held) return;
      if (!signal.aborted) queue.start();
      await aborted(AbortSignal.any([held.lost, signal]));
      await queue.stop();
      await held.release();
    }
  }

  #takeBack(command: VersionedCommand): void {
    const { system, lane } = command.document;
    this.#counted(system, 1);
    this.#queues.get(system)?.queue.changed(lane, 'ANYWHERE');
  }

  #queuedOf(command: OutboundCommand, hash: string): QueuedCommand {
    const nowMs = this.#platform.clock.nowMs();
    return {
      ...command,
      id: CommandStore.idOf(command),
      hash,
      ticket: this.#platform.ids.next(),
      status: 'WAITING',
      submittedAtMs: nowMs,
      attempts: 0,
      dueAtMs: nowMs,
      begunAtMs: null,
      settledAtMs: null,
      reason: null,
      result: null,
    };
  }

  #assertRoom(system: string, { waiting, limits }: OpenQueue): void {
    if (waiting < limits.waitingMax) return;
    throw new Obstacle('OVERLOADED', `${limits.waitingMax} commands wait for ${system} already.`, {
      system,
      limit: 'waitingMax',
      max: limits.waitingMax,
    });
  }

  #counted(system: string, by: number): void {
    const open = this.#queues.get(system);
    if (!open) return;
    open.waiting += by;
    this.#platform.telemetry.gauge('outbound_waiting_commands', open.waiting, { system });
  }

  async #countWaiting(system: string, max: number): Promise<number> {
    let count = 0;
    for (const lane of LANES) {
      let after: VersionedCommand | undefined;
      while (count < max) {
        const page = await this.#store.waiting({ system, lane }, { after, limit: COUNT_PAGE });
        count += page.length;
        after = page.at(-1);
        if (page.length < COUNT_PAGE) break;
      }
    }
    this.#platform.telemetry.gauge('outbound_waiting_commands', count, { system });
    return count;
  }

  #sweepLater(system: string, limits: OutboundLimits): void {
    const { clock, telemetry } = this.#platform;
    const sweep = async (): Promise<void> => {
      const beforeMs = clock.nowMs() - limits.settledKeptMs;
      const limit = limits.sweepCommands;
      while (!this.#closing.signal.aborted && (await this.#store.sweep(system, { beforeMs, limit })) === limit);
      const open = this.#queues.get(system);
      if (open) open.waiting = await this.#countWaiting(system, limits.waitingMax);
    };
    const next = (): void => {
      this.#sweeps.set(
        system,
        clock.after(limits.sweepEveryMs, () => {
          sweep()
            .catch((error: unknown) =>
              telemetry.log('warn', 'old commands could not be removed', { error: String(error) }),
            )
            .finally(() => {
              if (!this.#closing.signal.aborted) next();
            });
        }),
      );
    };
    next();
  }
}

const COUNT_PAGE = 1_000;

function hashOf({ name, lane, group, payload, key }: OutboundCommand, { payloadBytesMax }: OutboundLimits): string {
  if (key.length < 1 || key.length > KEY_LENGTH_MAX) {
    throw new Refusal('BAD_USER_INPUT', `A key has 1 to ${KEY_LENGTH_MAX} characters.`, { field: 'key' });
  }
  const text = canonicalJson({ name, lane, group, payload });
  if (Buffer.byteLength(text) > payloadBytesMax) {
    throw new Refusal('PAYLOAD_TOO_LARGE', `The payload has more than ${payloadBytesMax} bytes.`, { payloadBytesMax });
  }
  return createHash('sha256').update(text).digest('base64url');
}

function sameContent({ document }: VersionedCommand, hash: string): QueuedCommand {
  if (document.hash === hash) return document;
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', `${document.key} stands for another command to ${document.system}.`, {
    system: document.system,
    key: document.key,
  });
}

function notConnected({ system, name }: OutboundCommand): Refusal {
  return new Refusal('UPSTREAM_REJECTED', `No ${system} is connected that does ${name}.`, { system, name });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
