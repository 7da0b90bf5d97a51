import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client as UrqlClient, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { tap } from 'rxjs';
import { WebSocket } from 'ws';

/** Clients that applications use, unchanged, each with the little that PROTOCOL.md says it needs to resume. */

export interface Change {
  readonly key: string;
  readonly version: number;
  readonly available: string;
}

export interface Answer {
  readonly data?: {
    readonly availabilityChanged: {
      readonly cursor: string;
      readonly reset: boolean;
      readonly changes: readonly Change[];
    };
  } | null;
  readonly extensions?: Record<string, unknown>;
}

export interface Subscribing {
  /** Of GraphQL over HTTP; the way to it may break. */
  readonly url: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** Asked for whenever a connection is made. */
  readonly token?: () => string;
  readonly onAnswer: (answer: Answer) => void;
  /** The client has given up, or the hub has ended it. */
  readonly onEnd: (reason: unknown) => void;
}

/** @returns unsubscribes and lets go of the connection */
export type StockClient = (subscribing: Subscribing) => () => void;

/** Sooner than by itself, and for ever; both are settings of the clients. */
const RETRY_MS = 5;

function socketClient({ url, token }: Subscribing) {
  return createWsClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    ...(token && { connectionParams: () => ({ authorization: `Bearer ${token()}` }) }),
    retryAttempts: Infinity,
    retryWait: pause,
  });
}

function streamClient({ url, token }: Subscribing) {
  return createSseClient({
    url,
    ...(token && { headers: () => ({ authorization: `Bearer ${token()}` }) }),
    retryAttempts: Infinity,
    retry: pause,
  });
}

const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, RETRY_MS));

const graphqlWs: StockClient = (subscribing) => {
  const { query, variables = {}, onAnswer, onEnd } = subscribing;
  const client = socketClient(subscribing);
  client.subscribe(
    { query, variables },
    {
      next: (answer) => {
        variables['after'] = (answer as Answer).extensions?.['cursor'];
        onAnswer(answer as Answer);
      },
      error: onEnd,
      complete: () => onEnd('complete'),
    },
  );
  return () => void client.dispose();
};

const graphqlSse: StockClient = (subscribing) => {
  const { query, variables = {}, onAnswer, onEnd } = subscribing;
  const client = streamClient(subscribing);
  client.subscribe(
    { query, variables },
    {
      next: (answer) => {
        variables['after'] = (answer as Answer).extensions?.['cursor'];
        onAnswer(answer as Answer);
      },
      error: onEnd,
      complete: () => onEnd('complete'),
    },
  );
  return () => client.dispose();
};

/** Every repetition of an operation sends its variables anew. */
const resume = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap(({ extensions }) => {
      if (extensions?.['cursor'] !== undefined) operation.variables['after'] = extensions['cursor'];
    }),
  ),
);

function apollo(link: ApolloLink, { query, variables = {}, onAnswer, onEnd }: Subscribing): () => void {
  const client = new ApolloClient({ link: ApolloLink.from([resume, link]), cache: new InMemoryCache() });
  const subscription = client.subscribe({ query: gql(query), variables, fetchPolicy: 'no-cache' }).subscribe({
    next: ({ data, error, extensions }) => (error ? onEnd(error) : onAnswer({ data, extensions } as Answer)),
    error: onEnd,
    complete: () => onEnd('complete'),
  });
  return () => {
    subscription.unsubscribe();
    client.stop();
  };
}

const apolloOverSocket: StockClient = (subscribing) => {
  const client = socketClient(subscribing);
  const stop = apollo(new GraphQLWsLink(client), subscribing);
  return () => {
    stop();
    void client.dispose();
  };
};

const apolloOverMultipart: StockClient = (subscribing) => {
  const { url, token } = subscribing;
  const retry = new RetryLink({ attempts: { max: Infinity }, delay: { initial: RETRY_MS, max: RETRY_MS } });
  const authorise = new SetContextLink(() => (token ? { headers: { authorization: `Bearer ${token()}` } } : {}));
  return apollo(ApolloLink.from([retry, authorise, new HttpLink({ uri: url })]), subscribing);
};

interface Forwarded {
  readonly query?: string | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

/** What urql hands to the client of a protocol, and takes from it. */
interface Sink {
  next(answer: never): void;
  error(error: unknown): void;
  complete(): void;
}

function urql(
  { url, query, variables = {}, onAnswer, onEnd }: Subscribing,
  subscribe: (request: { query: string; variables: Record<string, unknown> }, sink: Sink) => () => void,
): () => void {
  const client = new UrqlClient({
    url,
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query: text = '', variables: given = {} }: Forwarded) => ({
          subscribe: (sink) => {
            // The same object goes with every repetition.
            const sent: Record<string, unknown> = { ...given };
            const next = (answer: Answer): void => {
              sent['after'] = answer.extensions?.['cursor'];
              sink.next(answer);
            };
            return {
              unsubscribe: subscribe(
                { query: text, variables: sent },
                { next, error: (error) => sink.error(error), complete: () => sink.complete() },
              ),
            };
          },
        }),
      }),
    ],
  });
  const subscription = client
    .subscription(query, variables)
    .subscribe(({ data, error, extensions }) => (error ? onEnd(error) : onAnswer({ data, extensions } as Answer)));
  return () => subscription.unsubscribe();
}

const urqlOverSocket: StockClient = (subscribing) => {
  const client = socketClient(subscribing);
  const stop = urql(subscribing, (request, sink) => client.subscribe(request, sink));
  return () => {
    stop();
    void client.dispose();
  };
};

const urqlOverEvents: StockClient = (subscribing) => {
  const client = streamClient(subscribing);
  const stop = urql(subscribing, (request, sink) => client.subscribe(request, sink));
  return () => {
    stop();
    client.dispose();
  };
};

/** Without the client of a protocol; it does not come again by itself. */
export const urqlAlone: StockClient = ({ url, query, variables = {}, token, onAnswer, onEnd }) => {
  const client = new UrqlClient({
    url,
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetchSubscriptions: true,
    fetchOptions: () => (token ? { headers: { authorization: `Bearer ${token()}` } } : {}),
  });
  const subscription = client
    .subscription(query, variables)
    .subscribe(({ data, error, extensions }) => (error ? onEnd(error) : onAnswer({ data, extensions } as Answer)));
  return () => subscription.unsubscribe();
};

/** Those that come again by themselves, by name and protocol. */
export const STOCK_CLIENTS: readonly (readonly [string, StockClient])[] = [
  ['graphql-ws', graphqlWs],
  ['graphql-sse', graphqlSse],
  ['Apollo Client over graphql-ws', apolloOverSocket],
  ['Apollo Client over multipart', apolloOverMultipart],
  ['urql over graphql-ws', urqlOverSocket],
  ['urql over graphql-sse', urqlOverEvents],
];
