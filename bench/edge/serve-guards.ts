import { readFileSync } from 'node:fs';
import { createLocalJWKSet } from 'jose';
import { JwtAuthenticator } from '../../gateway/auth/authenticator.ts';
import { DocumentRegister } from '../../gateway/documents/document-register.ts';
import { GraphqlEngine } from '../../gateway/executor/graphql-engine.ts';
import { ClientBudgets } from '../../gateway/limits/client-budgets.ts';
import { DEFAULT_CLIENT_LIMITS } from '../../gateway/limits/client-limits.ts';
import { DEFAULT_GATEWAY_LIMITS } from '../../gateway/gateway-limits.ts';
import { sha256 } from '../../gateway/planner/open-planner.ts';
import { createCors } from '../../gateway/transport/cors.ts';
import { mayBeForged } from '../../gateway/transport/csrf.ts';
import { UsageRegister } from '../../gateway/usage/usage-register.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { AUDIENCE_CONTRACTS } from '../../schema/contracts.ts';
import { serveMeasured } from '../measure/measured-process.ts';
import { BENCH_AUDIENCE, BENCH_ISSUER, issueBenchToken } from '../storefront/bench-token.ts';
import { OPERATIONS } from '../storefront/operations.ts';

/** What one guard took of a request, on average of a round. */
export interface GuardRound {
  readonly guard: string;
  readonly ns: number;
}

const { token, jwks } = await issueBenchToken();
const [clock, ids, telemetry] = [new SystemClock(), new UuidV7Ids(), silentTelemetry];
// Bounds that are counted and never met.
const limits = { ...DEFAULT_CLIENT_LIMITS, requestsPerWindowMax: 1e12, costPerWindowMax: 1e15 };
const budgets = new ClientBudgets({ limits, clock });
const usage = new UsageRegister({ clock, telemetry });
const engine = new GraphqlEngine({
  supergraphSdl: readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8'),
  clients: [],
  contracts: AUDIENCE_CONTRACTS,
  limits: DEFAULT_GATEWAY_LIMITS,
  budgets,
  usage,
  format: createErrorFormatter({ ids, telemetry }),
  telemetry,
});
const authenticator = new JwtAuthenticator({
  keys: createLocalJWKSet(jwks),
  issuer: BENCH_ISSUER,
  audience: BENCH_AUDIENCE,
  clock,
});
const { query, variables } = JSON.parse(OPERATIONS[0]?.bodies[0] ?? '') as {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};
const operations = [{ id: sha256(query), name: 'Storefront', type: 'query' as const, body: query }];
const documents = new DocumentRegister({ operations, onlyRegistered: true });
const cors = createCors({ origins: ['https://shop.example'] });
const headers = {
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
  'apollographql-client-name': 'storefront',
  'apollographql-client-version': '1.2.3',
  origin: 'https://shop.example',
};
const identity = await authenticator.authenticate(headers.authorization);
const caller = { identity, headers, address: '192.0.2.1' };
const prepared = engine.prepare({ query }, identity);

const guards: Readonly<Record<string, () => unknown>> = {
  'a token that was verified before': () => authenticator.authenticate(headers.authorization),
  'forgery and origin': () => mayBeForged(headers, 'browsers') || cors.headersFor(headers.origin),
  'rate of requests': () => budgets.admit(caller),
  'registered operations': () => documents.resolve({ query }),
  'contract, rights and plan': () => engine.prepare({ query }, identity),
  'cost, budget and usage': () => engine.charge(prepared, variables, caller),
};

serveMeasured('', {
  round: async ({ times }: { readonly times: number }): Promise<readonly GuardRound[]> => {
    const measured: GuardRound[] = [];
    for (const [guard, run] of Object.entries(guards)) {
      const before = process.cpuUsage();
      for (let n = 0; n < times; n++) await run();
      const { user, system } = process.cpuUsage(before);
      measured.push({ guard, ns: ((user + system) * 1_000) / times });
    }
    return measured;
  },
});
