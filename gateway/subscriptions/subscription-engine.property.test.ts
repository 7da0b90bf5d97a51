import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import type { Frame } from './frame.ts';
import type { SharedFrame } from './shared-frame.ts';
import type { LiveOperation } from './live-operations.ts';
import { SubscriptionEngine } from './subscription-engine.ts';
import { SUBSCRIPTION_LIMITS } from './subscription-limits.ts';
import { createWires, FakeOwner } from './testing/fake-owner.ts';
import type { Position, Topic } from './topic.ts';

/**
 * Whatever happens on the way (messages that are lost or come twice, clients that break off, stall and resume, a log
 * that is replaced), every client ends with exactly the state of the owner, and no version it was told ever goes back.
 */

const { propertyRuns, propertySeed } = testConfig();
const SETTLE_TURNS_MAX = 500;
const TOPIC: Topic = {
  field: 'stockChanged',
  context: 'inventory',
  event: 'stock-changed',
  keyFields: ['sku'],
  filters: new Map([['place', 'place']]),
  restrictions: new Map(),
};
const PLACES = ['P1', 'P2'] as const;

class Client {
  readonly place: string;
  readonly filters;
  readonly state = new Map<string, unknown>();
  readonly faults: string[] = [];
  readonly #versions = new Map<string, number>();
  readonly #waiting: (() => void)[] = [];
  cursor: Position | undefined;
  isReady = true;
  isOpen = false;
  #leave: () => void = () => undefined;

  constructor(place: string) {
    this.place = place;
    this.filters = [{ place: [place] }];
  }

  connect(engine: SubscriptionEngine, minIntervalMs: number): void {
    if (this.isOpen) return;
    this.isOpen = true;
    let isThisOne = true;
    const operation = {
      topic: TOPIC,
      filters: this.filters,
      minIntervalMs,
      after: this.cursor,
      groupKey: this.place,
      run: (frame: Frame) => JSON.stringify(frame),
    } as Partial<LiveOperation> as LiveOperation;
    const leave = engine.subscribe(operation, {
      id: '1',
      outlet: this.#outlet(() => isThisOne),
      fail: (error) => this.faults.push(String(error)),
      complete: () => this.faults.push('completed'),
    });
    this.#leave = () => {
      isThisOne = false;
      leave();
    };
  }

  /** The socket breaks. What was not yet received is gone; the cursor is what the client remembers. */
  kill(): void {
    this.#leave();
    this.isOpen = false;
    this.isReady = true;
    this.#waiting.length = 0;
  }

  has(state: ReadonlyMap<string, ChangeRecord>): boolean {
    const amounts = amountsOf(state);
    return amounts.size === this.state.size && [...amounts].every(([key, amount]) => this.state.get(key) === amount);
  }

  stall(): void {
    this.isReady = false;
  }

  unstall(): void {
    this.isReady = true;
    for (const run of this.#waiting.splice(0)) run();
  }

  #outlet(isCurrent: () => boolean) {
    const isReady = (): boolean => this.isReady;
    return {
      get isReady() {
        return isReady();
      },
      whenReady: (run: () => void) => {
        if (this.isReady) run();
        else this.#waiting.push(run);
      },
      send: (_id: string, { payload }: SharedFrame) => {
        if (isCurrent()) this.#receive(JSON.parse(payload) as Frame);
      },
      tryAgainLater: () => this.kill(),
    };
  }

  #receive(frame: Frame): void {
    if (frame.reset) {
      this.state.clear();
      this.#versions.clear();
    }
    for (const { key, version, deleted, value } of frame.changes) {
      const known = this.#versions.get(key) ?? 0;
      if (version < known) this.faults.push(`${key} went back from ${known} to ${version}`);
      this.#versions.set(key, version);
      if (deleted) this.state.delete(key);
      else this.state.set(key, value['amount']);
    }
    this.cursor = frame.position;
  }
}

type Action =
  | {
      readonly type: 'change';
      readonly sku: string;
      readonly place: string;
      readonly amount: number;
      readonly isLost: boolean;
    }
  | { readonly type: 'kill' | 'connect' | 'stall' | 'unstall'; readonly client: number }
  | { readonly type: 'repeat' | 'heartbeat' | 'restart' }
  | { readonly type: 'forget' | 'pass'; readonly amount: number };

