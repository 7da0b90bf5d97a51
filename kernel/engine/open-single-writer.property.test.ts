import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { refuse } from '../model/errors.ts';
import { testConfig } from '../testing/config.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal, MemoryLog } from '../testing/memory-journal.ts';
import { MemorySnapshotStore } from '../testing/memory-snapshot-store.ts';
import { RecordingTelemetry } from '../testing/recording-telemetry.ts';
import { SequentialIds } from '../testing/sequential-ids.ts';
import { openSingleWriter } from './open-single-writer.ts';
import type { SingleWriter } from './single-writer.ts';
import type { WriterDefinition } from './writer-definition.ts';

// Random commands, repeated and reordered at will, against a writer that is restarted, or that crashes with an append
// under way, at any step. Whatever happens: what was answered stays true, no command counts twice, nothing is oversold.

type Units = Map<string, number>;
interface Take {
  readonly sku: string;
  readonly units: number;
}

const STOCK = 20;

const shop: WriterDefinition<Units, Take, Take, { left: number }> = {
  initialState: () => new Map(),
  decide(state, { sku, units }) {
    const left = (state.get(sku) ?? STOCK) - units;
    return left < 0 ? refuse('INSUFFICIENT_STOCK', 'Not that much.') : { events: [{ sku, units }], answer: { left } };
  },
  evolve(state, { sku, units }) {
    state.set(sku, (state.get(sku) ?? STOCK) - units);
  },
  snapshot: {
    version: 1,
    encode: (state) => Buffer.from(JSON.stringify([...state])),
    decode: (bytes) => new Map(JSON.parse(Buffer.from(bytes).toString()) as [string, number][]),
  },
};

/** The content of a command follows from its id, so that a repetition is a true repetition. */
const takeOf = (command: number): Take => ({ sku: `sku-${command % 3}`, units: 1 + (command % 4) });

type Step =
  | { readonly type: 'submit'; readonly commands: readonly number[] }
  | { readonly type: 'restart' }
  | { readonly type: 'crash'; readonly commands: readonly number[]; readonly isWritten: boolean };

const commands = fc.array(fc.nat(40), { minLength: 1, maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('submit' as const), commands }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('crash' as const), commands, isWritten: fc.boolean() }) },
);

class Hub {
  readonly log = new MemoryLog();
  readonly answers = new Map<number, string>();
  readonly #platform = {
    clock: new FakeClock(),
    ids: new SequentialIds(),
    telemetry: new RecordingTelemetry(),
    snapshots: new MemorySnapshotStore(),
  };
  #journal = undefined as unknown as MemoryJournal;
  #writer = undefined as unknown as SingleWriter<Units, Take, Take, { left: number }>;

  async open(): Promise<void> {
    const openJournal = async (): Promise<MemoryJournal> => (this.#journal = new MemoryJournal(this.log));
    this.#writer = await openSingleWriter({
      definition: shop,
      context: 'shop',
      platform: { ...this.#platform, openJournal },
      limits: { snapshotEveryBatches: 3 },
    });
  }

  async run(action: Step): Promise<void> {
    if (action.type === 'submit') await Promise.all(action.commands.map((command) => this.#submit(command)));
    if (action.type === 'restart') await this.#writer.close();
    if (action.type === 'crash') await this.#crash(action);
    if (action.type !== 'submit') await this.open();
  }

  /** Every command that ever reached the log, again: each must be answered as the log says, and change nothing. */
  async verify(): Promise<void> {
    const live = new Map(this.#writer.state);
    await Promise.all(Array.from(this.answers.keys(), (command) => this.#submit(command)));
    expect(this.#writer.state).toEqual(live);
    const replayed: Units = new Map();
    const ids: string[] = [];
    for (const text of this.log.batches) {
      const { events } = JSON.parse(text) as { events: { commandId: string; events: Take[] }[] };
      for (const record of events) {
        ids.push(record.commandId);
        for (const event of record.events) shop.evolve(replayed, event, 0);
      }
    }
    expect(replayed).toEqual(live);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(0, ...live.values())).toBe(0);
    await this.#writer.close();
  }

  async #submit(command: number): Promise<void> {
    const outcome = await this.#writer.submit(takeOf(command), { commandId: `c${command}` }).then(
      (answer) => JSON.stringify(answer),
      (error: { code: string }) => error.code,
    );
    expect(outcome).toBe(this.answers.get(command) ?? outcome);
    this.answers.set(command, outcome);
  }

  /** The process ends with an append under way, of which nobody can tell whether it was written. */
  async #crash({ commands, isWritten }: { commands: readonly number[]; isWritten: boolean }): Promise<void> {
    const append = this.#journal.append.bind(this.#journal);
    this.#journal.append = async (batch, expectedPrev) => {
      if (isWritten) await append(batch, expectedPrev);
      throw new Error('the process is gone');
    };
    const submit = (command: number): Promise<unknown> =>
      this.#writer.submit(takeOf(command), { commandId: `c${command}` });
    await Promise.allSettled(commands.map(submit));
    await this.#writer.close();
  }
}

describe('a single writer', () => {
  test('keeps its word through repetitions, restarts and crashes at any step', async () => {
    const { propertyRuns, propertySeed } = testConfig();
    // Half of the usual number: one run is a whole history with crashes.
    const numRuns = Math.ceil(propertyRuns / 2);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const hub = new Hub();
        await hub.open();
        for (const each of steps) await hub.run(each);
        await hub.verify();
      }),
      { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) },
    );
  });
});
