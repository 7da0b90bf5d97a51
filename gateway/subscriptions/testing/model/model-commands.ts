import fc from 'fast-check';
import type { ChangeRecord } from '../../../../kernel/ports/change-feed.ts';
import { ChangeHistory } from './change-history.ts';
import { ModelClient, TOKEN_LASTS_MS, type Connecting } from './model-client.ts';
import { CHANNELS, LOCATIONS, ORDERS, READERS, SKUS, type Value } from './model-graph.ts';
import { ModelHub, type ModelHubOptions, type OwnerName } from './model-hub.ts';

/** What the owners have recorded, and nothing of how it is told. */
export type Histories = Readonly<Record<OwnerName, ChangeHistory>>;

/** The gateways and their clients. */
export interface Scene {
  readonly hub: ModelHub;
  readonly clients: readonly ModelClient[];
  /** Backups of what the owners held. */
  readonly backups: Partial<Record<OwnerName, ReadonlyMap<string, ChangeRecord>>>;
  epochs: number;
}

const PASS_STEP_MS = 5_000;
const PASS_STEP_TURNS = 6;

export type SceneCommand = fc.AsyncCommand<Histories, Scene>;

export async function openScene(
  options: ModelHubOptions,
): Promise<{ readonly model: Histories; readonly real: Scene }> {
  const hub = await ModelHub.open(options);
  const histories = {
    inventory: new ChangeHistory(hub.owners.inventory.epoch),
    orders: new ChangeHistory(hub.owners.orders.epoch),
  };
  const clients = READERS.map((_reader, index) => new ModelClient(index, { hub, histories }));
  for (const [index, each] of clients.entries()) {
    each.connect({ gateway: index % 2, door: index % 3 === 0 ? 'stream' : 'socket', forgets: true });
  }
  return { model: histories, real: { hub, clients, backups: {}, epochs: 1 } };
}

/** Time for the engine to work, in turns of the event loop. */
export async function passTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Who is pinged answers in between. */
async function pass({ clock }: ModelHub, ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= PASS_STEP_MS) {
    clock.advance(Math.min(leftMs, PASS_STEP_MS));
    await passTurns(PASS_STEP_TURNS);
  }
}

const turnsAfter = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constant(12) });
const gateway = fc.nat(1);
const owner = fc.constantFrom<OwnerName>('inventory', 'orders');
const client = fc.nat(READERS.length - 1);

interface Told {
  readonly model: Histories;
  readonly real: Scene;
}

/** A command that can always be given. */
function command<Given extends object>(
  name: string,
  given: fc.Arbitrary<Given>,
  run: (given: Given, told: Told) => void | Promise<void>,
): fc.Arbitrary<SceneCommand> {
  return fc.tuple(given, turnsAfter).map(([chosen, turns]) => ({
    check: () => true,
    run: async (model: Histories, real: Scene) => {
      await run(chosen, { model, real });
      await passTurns(turns);
    },
    toString: () => `${name}(${JSON.stringify(chosen)}, ${turns})`,
  }));
}

/** As `command`, for one of the clients that are open, or of those that are not. */
function clientCommand<Given extends object>(
  name: string,
  { given, isOpen }: { readonly given: fc.Arbitrary<Given>; readonly isOpen: boolean },
  run: (client: ModelClient, given: Given) => void,
): fc.Arbitrary<SceneCommand> {
  return command(name, fc.record({ client, given }), (chosen, { real }) => {
    const found = real.clients[chosen.client];
    if (found && found.isOpen === isOpen) run(found, chosen.given);
  });
}

const lostFor = fc.oneof(
  { weight: 6, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constantFrom([0], [1], [0, 1]) },
);
const amount = fc.nat(99);
const stock = fc.record({ sku: fc.constantFrom(...SKUS), channel: fc.constantFrom(...CHANNELS), amount });
const order = fc
  .record({ order: fc.constantFrom(...(Object.keys(ORDERS) as (keyof typeof ORDERS)[])), amount })
  .chain((named) =>
    fc.constantFrom(...LOCATIONS).map((location) => ({ ...named, location, customer: ORDERS[named.order] })),
  );
const change = fc.oneof(
  fc.record({ of: fc.constant('inventory' as const), value: stock, lostFor }),
  fc.record({ of: fc.constant('orders' as const), value: order, lostFor }),
);

function record({ model, real }: Told, of: OwnerName, value: Value, lost: readonly number[]): void {
  real.hub.losing(lost, () => {
    const { seq, records } = real.hub.owners[of].change([value]);
    for (const { key } of records) model[of].record({ seq, key, value });
  });
}

