import { openEmbeddedPlatform } from '../../../kernel/adapters/embedded/open-embedded-platform.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory } from '../../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../../schema/commands/command-definition.ts';
import { queueStates, type QueueState } from '../../../schema/commands/outbound.ts';
import { rpcSubjectOf, streamOf } from '../../../schema/events/subjects.ts';
import type { CommandHandlers } from '../../runtime/command-handler.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';
import { openOutbound, type Outbound, type OutboundSystem } from '../open-outbound.ts';
import type { OutboundLimits } from '../outbound-limits.ts';
import type { OutboundCommand, Submission } from '../port.ts';

export const SYSTEM = 'erp-main';
export const DOWN = new Obstacle('UPSTREAM_UNAVAILABLE', 'It is down.', { status: 503 });

/** An outside system: what it did, in order, and what it answers. */
class Outside {
  readonly done: string[] = [];
  readonly tried: string[] = [];
  /** What the answer to a key waits for. */
  readonly slow = new Map<string, Promise<void>>();
  readonly failing = new Map<string, Error>();
  isUp = true;
  underWay = 0;
  underWayMax = 0;

  perform = async (payload: unknown, { key }: { readonly key: string }): Promise<unknown> => {
    this.tried.push(key);
    this.underWay++;
    this.underWayMax = Math.max(this.underWayMax, this.underWay);
    try {
      await this.slow.get(key);
      if (!this.isUp) throw DOWN;
      const failure = this.failing.get(key);
      if (failure) throw failure;
      this.done.push(key);
      return { did: payload };
    } finally {
      this.underWay--;
    }
  };
}

/** Where the queues keep their commands; opened and closed as often as a process starts and ends. */
export interface QueueStorage {
  open(parts: { readonly clock: Clock; readonly telemetry: RecordingTelemetry }): Promise<OpenStorage>;
  remove(): Promise<void>;
}

export interface OpenStorage {
  readonly platform: Platform;
  close(): Promise<void>;
}

const QUICK: Partial<OutboundLimits> = {
  backoffMinMs: 100,
  backoffMaxMs: 1_000,
  breakerOpenMinMs: 1_000,
  breakerOpenMaxMs: 4_000,
  pollMs: 1_000,
};

/** The queues on a fake clock, against systems that are scripted by the test. */
export class OutboundBench {
  readonly clock = new FakeClock();
  readonly telemetry = new RecordingTelemetry();
  readonly outside = new Outside();
  readonly pace = new VendorPace(this.clock, { perSecond: 1_000, burst: 1_000 });
  outbound!: Outbound;
  readonly #storage: QueueStorage;
  #open!: OpenStorage;
  #ordinal = 0;

  constructor(storage: QueueStorage) {
    this.#storage = storage;
  }

  get platform(): Platform {
    return this.#open.platform;
  }

  async start(options: Partial<OutboundSystem> = {}): Promise<void> {
    const { clock, telemetry, pace } = this;
    const handlers: CommandHandlers = { post: { perform: this.outside.perform } };
    this.#open = await this.#storage.open({ clock, telemetry });
    this.outbound = await openOutbound(this.platform, {
      systems: [
        { system: SYSTEM, handlers, pace, ...options, limits: { ...QUICK, ...options.limits } },
        { system: 'other', handlers: { post: { perform: async () => 'done' } }, limits: QUICK },
      ],
    });
  }

  async stop(): Promise<void> {
    await this.outbound.close();
    await this.#open.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#storage.remove();
  }

  submit(change: Partial<OutboundCommand> = {}): Promise<Submission> {
    const key = change.key ?? `c${++this.#ordinal}`;
    return this.outbound.submit({
      system: SYSTEM,
      key,
      name: 'post',
      lane: 'ORDERS',
      group: key,
      ref: `ref-${key}`,
      payload: { key },
      correlationId: `correlation-${key}`,
      ...change,
    });
  }

  async ask<Definition extends CommandDefinition>(
    definition: Definition,
    request: RequestOf<Definition>,
  ): Promise<ReplyOf<Definition>> {
    const subject = rpcSubjectOf(definition.context, definition.name);
    const options = { timeoutMs: 60_000, correlationId: 'test' };
    return this.platform.rpc.request(subject, request, options);
  }

  /** Of the system that the tests are about. */
  async state(): Promise<QueueState | undefined> {
    return (await this.ask(queueStates, {})).queues.find(({ system }) => system === SYSTEM);
  }

  async told(type: string): Promise<readonly EventEnvelope[]> {
    await this.platform.documents.flushOutbox();
    const messages = await this.platform.streams.read(streamOf('outbound'), 0, 1_000);
    return messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope);
  }

  /** Lets time pass in small steps until the condition holds. */
  until(condition: () => boolean | Promise<boolean>, what: string, stepMs = 50): Promise<unknown> {
    return waitFor(async () => {
      if (await condition()) return true;
      this.clock.advance(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
      return false;
    }, what);
  }
}

/** What opens a started bench over a storage of its own. */
export type OpenBench = (options?: Partial<OutboundSystem>) => Promise<OutboundBench>;

/** The storage of a hub in one process. */
export async function embeddedQueueStorage(): Promise<QueueStorage> {
  const directory = await temporaryDirectory();
  return {
    open: async ({ clock, telemetry }) => {
      const platform = await openEmbeddedPlatform({ directory: directory.path, clock, telemetry });
      return { platform, close: () => platform.close() };
    },
    remove: () => directory.remove(),
  };
}