const client = fc.nat(3);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('change' as const),
      sku: fc.constantFrom('A', 'B', 'C', 'D'),
      place: fc.constantFrom(...PLACES),
      amount: fc.nat(99),
      isLost: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('kill', 'connect', 'stall', 'unstall'), client }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('heartbeat', 'repeat') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('forget', 'pass'), amount: fc.nat(5) }) },
);

interface Step {
  /** Turns of the event loop before it happens; the engine works in them. */
  readonly turns: number;
  readonly each: Action;
}

const step: fc.Arbitrary<Step> = fc.record({ turns: fc.nat(4), each: action });

interface Weather {
  readonly minIntervalMs: number;
  /** Turns that the owner takes to answer. */
  readonly answerTurns: number;
}

const weather: fc.Arbitrary<Weather> = fc.record({ minIntervalMs: fc.constantFrom(0, 250), answerTurns: fc.nat(6) });

async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function run(steps: readonly Step[], { minIntervalMs, answerTurns }: Weather): Promise<void> {
  const clock = new FakeClock();
  const wires = createWires(clock);
  const owner = new FakeOwner(
    { context: 'inventory', event: TOPIC.event, keyFields: TOPIC.keyFields, leavable: ['place'] },
    wires,
  );
  owner.beforeAnswer = () => pass(answerTurns);
  owner.afterAnswer = () => pass(answerTurns);
  const engine = new SubscriptionEngine({
    ...wires,
    topics: [TOPIC],
    clock,
    ids: new SequentialIds(),
    telemetry: new RecordingTelemetry(),
    limits: {
      ...SUBSCRIPTION_LIMITS,
      ringRecordsMax: 3,
      ownerRetryMinMs: 1,
      ownerRetryMaxMs: 1,
      heldKeysMax: 3,
      deliveryTurnMembers: 1,
    },
  });
  const clients = [0, 1, 2, 3].map((index) => new Client(PLACES[index % 2] ?? 'P1'));
  let last: ReturnType<FakeOwner['change']> | undefined;
  let epochs = 1;
  for (const each of clients) each.connect(engine, minIntervalMs);
  for (const { each, turns } of steps) {
    await pass(turns);
    switch (each.type) {
      case 'change':
        last = owner.change([{ sku: each.sku, place: each.place, amount: each.amount }], { isLost: each.isLost });
        break;
      case 'repeat':
        if (last?.epoch === owner.epoch) wires.changeFeed.publish(last);
        break;
      case 'heartbeat':
        owner.heartbeat();
        break;
      case 'restart':
        owner.restart(`epoch0000${++epochs}`);
        break;
      case 'forget':
        owner.retainedAfter = Math.max(owner.retainedAfter, owner.seq - each.amount);
        break;
      case 'pass':
        clock.advance(each.amount * 100);
        break;
      case 'connect':
        clients[each.client]?.connect(engine, minIntervalMs);
        break;
      case 'kill':
        clients[each.client]?.kill();
        break;
      case 'stall':
        clients[each.client]?.stall();
        break;
      case 'unstall':
        clients[each.client]?.unstall();
        break;
    }
  }
  await settle({ owner, clients, connect: (each) => each.connect(engine, minIntervalMs), clock });
  engine.close();
}

interface Settling {
  readonly owner: FakeOwner;
  readonly clients: readonly Client[];
  readonly clock: FakeClock;
  readonly connect: (client: Client) => void;
}

function amountsOf(state: ReadonlyMap<string, ChangeRecord>): Map<string, unknown> {
  return new Map([...state].map(([key, { value }]) => [key, value['amount']]));
}

async function settle({ owner, clients, clock, connect }: Settling): Promise<void> {
  let apart = clients;
  for (let turn = 0; turn < SETTLE_TURNS_MAX && apart.length > 0; turn++) {
    owner.heartbeat();
    for (const each of clients) {
      each.unstall();
      connect(each);
    }
    clock.advance(200);
    // The repetitions of a question to the owner wait by the machine's clock.
    await (turn % 10 === 9 ? sleep(2) : new Promise((resolve) => setImmediate(resolve)));
    apart = clients.filter((each) => !each.has(owner.state({ place: [each.place] })));
  }
  for (const each of apart) expect(each.state).toEqual(amountsOf(owner.state({ place: [each.place] })));
  for (const { faults } of clients) expect(faults).toEqual([]);
}

test('every client converges to the state of the owner, and no version goes back', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), weather, run), {
    numRuns: propertyRuns,
    ...(propertySeed !== undefined && { seed: propertySeed }),
  });
});
