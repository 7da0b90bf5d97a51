import { readFileSync } from 'node:fs';
import { createClient, type Client, type ClientOptions } from 'graphql-ws';
import { WebSocket } from 'ws';
import { invariant, Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../../kernel/testing/sequential-ids.ts';
import { ROLES } from '../../../schema/scopes.ts';
import { ANONYMOUS } from '../../auth/authenticator.ts';
import type { EdgePolicy } from '../../edge-policy.ts';
import type { SubgraphClient, SubgraphResult, Variables } from '../../executor/subgraph-client.ts';
import { createGateway, GRAPHQL_PATH } from '../../main.ts';
import { sharePlanners } from '../../planner/testing/share-planners.ts';
import { createSubscriptions, type Subscriptions } from '../create-subscriptions.ts';
import type { SubscriptionLimits } from '../subscription-limits.ts';
import { createWires, FakeOwner } from './fake-owner.ts';

const SUPERGRAPH_SDL = readFileSync(new URL('../../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');

/** Tokens that the gateway of a test knows. */
export const CALLERS: Readonly<Record<string, Identity>> = {
  store: { subject: 's', clientId: 'tests', scopes: ROLES.store, stores: ['S1'] },
  agent: { subject: 'a', clientId: 'tests', scopes: ROLES.agent, stores: '*' },
  shopper: { subject: 'c', clientId: 'tests', scopes: ROLES.shopper, stores: [], customer: 'C1' },
  nobody: { subject: 'n', clientId: 'tests', scopes: ROLES.shopper, stores: [] },
};

export interface Fetched {
  readonly service: string;
  readonly text: string;
  readonly variables: Variables;
  readonly identity: Identity;
}

export interface LiveGateway {
  readonly url: string;
  readonly clock: FakeClock;
  readonly telemetry: RecordingTelemetry;
  readonly inventory: FakeOwner;
  readonly orders: FakeOwner;
  readonly subscriptions: Subscriptions;
  /** What was asked of subgraphs. */
  readonly fetched: Fetched[];
  /** What subgraphs answer; a test may replace it. */
  answer: (fetched: Fetched) => SubgraphResult | Promise<SubgraphResult>;
  /** Known from then on. */
  addCaller(token: string, identity: Identity): void;
  /** Its issuer has taken it back. */
  removeCaller(token: string): void;
  /** Awaited before a token is looked at; may throw. */
  beforeAuthenticating: () => Promise<void>;
  connect(token?: string, options?: Partial<ClientOptions>): Client;
  close(): Promise<void>;
}

/** Subscriptions over real sockets, with owners and subgraphs that a test controls. */
export async function openLiveGateway(
  limits: Partial<SubscriptionLimits> = {},
  policy: EdgePolicy = {},
): Promise<LiveGateway> {
  const [clock, ids, telemetry] = [new FakeClock(), new SequentialIds(), new RecordingTelemetry()];
  const callers = new Map(Object.entries(CALLERS));
  const fetched: Fetched[] = [];
  const clients = ['products', 'inventory', 'orders', 'returns'].map((service): SubgraphClient => ({
    name: service,
    prepare:
      ({ text }) =>
      (variables, { identity }) => {
        const fetch = { service, text, variables, identity };
        fetched.push(fetch);
        return gateway.answer(fetch);
      },
    close: () => Promise.resolve(),
  }));
  const authenticator = {
    authenticate: async (authorization: string | undefined): Promise<Identity> => {
      await gateway.beforeAuthenticating();
      if (authorization === undefined) return ANONYMOUS;
      const identity = callers.get(authorization.replace('Bearer ', ''));
      if (!identity) throw new Refusal('UNAUTHENTICATED', 'The token is not valid here.');
      return identity;
    },
  };
  const wires = createWires(clock);
  let subscriptions: Subscriptions | undefined;
  const http = createGateway({
    supergraphSdl: SUPERGRAPH_SDL,
    clients,
    loadNative: sharePlanners,
    ...policy,
    authenticator,
    clock,
    ids,
    telemetry,
    createSubscriptions: (host) => {
      subscriptions = createSubscriptions({
        host,
        supergraphSdl: SUPERGRAPH_SDL,
        clients,
        ...wires,
        limits: { ownerRetryMinMs: 1, ownerRetryMaxMs: 4, ownerRetriesMax: 3, drainMs: 100, ...limits },
      });
      return subscriptions;
    },
  });
  const url = `${(await http.listen(0)).replace('http', 'ws')}${GRAPHQL_PATH}`;
  invariant(subscriptions, 'the gateway makes its subscriptions at once');
  const opened: Client[] = [];
  const gateway: LiveGateway = {
    url,
    clock,
    telemetry,
    inventory: new FakeOwner(
      { context: 'inventory', event: 'availability-changed', keyFields: ['sku', 'channel'], leavable: [] },
      wires,
    ),
    orders: new FakeOwner(
      { context: 'orders', event: 'order-status-changed', keyFields: ['order'], leavable: ['channel'] },
      wires,
    ),
    subscriptions,
    fetched,
    answer: () => ({ data: {} }),
    addCaller: (token, identity) => callers.set(token, identity),
    removeCaller: (token) => void callers.delete(token),
    beforeAuthenticating: () => Promise.resolve(),
    connect: (token, options) => {
      const client = createClient({
        url,
        webSocketImpl: WebSocket,
        lazy: true,
        retryAttempts: 0,
        ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
        ...options,
      });
      opened.push(client);
      return client;
    },
    close: async () => {
      for (const client of opened) await client.dispose();
      const closed = http.close();
      // The drain waits by the clock.
      const pass = setInterval(() => clock.advance(1_000), 1);
      await closed;
      clearInterval(pass);
    },
  };
  return gateway;
}
