/** The public API of a hub, as any outside program would use it. */
export interface HubClient {
  readonly url: string;
  /**
   * @throws {GraphqlFailure} when the answer carries errors
   */
  graphql<Data>(document: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  /**
   * Hands a batch of external messages in; answers one outcome per message, in order, and with `waitMs` what became of
   * each in the ledger within that time.
   */
  ingest(
    source: string,
    messages: readonly IngestMessage[],
    options?: { readonly waitMs: number },
  ): Promise<readonly IngestOutcome[]>;
}

export interface IngestMessage {
  readonly eventId: string;
  readonly type: string;
  readonly key?: string;
  readonly occurredAt?: string;
  readonly data?: unknown;
  readonly reason?: string;
  readonly raw?: unknown;
}

export interface IngestOutcome {
  readonly eventId: string;
  readonly outcome: 'ACCEPTED' | 'DUPLICATE' | 'CONFLICT' | 'QUARANTINED';
  readonly reason?: string;
  readonly ledger?: {
    readonly state: 'RECORDED' | 'PARTLY_RECORDED' | 'PARKED' | 'PENDING';
    readonly parkedLines?: readonly { readonly lineId: string; readonly code: string }[];
  };
}

interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly retryable?: boolean;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

/** The hub answered with errors; the first one's code, message and details are this one's. */
export class GraphqlFailure extends Error {
  readonly code: string | undefined;
  readonly errors: readonly GraphqlError[];

  constructor(errors: readonly GraphqlError[]) {
    const [first] = errors;
    const details = first?.extensions?.details;
    super(`${first?.message ?? 'The hub answered without data.'}${details ? ` ${JSON.stringify(details)}` : ''}`);
    this.name = 'GraphqlFailure';
    this.errors = errors;
    this.code = first?.extensions?.code;
  }
}

const TIMEOUT_MS = 30_000;

/** `url` is the address of the hub without a path; `token` an access token, absent for an anonymous client. */
export function createHubClient(url: string, token?: string): HubClient {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const post = async (path: string, body: unknown) =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { ...headers, accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  return {
    url,
    graphql: async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) => {
      const response = await post('/graphql', { query, variables });
      const { data, errors } = (await response.json()) as { data?: Data; errors?: readonly GraphqlError[] };
      if (errors?.length || data === undefined) throw new GraphqlFailure(errors ?? []);
      return data;
    },
    ingest: async (source, messages, { waitMs } = { waitMs: 0 }) => {
      const response = await post(`/ingest/${source}${waitMs > 0 ? `?waitMs=${waitMs}` : ''}`, { messages });
      const answer = (await response.json()) as {
        outcomes?: readonly IngestOutcome[];
        code?: string;
        message?: string;
      };
      if (!answer.outcomes) throw new Error(`${answer.code ?? response.status}: ${answer.message ?? 'no outcomes'}`);
      return answer.outcomes;
    },
  };
}
