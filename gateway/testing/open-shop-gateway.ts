import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { join } from 'node:path';
import { serveSubgraph } from '../../kernel/graphql/serve-subgraph.ts';
import type { ServedSubgraph } from '../../kernel/graphql/serve-subgraph.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../kernel/testing/sequential-ids.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import type { GraphqlRequest } from '../executor/graphql-engine.ts';
import { HttpSubgraphClient } from '../clients/http-subgraph-client.ts';
import { InProcessSubgraphClient } from '../clients/in-process-subgraph-client.ts';
import { toResponseText } from '../executor/prepared-operation.ts';
import type { AnswerError } from '../executor/project-answer.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../planner/operation-limits.ts';
import type { OperationLimits } from '../planner/operation-limits.ts';
import { createShop } from './shop-subgraphs.ts';
import type { ShopState } from './shop-subgraphs.ts';

export const IDENTITY_SECRET = 'a secret that only tests use';
export const CLERK: Identity = { subject: 'clerk', clientId: 'tests', scopes: [], stores: [] };

export interface Answered {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AnswerError[];
}

export interface ShopGateway {
  readonly engine: GraphqlEngine;
  readonly state: ShopState;
  readonly telemetry: RecordingTelemetry;
  /** Operations that were sent, as `service: text`. */
  readonly sent: string[];
  ask(query: string, rest?: Omit<GraphqlRequest, 'query'>, identity?: Identity): Promise<Answered>;
  close(): Promise<void>;
}

export interface ShopGatewayOptions {
  readonly limits?: Partial<OperationLimits>;
  /** Puts other clients in place of some. */
  readonly replace?: (client: SubgraphClient) => SubgraphClient | undefined;
}

/** The shop behind a gateway, with its subgraphs in this process. */
export async function openShopInProcess(options: ShopGatewayOptions = {}): Promise<ShopGateway> {
  const shop = createShop();
  const world = createWorld();
  const clients = shop.subgraphs.map((subgraph) => new InProcessSubgraphClient(subgraph, world.format));
  return assemble(shop, { ...world, clients, closeServers: async () => undefined }, options);
}

/** The shop behind a gateway, with each subgraph on a port of its own, answered by Apollo Server. */
export function openShopOverHttp(options: ShopGatewayOptions = {}): Promise<ShopGateway> {
  return openServedShop(options, { urlOf: ({ url }) => url });
}

/** The same over the lean endpoints of the subgraphs. */
export function openShopOverLeanHttp(options: ShopGatewayOptions = {}): Promise<ShopGateway> {
  return openServedShop(options, { urlOf: ({ leanUrl }) => leanUrl });
}

/** The same over socket files in a folder. */
export function openShopOverSockets(directory: string, options: ShopGatewayOptions = {}): Promise<ShopGateway> {
  return openServedShop(options, { urlOf: ({ socketUrl }) => socketUrl ?? '', directory });
}

async function openServedShop(
  options: ShopGatewayOptions,
  { urlOf, directory }: { readonly urlOf: (served: ServedSubgraph) => string; readonly directory?: string },
): Promise<ShopGateway> {
  const shop = createShop();
  const world = createWorld();
  const serving = { port: 0, identitySecret: IDENTITY_SECRET, ...world };
  const served = await Promise.all(
    shop.subgraphs.map((subgraph) =>
      serveSubgraph(subgraph, {
        ...serving,
        ...(directory !== undefined && { socketPath: join(directory, `${subgraph.name}.sock`) }),
      }),
    ),
  );
  const clients = shop.subgraphs.map(
    ({ name }, index) =>
      new HttpSubgraphClient({
        name,
        url: urlOf(served[index] as ServedSubgraph),
        identitySecret: IDENTITY_SECRET,
        clock: world.clock,
      }),
  );
  const closeServers = async (): Promise<void> => {
    await Promise.all(served.map((server) => server.close()));
  };
  return assemble(shop, { ...world, clients, closeServers }, options);
}

interface World {
  readonly clock: FakeClock;
  readonly ids: SequentialIds;
  readonly telemetry: RecordingTelemetry;
  readonly format: ReturnType<typeof createErrorFormatter>;
}

function createWorld(): World {
  const [ids, telemetry] = [new SequentialIds(), new RecordingTelemetry()];
  return { clock: new FakeClock(), ids, telemetry, format: createErrorFormatter({ ids, telemetry }) };
}

function assemble(
  { supergraphSdl, state }: ReturnType<typeof createShop>,
  world: World & { readonly clients: readonly SubgraphClient[]; readonly closeServers: () => Promise<void> },
  { limits, replace }: ShopGatewayOptions,
): ShopGateway {
  const sent: string[] = [];
  const engine = new GraphqlEngine({
    supergraphSdl,
    clients: world.clients.map((client) => recorded(replace?.(client) ?? client, sent)),
    limits: { ...DEFAULT_OPERATION_LIMITS, ...limits },
    format: world.format,
    telemetry: world.telemetry,
  });
  return {
    engine,
    state,
    telemetry: world.telemetry,
    sent,
    ask: async (query, rest = {}, identity = CLERK) => {
      const outcome = await engine.execute({ query, ...rest }, { identity, correlationId: 'c-1' });
      return JSON.parse(toResponseText(outcome)) as Answered;
    },
    close: async () => {
      await engine.close();
      await world.closeServers();
    },
  };
}

/** A client that writes down what it is asked, as `name: operation`. */
export function recorded(client: SubgraphClient, sent: string[]): SubgraphClient {
  return {
    name: client.name,
    prepare: (operation) => {
      const run = client.prepare(operation);
      return (variables, context) => {
        sent.push(`${client.name}: ${operation.text}`);
        return run(variables, context);
      };
    },
    close: () => client.close(),
  };
}
