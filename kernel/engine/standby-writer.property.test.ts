import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SystemClock } from '../adapters/embedded/system-clock.ts';
import { Obstacle, refuse } from '../model/errors.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import type { Rpc, RpcRequest } from '../ports/rpc.ts';
import { testConfig } from '../testing/config.ts';
import { ContendedFollower, ContendedLog, ContendedWriter, LogLink } from '../testing/contended-log.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { waitFor } from '../testing/wait-for.ts';
import type { CommandRecord } from './command-record.ts';
import type { ElectedWriter } from './elected-writer.ts';
import { openElectedWriter } from './open-elected-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

// Several processes over one log, of which leaders are deposed without knowing it, stand still, lose the log, or fail at any
// moment, while commands go to all of them. Whatever happens: what was answered stays true, no command counts twice,
// nothing is oversold, and every process comes to the same state.

interface Take {
  readonly sku: string;
  readonly units: number;
}
type Units = Map<string, number>;
type Candidate = ElectedWriter<Units, Take, Take, { left: number }>;

const STOCK = 30;

const shop: WriterDefinition<Units, Take, Take, { left: number }> = {
  initialState: () => new Map(),
  decide(state, { sku, units }) {
    const left = (state.get(sku) ?? STOCK) - units;
    return left < 0 ? refuse('INSUFFICIENT_STOCK', 'Not that much.') : { events: [{ sku, units }], answer: { left } };
  },
  evolve(state, { sku, units }) {
    state.set(sku, (state.get(sku) ?? STOCK) - units);
  },
};

/** The content of a command follows from its id, so that a repetition is a true repetition. */
const takeOf = (command: number): Take => ({ sku: `sku-${command % 2}`, units: 1 + (command % 3) });

/** One lease for all, which may be taken from its holder with or without its knowledge. */
class WorldLease implements Lease {
  #holder: { lost: AbortController } | undefined;
  #waiting: (() => void)[] = [];
  /** Holders who do not know yet that they are none any more. */
  #believing: AbortController[] = [];

  async acquire(name: string, signal: AbortSignal): Promise<HeldLease> {
    while (this.#holder) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
    const holder = { lost: new AbortController() };
    this.#holder = holder;
    const release = async (): Promise<void> => this.#free(holder);
    return { name, lost: holder.lost.signal, release };
  }

  take(isTold: boolean): void {
    const holder = this.#holder;
    if (!holder) return;
    this.#free(holder);
    this.#believing.push(holder.lost);
    if (isTold) this.tellAll();
  }

  /** Nobody believes for ever. */
  tellAll(): void {
    for (const lost of this.#believing.splice(0)) lost.abort(new Error('taken'));
  }

  #free(holder: object): void {
    if (this.#holder !== holder) return;
    this.#holder = undefined;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** Requests to whichever process serves, as a queue group does. */
class WorldRpc {
  readonly #servers = new Map<string, ((request: RpcRequest) => Promise<unknown>)[]>();
  #turn = 0;

  /** As a process reaches it over its link. */
  through(link: LogLink): Rpc {
    return {
      request: async (subject, payload, { timeoutMs, correlationId }) => {
        await link.pass();
        const servers = this.#servers.get(subject) ?? [];
        const serve = servers[this.#turn++ % Math.max(1, servers.length)];
        if (!serve) throw new Obstacle('CONTEXT_UNAVAILABLE', 'Nobody serves it.');
        const timer = Promise.withResolvers<never>();
        const cancel = setTimeout(() => timer.reject(new Obstacle('CONTEXT_UNAVAILABLE', 'No answer.')), timeoutMs);
        const asked = serve({ payload: structuredClone(payload), correlationId });
        return Promise.race([asked, timer.promise]).finally(() => clearTimeout(cancel));
      },
      serve: (subject, handle) => {
        const through = async (request: RpcRequest): Promise<unknown> => {
          await link.pass();
          return handle(request);
        };
        this.#servers.set(subject, [...(this.#servers.get(subject) ?? []), through]);
        return () => {
          const left = (this.#servers.get(subject) ?? []).filter((each) => each !== through);
          this.#servers.set(subject, left);
        };
      },
    };
  }
}

const ELECTION = {
  lookMs: 5,
  commandWaitMs: 400,
  leaderAnswerMs: 30,
  leaderRetryMs: 2,
  followWaitMs: 100,
  durableReadMs: 20,
  stalledMs: 20,
  campaignRestMs: 2,
};

class World {
  readonly log = new ContendedLog();
  readonly answers = new Map<number, string>();
  readonly #lease = new WorldLease();
  readonly #rpc = new WorldRpc();
  readonly #ids = new SequentialIds(2);
  readonly links: LogLink[] = [];
  readonly #candidates: Candidate[] = [];
  readonly #asked: Promise<void>[] = [];
  /** How often leading began, and how many leads at the moment per process. */
  leads = 0;

  async open(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      this.links.push(new LogLink(this.log));
      this.#candidates.push(await this.#openOne(index));
    }
  }

  ask(process: number, command: number): void {
    this.#asked.push(this.#ask(process, command));
  }

  depose(isTold: boolean): void {
    this.#lease.take(isTold);
  }

  /** Heals everything, opens what has failed, and waits for all that was asked. */
  async settle(): Promise<readonly Candidate[]> {
    for (const link of this.links) {
      link.isReachable = true;
      link.resume();
    }
    await Promise.all(this.#asked);
    this.#lease.take(true);
    this.#lease.tellAll();
    await waitFor(() => this.#reopenFailed(), 'all candidates to be well');
    await waitFor(() => this.#candidates.filter(({ isLeading }) => isLeading).length === 1, 'one leader');
    for (const [command, first] of this.answers) await this.#expectSame(command, first);
    await waitFor(async () => {
      await this.#reopenFailed();
      return this.#candidates.every(({ seq }) => seq === this.log.batches.length);
    }, 'all to have followed');
    return this.#candidates;
  }

  async close(): Promise<void> {
    await Promise.all(this.#candidates.map((candidate) => candidate.close()));
  }

  async #openOne(index: number): Promise<Candidate> {
    const link = this.links[index] as LogLink;
    const candidate = await openElectedWriter({
      definition: shop,
      context: 'shop',
      subject: 'decide',
      election: ELECTION,
      platform: {
        clock: new SystemClock(),
        ids: this.#ids,
        telemetry: new RecordingTelemetry(),
        snapshots: new MemorySnapshotStore(),
        lease: this.#lease,
        rpc: this.#rpc.through(link),
        openJournal: async () => {
          await link.pass();
          return new ContendedWriter(link);
        },
        followJournal: async () => new ContendedFollower(link),
      },
    });
    candidate.start(async () => {
      this.leads++;
      return () => undefined;
    });
    return candidate;
  }

  async #ask(process: number, command: number): Promise<void> {
    const candidate = this.#candidates[process % this.#candidates.length] as Candidate;
    const told = await outcomeOf(candidate, command);
    if (told === undefined) return;
    const known = this.answers.get(command) ?? told;
    expect(told).toBe(known);
    this.answers.set(command, told);
  }

  async #expectSame(command: number, first: string): Promise<void> {
    for (const candidate of this.#candidates) {
      const again = await waitFor(() => outcomeOf(candidate, command), `the answer of ${command}`);
      expect(again).toBe(first);
    }
  }

  async #reopenFailed(): Promise<boolean> {
    for (const [index, candidate] of this.#candidates.entries()) {
      if (!candidate.failed.aborted) continue;
      await candidate.close();
      this.#candidates[index] = await this.#openOne(index);
    }
    return this.#candidates.every(({ failed }) => !failed.aborted);
  }
}

/** The answer or refusal as text; undefined when nobody knows. */
async function outcomeOf(candidate: Candidate, command: number): Promise<string | undefined> {
  try {
    return JSON.stringify(await candidate.submit(takeOf(command), { commandId: `command-${command}` }));
  } catch (error) {
    return error instanceof Obstacle ? undefined : String(error);
  }
}

type Step =
  | { readonly type: 'ask'; readonly process: number; readonly commands: readonly number[] }
  | { readonly type: 'depose'; readonly isTold: boolean }
  | { readonly type: 'pause' | 'resume' | 'cut' | 'heal'; readonly process: number }
  | { readonly type: 'wait'; readonly ms: number };

const process = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('ask' as const),
      process,
      commands: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('depose' as const), isTold: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('pause', 'resume', 'cut', 'heal' as const), process }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat(12) }) },
);

