import { createClient } from 'graphql-sse';
import { Agent, fetch } from 'undici';
import { CORRELATION_HEADER } from '../../../kernel/model/correlation.ts';
import { FetchHeaders } from '../../clients/fetch-headers.ts';
import type { SubgraphResult } from '../../executor/subgraph-client.ts';
import { boundEvents } from './bound-events.ts';
import type { UpstreamOptions } from './socket-upstream.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import {
  tooManyUpstream,
  type LateSubscribers,
  type Upstream,
  type UpstreamListener,
  type UpstreamRequest,
} from './upstream.ts';

/** Subscribes over server-sent events, each subscription in a request of its own. */
export class EventStreamUpstream implements Upstream {
  readonly name: string;
  readonly knowsCallers: boolean;
  readonly limits: UpstreamLimits;
  readonly lateSubscribers: LateSubscribers;
  readonly #options: UpstreamOptions;
  readonly #headers: FetchHeaders;
  readonly #agent: Agent;
  readonly #open = new Set<() => void>();

  constructor(options: UpstreamOptions) {
    const { limits } = options;
    this.name = options.name;
    this.limits = options.limits;
    this.lateSubscribers = options.lateSubscribers;
    this.knowsCallers = options.identitySecret !== undefined;
    this.#options = options;
    this.#headers = new FetchHeaders(options);
    this.#agent = new Agent({
      connections: limits.connectionsMax,
      headersTimeout: limits.connectTimeoutMs,
      connectTimeout: limits.connectTimeoutMs,
      // A stream on which nothing happens is alive; the operating system finds out when its server is gone.
      bodyTimeout: 0,
      connect: { keepAlive: true, keepAliveInitialDelay: limits.keepAliveMs },
    });
  }

  subscribe({ text, variables, context }: UpstreamRequest, listener: UpstreamListener): () => void {
    const { url, limits } = this.#options;
    const most = Math.min(limits.connectionsMax, limits.subscriptionsMax);
    if (this.#open.size >= most) throw tooManyUpstream(this.name, 'connectionsMax');
    const { headers } = this.#headers.callerOf(context);
    const client = createClient({
      url,
      headers: { ...headers, [CORRELATION_HEADER]: context.correlationId },
      // Nothing can be resumed, so whoever subscribes has to know.
      retryAttempts: 0,
      fetchFn: async (address: string, init: RequestInit) =>
        boundEvents(await fetch(address, { ...(init as object), dispatcher: this.#agent }), limits.eventBytesMax),
    });
    let isOver = false;
    const leave = (): void => {
      isOver = true;
      this.#open.delete(leave);
      client.dispose();
    };
    const end: UpstreamListener['end'] = (ending) => {
      if (isOver) return;
      leave();
      listener.end(ending);
    };
    this.#open.add(leave);
    client.subscribe(
      { query: text, variables: { ...variables } },
      {
        next: (result) => {
          if (!isOver) listener.next(result as SubgraphResult);
        },
        error: (error) => end({ kind: 'lost', error }),
        complete: () => end({ kind: 'completed' }),
      },
    );
    return leave;
  }

  async close(): Promise<void> {
    for (const leave of this.#open) leave();
    await this.#agent.destroy();
  }
}