function beginLog({ model, real }: Told, of: OwnerName, backup: ReadonlyMap<string, ChangeRecord> | undefined): void {
  const changed = real.hub.owners[of];
  changed.restart(`epoch0000${++real.epochs}`, backup);
  const began = new Map([...changed.state({})].map(([key, { value }]) => [key, value]));
  model[of].beginAnew(changed.epoch, changed.seq, began);
}

const connecting: fc.Arbitrary<Connecting> = fc.record({
  gateway,
  door: fc.constantFrom('socket' as const, 'socket' as const, 'stream' as const),
  forgets: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
});
const nothing = fc.constant({});
const stopReading = clientCommand('stopReading', { given: nothing, isOpen: true }, (each) => each.stopReading());

/** The often first. */
export const SCENE_COMMANDS: readonly fc.Arbitrary<SceneCommand>[] = [
  ...Array.from({ length: 16 }, () =>
    command('change', change, ({ of, value, lostFor: lost }, told) => record(told, of, value, lost)),
  ),
  ...Array.from({ length: 5 }, () =>
    clientCommand('subscribe', { given: connecting, isOpen: false }, (each, given) => each.connect(given)),
  ),
  clientCommand('disconnect', { given: nothing, isOpen: true }, (each) => each.disconnect()),
  ...Array.from({ length: 2 }, () => stopReading),
  clientCommand('readOn', { given: nothing, isOpen: true }, (each) => each.readOn()),
  clientCommand('renewToken', { given: nothing, isOpen: true }, (each) => each.renew()),
  command('pass', fc.record({ ms: fc.constantFrom(50, 250, 1_000, 6_000, TOKEN_LASTS_MS) }), ({ ms }, { real }) =>
    pass(real.hub, ms),
  ),
  command('holdFeed', fc.record({ gateway }), (given, { real }) => real.hub.gates[given.gateway]?.hold()),
  command('releaseFeed', fc.record({ gateway }), (given, { real }) => real.hub.gates[given.gateway]?.release()),
  command('heartbeat', fc.record({ owner }), (given, { real }) => real.hub.owners[given.owner].heartbeat()),
  command('repeatMessage', fc.record({ owner }), (given, { real }) => real.hub.repeatLast(given.owner)),
  command('forget', fc.record({ owner, keeps: fc.nat(6) }), ({ owner: of, keeps }, { real }) =>
    real.hub.owners[of].forgetBut(keeps),
  ),
  command('ownerAway', fc.record({ owner, isAway: fc.boolean() }), ({ owner: of, isAway }, { real }) =>
    real.hub.setAway(of, isAway),
  ),
  command('replaceOwner', fc.record({ owner }), (given, { real }) => real.hub.owners[given.owner].replaceProcess()),
  command('backUp', fc.record({ owner }), ({ owner: of }, { real }) => {
    real.backups[of] = real.hub.owners[of].backup();
  }),
  command('restore', fc.record({ owner, isOld: fc.boolean() }), ({ owner: of, isOld }, told) =>
    beginLog(told, of, isOld ? told.real.backups[of] : undefined),
  ),
  command('reload', fc.record({ gateway }), (given, { real }) => real.hub.reload(given.gateway)),
  command('restartGateway', fc.record({ gateway, isKilled: fc.boolean() }), (given, { real }) =>
    real.hub.restartGateway(given.gateway, given.isKilled),
  ),
];

const SETTLE_TURNS_MAX = 600;
const TURNS_EACH = 3;

/** Everything that was in the way is taken away, and whoever is not connected comes again with its last cursor. */
export async function settle({ hub, clients }: Scene): Promise<void> {
  for (const gate of hub.gates) gate.release();
  for (const each of ['inventory', 'orders'] as const) hub.setAway(each, false);
  for (let turn = 0; turn < SETTLE_TURNS_MAX && !clients.every(({ isUpToDate }) => isUpToDate); turn++) {
    for (const [index, each] of clients.entries()) {
      each.readOn();
      if (!each.isOpen) each.connect({ gateway: index % 2, door: 'socket', forgets: false });
    }
    hub.owners.inventory.heartbeat();
    hub.owners.orders.heartbeat();
    hub.clock.advance(100);
    // The repetitions of a question to an owner wait by the machine's clock.
    if (turn % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 2));
    await passTurns(TURNS_EACH);
  }
}
