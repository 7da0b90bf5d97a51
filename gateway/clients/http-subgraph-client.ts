import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { CancelSignal } from '../executor/cancellation.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type { RunOperation, SubgraphClient, SubgraphOperation, SubgraphResult } from '../executor/subgraph-client.ts';
import { fetchFailedBy } from './fetch-failed.ts';
import { FetchHeaders } from './fetch-headers.ts';
import type { Caller } from './fetch-headers.ts';
import { readSubgraphResult } from './read-subgraph-result.ts';
import type { Reply } from './read-subgraph-result.ts';
import { SharedFetches } from './shared-fetches.ts';
import { SubgraphExchange } from './subgraph-exchange.ts';
import { DEFAULT_SUBGRAPH_LIMITS } from './subgraph-limits.ts';
import type { SubgraphLimits } from './subgraph-limits.ts';
import { SubgraphPolicies } from './subgraph-policies.ts';

export interface HttpSubgraphClientOptions {
  readonly name: string;
  /** Where the subgraph answers GraphQL: `http:`, `https:`, or `http+unix:` with the path of a socket file as the host. */
  readonly url: string;
  /** Shared with the subgraph; absent: the subgraph is not told who asks. */
  readonly identitySecret?: string;
  /** Names, in lower case, of the client's headers that the subgraph gets as well. Default: none. */
  readonly propagatedHeaders?: readonly string[];
  /** What differs from `DEFAULT_SUBGRAPH_LIMITS`. */
  readonly limits?: Partial<SubgraphLimits>;
  readonly clock: Clock;
  readonly telemetry?: Telemetry;
}

/**
 * Reaches a subgraph over HTTP with keep-alive. A query that finds nobody is sent again, a mutation never; queries that
 * are equal to one under way, for a caller with the same rights, share its reply; a subgraph that fails again and again
 * is left alone for a while.
 */
export class HttpSubgraphClient implements SubgraphClient {
  readonly name: string;
  readonly propagatedHeaders: readonly string[];
  readonly #exchange: SubgraphExchange;
  readonly #headers: FetchHeaders;
  readonly #policies: SubgraphPolicies;
  readonly #shared = new SharedFetches<Reply>();

  constructor(options: HttpSubgraphClientOptions) {
    const { name, telemetry = silentTelemetry } = options;
    const limits = { ...DEFAULT_SUBGRAPH_LIMITS, ...options.limits };
    this.name = name;
    this.propagatedHeaders = options.propagatedHeaders ?? [];
    this.#exchange = new SubgraphExchange(options.url, limits);
    this.#headers = new FetchHeaders({ ...options, propagated: this.propagatedHeaders });
    this.#policies = new SubgraphPolicies(limits, (isOpen) => {
      telemetry.gauge('subgraph_circuit_open', isOpen ? 1 : 0, { service: name });
      telemetry.log(isOpen ? 'warn' : 'info', 'the circuit to a subgraph changed', { service: name, isOpen });
    });
  }

  prepare(operation: SubgraphOperation): RunOperation {
    const query = JSON.stringify(operation.text);
    const isQuery = operation.kind === 'query';
    const readReply = (reply: Reply): SubgraphResult => {
      const data = operation.readReply?.(reply.text);
      return data ? { data } : readSubgraphResult(reply);
    };
    return (variables, context) => {
      const body = `{"query":${query},"variables":${JSON.stringify(variables)}}`;
      const caller = this.#headers.callerOf(context);
      const replying = isQuery ? this.#query(body, caller, context) : this.#mutate(body, caller, context);
      return this.#resultOf(replying, readReply);
    };
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }

  #query(body: string, caller: Caller, context: OperationContext): Promise<Reply> {
    const send = (signal: CancelSignal): Promise<Reply> =>
      this.#policies.query(() => this.#attempt(body, caller, { context, signal }));
    return this.#shared.join({ body, caller: caller.key }, context.signal, send);
  }

  #mutate(body: string, caller: Caller, context: OperationContext): Promise<Reply> {
    const { signal } = context;
    return this.#policies.mutation(() => this.#attempt(body, caller, { context, signal }));
  }

  #attempt(
    body: string,
    caller: Caller,
    { context, signal }: { readonly context: OperationContext; readonly signal?: CancelSignal | undefined },
  ): Promise<Reply> {
    const headers = this.#headers.write(caller, context);
    return this.#exchange.post({ body, headers, signal });
  }

  async #resultOf(replying: Promise<Reply>, read: (reply: Reply) => SubgraphResult): Promise<SubgraphResult> {
    try {
      return read(await replying);
    } catch (error) {
      const failed = fetchFailedBy(error);
      throw new Obstacle(
        'SUBGRAPH_UNAVAILABLE',
        `The subgraph ${this.name} gave no GraphQL answer.`,
        { service: this.name, reason: failed.reason },
        { cause: failed },
      );
    }
  }
}
