import type { ExecutionResult } from 'graphql';
import { compileOperation } from '../../kernel/graphql/compile-operation.ts';
import type { ExecuteOperation } from '../../kernel/graphql/compile-operation.ts';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { LruMap } from '../../kernel/graphql/lru-map.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { isPromise } from '../executor/is-promise.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type { RunOperation, SubgraphClient, SubgraphOperation, SubgraphResult } from '../executor/subgraph-client.ts';

/** Compiled operations are small; the bound only keeps a flood of different documents from filling the memory. */
const COMPILED_OPERATIONS_MAX = 2_000;

/** Runs a subgraph of this process by compiled code, without a copy or a wire between. */
export class InProcessSubgraphClient implements SubgraphClient {
  readonly name: string;
  readonly #subgraph: Subgraph;
  readonly #format: ErrorFormatter;
  readonly #compiled = new LruMap<string, ExecuteOperation>(COMPILED_OPERATIONS_MAX);

  constructor(subgraph: Subgraph, format: ErrorFormatter) {
    this.name = subgraph.name;
    this.#subgraph = subgraph;
    this.#format = format;
  }

  prepare(operation: SubgraphOperation): RunOperation {
    let run: ExecuteOperation | undefined;
    return (variables, context) => {
      run ??= this.#compiledFor(operation);
      const result = run(variables, context.contextOf(this.#subgraph));
      return isPromise(result)
        ? result.then((settled) => this.#toResult(settled, context))
        : this.#toResult(result, context);
    };
  }

  async close(): Promise<void> {
    // The subgraph belongs to whoever started it.
  }

  #compiledFor({ text, document }: SubgraphOperation): ExecuteOperation {
    const known = this.#compiled.get(text);
    if (known) return known;
    const compiled = compileOperation(this.#subgraph.schema, document);
    this.#compiled.set(text, compiled);
    return compiled;
  }

  #toResult(result: ExecutionResult, { correlationId }: OperationContext): SubgraphResult {
    const { data, errors } = result;
    if (!errors || errors.length === 0) return { data: data ?? null };
    return { data: data ?? null, errors: errors.map((error) => this.#format(error, { correlationId })) };
  }
}
