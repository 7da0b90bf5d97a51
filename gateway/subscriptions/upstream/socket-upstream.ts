import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { CancelTimer, Clock } from '../../../kernel/ports/clock.ts';
import type { SubgraphResult } from '../../executor/subgraph-client.ts';
import { FetchHeaders, type Caller, type FetchHeadersOptions } from '../../clients/fetch-headers.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import {
  tooManyUpstream,
  type LateSubscribers,
  type Upstream,
  type UpstreamListener,
  type UpstreamRequest,
} from './upstream.ts';

export interface UpstreamOptions extends FetchHeadersOptions {
  readonly name: string;
  readonly url: string;
  readonly limits: UpstreamLimits;
  readonly lateSubscribers: LateSubscribers;
}

interface Connection {
  readonly client: Client;
  subscriptions: number;
}

/**
 * Subscribes over graphql-transport-ws. Callers whom the subgraph cannot tell apart share a socket, which is opened for
 * the first and closed after the last subscription; who they are is told by the upgrade and by `connection_init`.
 */
export class SocketUpstream implements Upstream {
  readonly name: string;
  readonly knowsCallers: boolean;
  readonly limits: UpstreamLimits;
  readonly lateSubscribers: LateSubscribers;
  readonly #options: UpstreamOptions;
  readonly #headers: FetchHeaders;
  readonly #connections = new Map<string, Connection>();
  #subscriptions = 0;

  constructor(options: UpstreamOptions) {
    this.name = options.name;
    this.limits = options.limits;
    this.lateSubscribers = options.lateSubscribers;
    this.knowsCallers = options.identitySecret !== undefined;
    this.#options = options;
    this.#headers = new FetchHeaders(options);
  }

  subscribe({ text, variables, context }: UpstreamRequest, listener: UpstreamListener): () => void {
    if (this.#subscriptions >= this.#options.limits.subscriptionsMax)
      throw tooManyUpstream(this.name, 'subscriptionsMax');
    const caller = this.#headers.callerOf(context);
    const connection = this.#connections.get(caller.key) ?? this.#connect(caller);
    connection.subscriptions++;
    this.#subscriptions++;
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      this.#subscriptions--;
      if (--connection.subscriptions > 0) return;
      // The next caller must not join a socket that is being closed.
      if (this.#connections.get(caller.key) === connection) this.#connections.delete(caller.key);
      void connection.client.dispose();
    };
    const end: UpstreamListener['end'] = (ending) => {
      if (isOver) return;
      leave();
      listener.end(ending);
    };
    const stop = connection.client.subscribe(
      // Others may be subscribed over the same socket, so whose cause this is cannot be a header of it.
      { query: text, variables: { ...variables }, extensions: { correlationId: context.correlationId } },
      {
        next: (result) => {
          if (!isOver) listener.next(result as SubgraphResult);
        },
        error: (error) =>
          end(
            Array.isArray(error)
              ? { kind: 'refused', errors: error as NonNullable<SubgraphResult['errors']> }
              : { kind: 'lost', error },
          ),
        complete: () => end({ kind: 'completed' }),
      },
    );
    return () => {
      stop();
      leave();
    };
  }

  async close(): Promise<void> {
    for (const { client } of this.#connections.values()) await client.dispose();
  }

  #connect(caller: Caller): Connection {
    const { url, limits, clock } = this.#options;
    if (this.#connections.size >= limits.connectionsMax) throw tooManyUpstream(this.name, 'connectionsMax');
    let cancel: CancelTimer = () => undefined;
    const client: Client = createClient({
      url,
      webSocketImpl: socketClass(caller.headers, limits),
      connectionParams: caller.headers,
      // Nothing can be resumed, so whoever subscribes has to know.
      retryAttempts: 0,
      connectionAckWaitTimeout: limits.connectTimeoutMs,
      keepAlive: limits.keepAliveMs,
      on: {
        ping: (isReceived) => {
          if (!isReceived) cancel = giveUpLater(client, clock, limits);
        },
        pong: (isReceived) => {
          if (isReceived) cancel();
        },
        closed: () => cancel(),
      },
    });
    const connection = { client, subscriptions: 0 };
    this.#connections.set(caller.key, connection);
    return connection;
  }
}

function giveUpLater(client: Client, clock: Clock, { keepAliveMs }: UpstreamLimits): CancelTimer {
  return clock.after(keepAliveMs, () => client.terminate());
}

function socketClass(headers: Caller['headers'], limits: UpstreamLimits): unknown {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, {
        headers: { ...headers },
        maxPayload: limits.eventBytesMax,
        handshakeTimeout: limits.connectTimeoutMs,
        perMessageDeflate: false,
      });
    }
  };
}
