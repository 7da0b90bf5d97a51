import { readFileSync } from 'node:fs';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { invariant } from '../../kernel/model/errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import { consumeEvents } from './app/consume-events.ts';
import { openChangeLog } from './app/open-change-log.ts';
import { startTaskPolling, type TaskPolling } from './app/poll-tasks.ts';
import { createReturnLoader, createReturnsOfOrderLoader } from './app/read-returns.ts';
import { RETURNS_LIMITS, type ReturnsLimits } from './app/returns-limits.ts';
import type { ReturnsParts } from './app/returns-parts.ts';
import { openReturnsStore } from './app/returns-store.ts';
import type { ReturnPolicy } from './domain/return-policy.ts';
import { windowReturnPolicy } from './domain/window-return-policy.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { resolvers } from './graphql/resolvers.ts';

export interface ReturnsOptions {
  /** Default: `windowReturnPolicy()`. */
  readonly policy?: ReturnPolicy;
  /** Those that differ from RETURNS_LIMITS. */
  readonly limits?: Partial<ReturnsLimits>;
}

interface Running {
  readonly parts: ReturnsParts;
  readonly consumers: readonly Consumer[];
  readonly polling: TaskPolling;
}

/** The context that takes goods back. */
export function createReturns(platform: Platform, options: ReturnsOptions = {}): Subgraph {
  const sdl = readFileSync(new URL('../../schema/graphql/returns.graphql', import.meta.url), 'utf8');
  let running: Running | undefined;
  return {
    name: 'returns',
    sdl,
    schema: createSubgraphSchema(sdl, resolvers),
    createContext: (request): GraphqlContext => {
      invariant(running, 'returns is asked before it has started.');
      const { parts } = running;
      return {
        ...request,
        parts,
        returns: createReturnLoader(parts, request.identity),
        returnsOfOrder: createReturnsOfOrderLoader(parts, request.identity),
      };
    },
    start: async () => {
      invariant(!running, 'returns is started twice.');
      running = await start(platform, options);
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      await Promise.all(stopping?.consumers.map((consumer) => consumer.stop()) ?? []);
      await stopping?.polling.stop();
      await stopping?.parts.log.close();
    },
    readiness: () => (running ? { ready: true } : { ready: false, reason: 'returns has not started.' }),
  };
}

async function start(platform: Platform, options: ReturnsOptions): Promise<Running> {
  const store = await openReturnsStore(platform.documents);
  const log = await openChangeLog(platform, store);
  const parts: ReturnsParts = {
    platform,
    store,
    log,
    policy: options.policy ?? windowReturnPolicy(),
    limits: { ...RETURNS_LIMITS, ...options.limits },
  };
  const consumers = await consumeEvents(parts);
  return { parts, consumers, polling: startTaskPolling(parts) };
}
