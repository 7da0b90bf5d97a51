import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { HttpSubgraphClient } from '../../gateway/clients/http-subgraph-client.ts';
import { GraphqlEngine } from '../../gateway/executor/graphql-engine.ts';
import type { PreparedOperation } from '../../gateway/executor/prepared-operation.ts';
import { DEFAULT_GATEWAY_LIMITS } from '../../gateway/gateway-limits.ts';
import { PlannerProcess } from '../../gateway/planner/planner-process.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { BENCH_IDENTITY } from '../storefront/bench-token.ts';
import { createShopSubgraphs } from '../storefront/shop-subgraphs.ts';

export interface ServePlansArgument {
  /** Whether the native planner runs in a process of its own. */
  readonly isApart: boolean;
}

export interface PlanRequests {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly times: number;
}

export interface ColdRound {
  /** Time from the text to a compiled plan; CPU time would leave out that of the planner's process. */
  readonly us: number;
  /** Growth of the heap per operation that is kept. */
  readonly bytes: number;
}

const { isApart } = measuredArgument() as ServePlansArgument;
const [clock, ids, telemetry] = [new SystemClock(), new UuidV7Ids(), silentTelemetry];
const planner = isApart ? new PlannerProcess() : undefined;
const engine = new GraphqlEngine({
  supergraphSdl: readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8'),
  // Prepared as over HTTP, and never asked.
  clients: createShopSubgraphs().map(
    ({ name }) => new HttpSubgraphClient({ name, url: 'http://127.0.0.1:9/graphql', clock }),
  ),
  limits: DEFAULT_GATEWAY_LIMITS,
  operationsMax: 100_000,
  ...(planner && { loadNative: planner.load }),
  format: createErrorFormatter({ ids, telemetry }),
  telemetry,
});
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
let documents = 0;

function compile(query: string, variables: PlanRequests['variables']): PreparedOperation {
  const prepared = engine.prepare({ query }, BENCH_IDENTITY);
  prepared.variantFor(engine.coerceVariables(prepared, variables));
  return prepared;
}

serveMeasured('', {
  hit: ({ query, variables, times }: PlanRequests): number => {
    compile(query, variables);
    const before = process.cpuUsage();
    for (let n = 0; n < times; n++) compile(query, variables);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1_000) / times;
  },
  cold: ({ query, variables, times }: PlanRequests): ColdRound => {
    // A comment makes a document of its own. The texts exist before anything is measured.
    const queries = Array.from({ length: times }, () => Buffer.from(`${query}\n# ${documents++}`).toString());
    collectGarbage();
    const heapBefore = process.memoryUsage().heapUsed;
    const startedMs = performance.now();
    for (const each of queries) compile(each, variables);
    const us = ((performance.now() - startedMs) * 1_000) / times;
    collectGarbage();
    return { us, bytes: (process.memoryUsage().heapUsed - heapBefore) / times };
  },
});
