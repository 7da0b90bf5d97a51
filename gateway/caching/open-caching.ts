import type { GraphQLSchema } from 'graphql';
import type { ChangeFeed } from '../../kernel/ports/change-feed.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { SubgraphClient } from '../executor/subgraph-client.ts';
import { readTopics } from '../subscriptions/read-topics.ts';
import type { PublishedEvent } from '../subscriptions/read-topics.ts';
import { AnswerCache } from './answer-cache.ts';
import { CacheHints } from './cache-hints.ts';
import { CacheStore } from './cache-store.ts';
import { cacheFetches } from './caching-client.ts';
import { evictOnChanges } from './evict-on-changes.ts';

export interface CachingOptions {
  /** What all that is kept may take. */
  readonly bytesMax: number;
  readonly changeFeed: ChangeFeed;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** The published events that topics name. */
  readonly events: readonly PublishedEvent[];
}

/** Caches of one supergraph, over a store that outlives it. */
export interface SupergraphCaches {
  readonly answers: AnswerCache;
  cacheFetches(client: SubgraphClient): SubgraphClient;
}

export interface Caching {
  readonly store: CacheStore;
  /**
   * @param supergraph the schema with its directives
   * @param clients how its subgraphs are reached
   */
  forSupergraph(supergraph: GraphQLSchema, clients: readonly SubgraphClient[]): SupergraphCaches;
  close(): void;
}

/** Keeps answers and fetches that tell everybody the same, as far as the supergraph's hints say so. */
export function openCaching({ bytesMax, changeFeed, clock, telemetry, events }: CachingOptions): Caching {
  const store = new CacheStore({ bytesMax, clock, telemetry });
  const followed = new Set<string>();
  const stops: (() => void)[] = [];
  let generations = 0;
  return {
    store,
    forSupergraph: (supergraph, clients) => {
      // What was told of another supergraph answers nothing of this one, whatever it is called.
      const generation = generations++;
      const propagatedHeaders = [...new Set(clients.flatMap((client) => client.propagatedHeaders ?? []))];
      const hints = new CacheHints(supergraph);
      const keyFields = keyFieldsByContext(supergraph, events);
      const contexts = [...keyFields.keys()].filter((context) => !followed.has(context));
      for (const context of contexts) followed.add(context);
      stops.push(evictOnChanges({ changeFeed, contexts, store }));
      return {
        answers: new AnswerCache({ store, hints, generation, propagatedHeaders }),
        cacheFetches: (client) =>
          cacheFetches(client, { store, hints, generation, keyFields: keyFields.get(client.name) ?? new Set() }),
      };
    },
    close: () => stops.forEach((stop) => stop()),
  };
}

/** The first key field of each event that a context publishes. */
function keyFieldsByContext(
  supergraph: GraphQLSchema,
  events: readonly PublishedEvent[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  // Whoever hears of no changes need not know what they would be called.
  if (events.length === 0) return found;
  for (const { context, keyFields } of readTopics(supergraph, events).values()) {
    const fields = found.get(context) ?? new Set();
    found.set(context, fields.add(keyFields[0] ?? ''));
  }
  return found;
}
