import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** A tab that the page opens with. */
export interface GraphiqlTab {
  readonly query: string;
  readonly variables?: string;
  /** Sent with the operation, such as `{ "authorization": "Bearer ..." }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const DEFAULT_TABS: readonly GraphiqlTab[] = [{ query: '{\n  __typename\n}\n' }];

/** The GraphiQL page, whole: scripts and styles are inside it, nothing is loaded from elsewhere. */
export function renderGraphiqlPage(tabs: readonly GraphiqlTab[] = DEFAULT_TABS): string {
  return renderGraphiQL({
    title: 'Stockwire',
    subscriptionsProtocol: 'WS',
    shouldPersistHeaders: false,
    defaultTabs: tabs.map(({ query, variables, headers }) => ({
      query,
      ...(variables !== undefined && { variables }),
      ...(headers && { headers: JSON.stringify(headers, undefined, 2) }),
    })),
  });
}
