import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { EMBEDDED_LIMITS } from '../../../../kernel/adapters/embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../../../../kernel/adapters/embedded/embedded-rpc.ts';
import { Obstacle, Refusal } from '../../../../kernel/model/errors.ts';
import type { Identity } from '../../../../kernel/model/identity.ts';
import type { ChangeMessage } from '../../../../kernel/ports/change-feed.ts';
import type { Telemetry } from '../../../../kernel/ports/telemetry.ts';
import { FakeClock } from '../../../../kernel/testing/fake-clock.ts';
import { SequentialIds } from '../../../../kernel/testing/sequential-ids.ts';
import { ANONYMOUS } from '../../../auth/authenticator.ts';
import { createGateway, type Gateway } from '../../../main.ts';
import { sharePlanners } from '../../../planner/testing/share-planners.ts';
import { createSubscriptions } from '../../create-subscriptions.ts';
import type { SubscriptionLimits } from '../../subscription-limits.ts';
import { FakeOwner } from '../fake-owner.ts';
import { FeedGate } from './feed-gate.ts';
import { MODEL_EVENTS, MODEL_SUPERGRAPHS, READERS } from './model-graph.ts';
import type { Wire } from './wires.ts';

/** So small that every bound is met in a run. */
const LIMITS: Partial<SubscriptionLimits> = {
  ringMessagesMax: 6,
  ringRecordsMax: 8,
  heldKeysMax: 3,
  deliveryTurnMembers: 2,
  unreadBytesMax: 400,
  stalledMsMax: 5_000,
  parkMs: 5_000,
  ownerRetriesMax: 3,
  ownerRetryMinMs: 1,
  ownerRetryMaxMs: 1,
  drainMs: 100,
};
const TOKEN = /^Bearer (\d+)\.(\d+)$/;
const DRAIN_STEP_MS = 500;

export interface ModelHubOptions {
  readonly wire: Wire;
  /** Of both gateways. */
  readonly telemetry: Telemetry;
}

export type OwnerName = 'inventory' | 'orders';

interface Running {
  readonly gateway: Gateway;
  readonly server: Server;
  /** The server's ends of what clients have opened. */
  readonly connections: Set<Duplex>;
  supergraph: 0 | 1;
}

/** Two gateways over one feed, and the owners of two change logs, all of which can be stopped, held up and replaced. */
export class ModelHub {
  readonly clock = new FakeClock();
  readonly gates = [new FeedGate(), new FeedGate()] as const;
  readonly owners: Readonly<Record<OwnerName, FakeOwner>>;
  /** Of what the second supergraph alone tells. */
  readonly returns: FakeOwner;
  readonly #wire: Wire;
  readonly #telemetry: Telemetry;
  readonly #rpc = new EmbeddedRpc(this.clock, EMBEDDED_LIMITS);
  readonly #gateways: Running[] = [];
  readonly #last = new Map<string, ChangeMessage>();
  #lostFor: ReadonlySet<number> = new Set();
  #opened = 0;