async function run(world: World, steps: readonly Step[]): Promise<void> {
  for (const each of steps) {
    if (each.type === 'ask') for (const command of each.commands) world.ask(each.process, command);
    else if (each.type === 'depose') world.depose(each.isTold);
    else if (each.type === 'wait') await new Promise((resolve) => setTimeout(resolve, each.ms));
    else disturb(world.links[each.process] as LogLink, each.type);
  }
}

function disturb(link: LogLink, what: 'pause' | 'resume' | 'cut' | 'heal'): void {
  if (what === 'pause') link.pause();
  else if (what === 'resume') link.resume();
  else link.isReachable = what === 'heal';
}

/** What the log says, by a reader that knows nothing of leaders. */
function told(log: ContendedLog): { readonly units: Units; readonly commands: readonly string[] } {
  const units: Units = new Map();
  const commands: string[] = [];
  for (const { seq, events } of log.batches) {
    for (const { commandId, events: taken } of events as readonly CommandRecord<Take>[]) {
      commands.push(commandId);
      for (const event of taken) shop.evolve(units, event, seq);
    }
  }
  return { units, commands };
}

const { propertyRuns, propertySeed } = testConfig();

describe('processes that stand by for one writer', () => {
  test('answer the same for ever, apply nothing twice and come to one state, whatever happens to leaders', async () => {
    const property = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const world = new World();
      await world.open(3);
      try {
        await run(world, steps);
        const candidates = await world.settle();
        const { units, commands } = told(world.log);
        expect(new Set(commands).size).toBe(commands.length);
        for (const left of units.values()) expect(left).toBeGreaterThanOrEqual(0);
        for (const candidate of candidates)
          expect(Object.fromEntries(candidate.state)).toEqual(Object.fromEntries(units));
        for (const command of world.answers.keys()) expect(commands).toContain(`command-${command}`);
      } finally {
        await world.close();
      }
    });
    await fc.assert(property, {
      numRuns: Math.ceil(propertyRuns / 4),
      ...(propertySeed !== undefined && { seed: propertySeed }),
    });
  });
});
