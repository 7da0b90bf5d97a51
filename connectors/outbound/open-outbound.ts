import { createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/model/canonical-json.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { VendorPace } from '../runtime/vendor-pace.ts';
import { CommandStore, type VersionedCommand } from './command-store.ts';
import { OUTBOUND_LIMITS, type OutboundLimits } from './outbound-limits.ts';
import { KEY_LENGTH_MAX, type OutboundCommand, type OutboundCommands, type Submission } from './port.ts';
import { askQueue } from './queue-leader.ts';
import { submissionOf, type QueuedCommand } from './queued-command.ts';
import { serveOutbound } from './serve-outbound.ts';
import { SystemDesk } from './system-desk.ts';

type OutboundPlatform = Pick<Platform, 'clock' | 'documents' | 'ids' | 'lease' | 'rpc' | 'streams' | 'telemetry'>;

/** An outside system that does commands. */
export interface OutboundSystem {
  readonly system: string;
  readonly handlers: CommandHandlers;
  /** Shared with whoever else calls the system. Default: one of its own with PACE_LIMITS. */
  readonly pace?: VendorPace;
  /** Those that differ for this system. */
  readonly limits?: Partial<OutboundLimits>;
  /**
   * Begins what has to run in the one process from which the commands of the system go, for as long as it is that one.
   * @returns ends it
   */
  readonly whileLed?: () => () => Promise<void>;
}

export interface Outbound extends OutboundCommands {
  /** Opens the queue of one more system, or of one anew. */
  connect(system: OutboundSystem): Promise<void>;
  /** Lets no command of a system go any more; those that wait stay. */
  disconnect(system: string): Promise<void>;
  /** Commands that wait for a system, as far as this process knows. */
  waiting(system: string): number;
  /** Whether commands wait for a system, as the storage has it. */
  hasWaiting(system: string): Promise<boolean>;
  /** Waits for the commands under way. Those that wait go on at the next start. */
  close(): Promise<void>;
}

export interface OutboundOptions {
  readonly systems: readonly OutboundSystem[];
  /** Those that differ from OUTBOUND_LIMITS, for all systems. */
  readonly limits?: Partial<OutboundLimits>;
  /** False: commands are only taken in here, and another process lets them go. Default: true. */
  readonly drains?: boolean;
}

/**
 * Opens the queues of all systems, goes on with what waits, and serves operators. Of several processes that open the same
 * system one lets its commands go; when it ends, another goes on.
 */
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
  hasWaiting: async () => false,
  close: async () => undefined,
};

class OutboundDesk implements Outbound {
  readonly #parts: DeskParts;
  readonly #systems = new Map<string, SystemDesk>();
  readonly #stopServing: () => void = () => undefined;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    if (!parts.drains) return;
    this.#stopServing = serveOutbound({
      ...parts,
      queues: () => this.#systems,
      putBack: (command) => this.#putBack(command),
    });
  }

  async connect({ limits, ...system }: OutboundSystem): Promise<void> {
    await this.disconnect(system.system);
    const desk = new SystemDesk({ ...this.#parts, ...system, limits: { ...this.#parts.limits, ...limits } });
    this.#systems.set(system.system, desk);
    await desk.open();
  }

  async submit(command: OutboundCommand): Promise<Submission> {
    const { store } = this.#parts;
    const desk = this.#systems.get(command.system);
    if (!desk || !Object.hasOwn(desk.handlers, command.name)) throw notConnected(command);
    const hash = hashOf(command, desk.limits);
    for (let attempt = 1; ; attempt++) {
      const known = await store.get(command);
      if (known) return submissionOf(sameContent(known, hash));
      await desk.assertRoom();
      try {
        await store.save(this.#queuedOf(command, hash), 0);
        desk.counted(1);
        desk.queue.changed(command.lane, 'AT_END');
        return { status: 'WAITING' };
      } catch (error) {
        if (!(error instanceof DocumentConflict) || attempt >= desk.limits.saveAttemptsMax) throw error;
      }
    }
  }

  async disconnect(system: string): Promise<void> {
    const desk = this.#systems.get(system);
    this.#systems.delete(system);
    await desk?.close();
  }

  waiting(system: string): number {
    return this.#systems.get(system)?.waiting ?? 0;
  }

  async hasWaiting(system: string): Promise<boolean> {
    return (await this.#parts.store.countWaiting(system, 1)) > 0;
  }

  async close(): Promise<void> {
    this.#stopServing();
    await Promise.all([...this.#systems.values()].map((desk) => desk.close()));
  }

  /** Whoever lets the commands of the system go hears of it at once. */
  async #putBack({ document: { system, lane } }: VersionedCommand): Promise<void> {
    const desk = this.#systems.get(system);
    if (desk?.isLed) desk.putBack(lane);
    else await askQueue(this.#parts.platform, { system, changedLane: lane });
  }

  #queuedOf({ content: _hashed, ...command }: OutboundCommand, hash: string): QueuedCommand {
    const { clock, ids } = this.#parts.platform;
    const nowMs = clock.nowMs();
    return {
      ...command,
      id: CommandStore.idOf(command),
      hash,
      ticket: ids.next(),
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
}

function hashOf(command: OutboundCommand, { payloadBytesMax }: OutboundLimits): string {
  const { name, lane, group, payload, content = payload, key } = command;
  if (key.length < 1 || key.length > KEY_LENGTH_MAX) {
    throw new Refusal('BAD_USER_INPUT', `A key has 1 to ${KEY_LENGTH_MAX} characters.`, { field: 'key' });
  }
  const text = canonicalJson({ name, lane, group, payload: content });
  const whole = content === payload ? text : canonicalJson({ name, lane, group, payload });
  if (Buffer.byteLength(whole) > payloadBytesMax) {
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
