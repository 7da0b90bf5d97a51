import { readFileSync } from 'node:fs';
import { createSubgraphSchema } from '../../kernel/graphql/create-subgraph-schema.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { invariant } from '../../kernel/model/errors.ts';
import type { Collection } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import type { Erp } from '../../connectors/erp/port.ts';
import type { OutboundCommands } from '../../connectors/outbound/port.ts';
import { consumeEvents } from './app/consume-events.ts';
import { serveErasure } from './app/erase-customer.ts';
import { openChangeLog } from './app/open-change-log.ts';
import { startTaskPolling, type TaskPolling } from './app/poll-tasks.ts';
import { openPosting, type Posting } from './app/posting/open-posting.ts';
import type { PostingLimits } from './app/posting/posting-limits.ts';
import { openPostingStore } from './app/posting/posting-store.ts';
import { createPostingLoader } from './app/posting/read-postings.ts';
import { createReturnLoader, createReturnsOfOrderLoader } from './app/read-returns.ts';
import { RETURNS_LIMITS, type ReturnsLimits } from './app/returns-limits.ts';
import type { ReturnsParts } from './app/returns-parts.ts';
import { openReturnsStore } from './app/returns-store.ts';
import type { PostingState } from './domain/posting/posting-state.ts';
import type { ReturnPolicy } from './domain/return-policy.ts';
import type { ReturnRules } from './domain/return-rules.ts';
import { ruleReturnPolicy } from './domain/rule-return-policy.ts';
import type { GraphqlContext } from './graphql/context.ts';
import { resolvers } from './graphql/resolvers.ts';

export interface ReturnsOptions {
  /** Versions of what is allowed and given back. Default: goods may come back for 30 days, at their price. */
  readonly rules?: readonly ReturnRules[];
  /** Takes the place of the rules. */
  readonly policy?: ReturnPolicy;
  /** Whose books follow returns, by way of its queue. Absent, or without `journal`: nobody's. */
  readonly erp?: Erp;
  readonly outbound?: OutboundCommands;
  /** Those that differ from POSTING_LIMITS. */
  readonly postingLimits?: Partial<PostingLimits>;
  /** Those that differ from RETURNS_LIMITS. */
  readonly limits?: Partial<ReturnsLimits>;
}

interface Running {
  readonly parts: ReturnsParts;
  readonly consumers: readonly Consumer[];
  readonly polling: TaskPolling;
  /** Of what other contexts ask. */
  readonly stopServing: () => void;
  readonly posting: Posting;
  readonly postings: Collection<PostingState>;
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
      const { parts, postings } = running;
      return {
        ...request,
        parts,
        returns: createReturnLoader(parts, request.identity),
        returnsOfOrder: createReturnsOfOrderLoader(parts, request.identity),
        postings: createPostingLoader(postings, platform.telemetry),
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
      stopping?.stopServing();
      await stopping?.polling.stop();
      await stopping?.posting.close();
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
    policy: options.policy ?? ruleReturnPolicy(options.rules),
    limits: { ...RETURNS_LIMITS, ...options.limits },
  };
  const { erp, outbound, postingLimits } = options;
  const consumers = await consumeEvents(parts);
  const posting = await openPosting({
    returns: parts,
    erp,
    outbound,
    ...(postingLimits && { limits: postingLimits }),
  });
  const postings = await openPostingStore(platform.documents);
  return { parts, consumers, posting, postings, polling: startTaskPolling(parts), stopServing: serveErasure(parts) };
}
