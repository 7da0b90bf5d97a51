export interface GraphqlAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}

/** The whole answer of the hub, errors beside data. */
export async function askGraphql<Data>(
  hubUrl: string,
  request: {
    readonly token?: string;
    readonly query: string;
    readonly variables?: Readonly<Record<string, unknown>>;
  },
): Promise<GraphqlAnswer<Data>> {
  const { token, query, variables = {} } = request;
  const response = await fetch(new URL('/graphql', hubUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer<Data>;
}
