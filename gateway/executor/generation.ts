import { SCALARS } from '../../kernel/graphql/scalars.ts';
import type { AnswerCache } from '../caching/answer-cache.ts';
import { observeClient } from '../clients/observe-client.ts';
import { DEFAULT_COST_LIMITS } from '../limits/cost-limits.ts';
import { createQueryPlanner } from '../planner/query-planner.ts';
import type { QueryPlanner } from '../planner/query-planner.ts';
import type { GraphqlEngineOptions } from './graphql-engine.ts';
import { OperationStore } from './operation-store.ts';
import { OperationStores } from './operation-stores.ts';
import type { SubgraphClient } from './subgraph-client.ts';

/** A supergraph and the ways to its subgraphs, as they are served together. */
export interface ServedSupergraph {
  readonly supergraphSdl: string;
  /** By the names that the supergraph gives the subgraphs; one that is missing fails its own fields alone. */
  readonly clients: readonly SubgraphClient[];
}

/** What follows from one supergraph. An operation runs to its end in the generation that it began in. */
export interface Generation {
  readonly planner: QueryPlanner;
  readonly stores: OperationStores;
  readonly clients: readonly SubgraphClient[];
  /** Undefined when no answers are kept. */
  readonly answers: AnswerCache | undefined;
}

/** @throws {SupergraphRefused} when the supergraph cannot be served */
export function createGeneration(
  { supergraphSdl, clients }: ServedSupergraph,
  options: Omit<GraphqlEngineOptions, keyof ServedSupergraph>,
): Generation {
  const { telemetry, limits, format, access, operationsMax = 1_000, contracts = [], scalars = SCALARS } = options;
  const planner = createQueryPlanner(supergraphSdl, scalars, options);
  const caches = options.caching?.forSupergraph(planner.supergraph.schema, clients);
  const observed = clients.map((client) => observeClient(client, telemetry));
  const kept = caches ? observed.map((client) => caches.cacheFetches(client)) : observed;
  const createStore = (shown: QueryPlanner): OperationStore =>
    new OperationStore({
      planner: shown,
      clients: byName(kept),
      freshClients: byName(observed),
      forwardedExtensions: options.forwardedExtensions,
      report: (failure, service) => {
        telemetry.count('subgraph_failures_total', { service });
        telemetry.log('warn', 'a subgraph gave no answer', { service, error: String(failure) });
      },
      limits,
      access: access ?? 'filter',
      introspection: options.introspection ?? true,
      listSizeAssumed: options.costLimits?.listSizeAssumed ?? DEFAULT_COST_LIMITS.listSizeAssumed,
      operationsMax,
      responseBytesMax: options.responseBytesMax ?? Infinity,
      format,
    });
  const stores = new OperationStores({ planner, scalars, contracts, createStore });
  return { planner, stores, clients, answers: caches?.answers };
}

function byName(clients: readonly SubgraphClient[]): ReadonlyMap<string, SubgraphClient> {
  return new Map(clients.map((client) => [client.name, client]));
}