  private constructor({ wire, telemetry }: ModelHubOptions) {
    this.#wire = wire;
    this.#telemetry = telemetry;
    const wires = {
      changeFeed: { publish: (message: ChangeMessage) => this.#publish(message), subscribe },
      rpc: this.#rpc,
    };
    this.returns = new FakeOwner({ context: 'returns', event: 'return-changed', keyFields: ['return'] }, wires);
    this.owners = {
      inventory: new FakeOwner(
        { context: 'inventory', event: 'stock-changed', keyFields: ['sku', 'channel'], leavable: [] },
        wires,
      ),
      orders: new FakeOwner(
        { context: 'orders', event: 'order-changed', keyFields: ['order'], leavable: ['location'] },
        wires,
      ),
    };
  }

  static async open(options: ModelHubOptions): Promise<ModelHub> {
    const hub = new ModelHub(options);
    for (const index of hub.gates.keys()) hub.#gateways[index] = await hub.#openGateway(index);
    return hub;
  }

  dial(gateway: number): Duplex {
    const { server } = this.#at(gateway);
    return this.#wire.dial(server);
  }

  tokenOf(reader: number, expiresAtMs: number): string {
    return `${reader}.${expiresAtMs}`;
  }

  /** Runs with the messages to these gateways lost. */
  losing(gateways: readonly number[], publish: () => void): void {
    this.#lostFor = new Set(gateways);
    publish();
    this.#lostFor = new Set();
  }

  /** A transport that delivers at least once delivers this one again. */
  repeatLast(owner: OwnerName): void {
    const message = this.#last.get(owner);
    if (message?.epoch === this.owners[owner].epoch) this.#publish(message);
  }

  setAway(owner: OwnerName, isAway: boolean): void {
    this.owners[owner].beforeAnswer = isAway
      ? () => Promise.reject(new Obstacle('CONTEXT_UNAVAILABLE', 'The owner is away.'))
      : () => Promise.resolve();
  }

  reload(gateway: number): void {
    const running = this.#at(gateway);
    running.supergraph = running.supergraph === 0 ? 1 : 0;
    running.gateway.reload({ supergraphSdl: MODEL_SUPERGRAPHS[running.supergraph], clients: [] });
  }

  /** Another process takes the place of this one, which is told to stop or dies. */
  async restartGateway(index: number, isKilled: boolean): Promise<void> {
    await this.#stop(this.#at(index), isKilled);
    this.gates[index]?.release();
    this.#gateways[index] = await this.#openGateway(index);
  }

  async close(): Promise<void> {
    for (const running of this.#gateways) await this.#stop(running, true);
  }

  async #stop({ gateway, connections }: Running, isKilled: boolean): Promise<void> {
    if (isKilled) for (const connection of connections) connection.destroy();
    // The drain waits by the clock.
    const pass = setInterval(() => this.clock.advance(DRAIN_STEP_MS), 1);
    await gateway.close();
    clearInterval(pass);
    for (const connection of connections) connection.destroy();
  }

  #at(index: number): Running {
    const running = this.#gateways[index];
    if (!running) throw new Error(`There is no gateway ${index}.`);
    return running;
  }

  #publish(message: ChangeMessage): void {
    this.#last.set(message.context, message);
    for (const [index, gate] of this.gates.entries()) if (!this.#lostFor.has(index)) gate.publish(message);
  }

  async #openGateway(index: number): Promise<Running> {
    const changeFeed = this.gates[index];
    if (!changeFeed) throw new Error(`There is no feed ${index}.`);
    const opened = Promise.withResolvers<Server>();
    const [supergraphSdl] = MODEL_SUPERGRAPHS;
    const gateway = createGateway({
      supergraphSdl,
      clients: [],
      authenticator: { authenticate: async (authorization) => this.#authenticate(authorization) },
      clock: this.clock,
      ids: new SequentialIds(this.#opened++),
      telemetry: this.#telemetry,
      loadNative: sharePlanners,
      createSubscriptions: (host) => {
        const parts = { supergraphSdl, clients: [], events: MODEL_EVENTS, limits: LIMITS };
        const subscriptions = createSubscriptions({ host, ...parts, changeFeed, rpc: this.#rpc });
        const attach = (server: Server, path: string): void => {
          subscriptions.attach(server, path);
          opened.resolve(server);
        };
        return {
          attach,
          openStream: (accept) => subscriptions.openStream(accept),
          prepareReload: (next) => subscriptions.prepareReload(next),
          close: () => subscriptions.close(),
        };
      },
    });
    const server = await opened.promise;
    const connections = new Set<Duplex>();
    server.on('connection', (connection: Duplex) => {
      connections.add(connection);
      connection.once('close', () => connections.delete(connection));
    });
    await this.#wire.open(server);
    return { gateway, server, connections, supergraph: 0 };
  }

  #authenticate(authorization: string | undefined): Identity {
    if (authorization === undefined) return ANONYMOUS;
    const [, reader, expiresAtMs] = TOKEN.exec(authorization) ?? [];
    const claims = READERS[Number(reader)]?.claims;
    if (!claims || Number(expiresAtMs) <= this.clock.nowMs()) {
      throw new Refusal('UNAUTHENTICATED', 'The token is not valid here.');
    }
    return { subject: `reader-${reader}`, clientId: 'model', scopes: [], ...claims, expiresAtMs: Number(expiresAtMs) };
  }
}

/** Owners only publish. */
const subscribe = () => () => undefined;
