import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { createErrorFormatter } from '../../../kernel/graphql/format-error.ts';
import { createSubgraphSchema } from '../../../kernel/graphql/create-subgraph-schema.ts';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../../kernel/testing/recording-telemetry.ts';
import { SequentialIds } from '../../../kernel/testing/sequential-ids.ts';
import { HttpSubgraphClient } from '../../clients/http-subgraph-client.ts';
import { InProcessSubgraphClient } from '../../clients/in-process-subgraph-client.ts';
import { GraphqlEngine } from '../../executor/graphql-engine.ts';
import { toResponseText } from '../../executor/prepared-operation.ts';
import type { SubgraphClient } from '../../executor/subgraph-client.ts';
import { DEFAULT_OPERATION_LIMITS } from '../../planner/operation-limits.ts';
import { CLERK, recorded } from '../../testing/open-shop-gateway.ts';
import type { Answered } from '../../testing/open-shop-gateway.ts';
import type { CompatibilityCase, Question, SubgraphUnderTest } from '../compatibility-case.ts';

/** A case behind a gateway. */
export interface OpenCase {
  ask(question: Question): Promise<{ readonly answer: Answered; readonly sent: readonly string[] }>;
  close(): Promise<void>;
}

/** How the subgraphs of a case are reached: compiled in this process, or served by Apollo Server. */
export type OpenClients = (
  subgraphs: CompatibilityCase['subgraphs'],
  world: World,
) => Promise<{ readonly clients: readonly SubgraphClient[]; readonly stop: () => Promise<void> }>;

export async function openCase(
  { subgraphs, overrideLabels = [] }: CompatibilityCase,
  openClients: OpenClients,
): Promise<OpenCase> {
  const supergraphSdl = compose(subgraphs);
  const world = createWorld();
  const { clients, stop } = await openClients(subgraphs, world);
  try {
    const sent: string[] = [];
    const engine = new GraphqlEngine({
      supergraphSdl,
      clients: clients.map((client) => recorded(client, sent)),
      limits: DEFAULT_OPERATION_LIMITS,
      scalars: [],
      overrideLabels,
      ...world,
    });
    const close = async (): Promise<void> => {
      await engine.close();
      await stop();
    };
    return { ask: (question) => ask(engine, question, sent), close };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ask(
  engine: GraphqlEngine,
  { query, variables, correlationId = 'c-1' }: Question,
  sent: string[],
): Promise<{ readonly answer: Answered; readonly sent: readonly string[] }> {
  sent.length = 0;
  const request = { query, ...(variables && { variables }) };
  const outcome = await engine.execute(request, { identity: CLERK, correlationId });
  return { answer: JSON.parse(toResponseText(outcome)) as Answered, sent: [...sent] };
}

/** @throws when the subgraphs do not compose */
export function compose(subgraphs: CompatibilityCase['subgraphs']): string {
  const services = Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(`they do not compose: ${errors?.map(String).join(' ')}`);
  return supergraphSdl;
}

export const inProcess: OpenClients = async (subgraphs, { format }) => ({
  clients: Object.entries(subgraphs).map(([name, { sdl, resolvers }]) => {
    const handle = {
      name,
      sdl,
      schema: createSubgraphSchema(sdl, resolvers),
      createContext: () => ({ identity: CLERK }),
      start: async () => undefined,
      stop: async () => undefined,
      readiness: () => ({ ready: true }),
    };
    return new InProcessSubgraphClient(handle, format);
  }),
  stop: async () => undefined,
});

export const overHttp: OpenClients = async (subgraphs, { clock }) => {
  const served = await Promise.all(Object.entries(subgraphs).map(([name, subgraph]) => serve(name, subgraph)));
  return {
    clients: served.map(({ name, url }) => new HttpSubgraphClient({ name, url, clock })),
    stop: async () => {
      await Promise.all(served.map(({ stop }) => stop()));
    },
  };
};

/** As any team would serve a subgraph with Apollo's packages; nothing of the hub is in it. */
async function serve(name: string, { sdl, resolvers }: SubgraphUnderTest) {
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as GraphQLResolverMap }]),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return { name, url, stop: () => server.stop() };
}

type World = ReturnType<typeof createWorld>;

function createWorld() {
  const [ids, telemetry] = [new SequentialIds(), new RecordingTelemetry()];
  return { clock: new FakeClock(), telemetry, format: createErrorFormatter({ ids, telemetry }) };
}
