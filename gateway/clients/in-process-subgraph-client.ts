import { execute } from 'graphql';
import type { ExecutionResult } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { LruMap } from '../../kernel/graphql/lru-map.ts';
import type { Subgraph } from '../../kernel/graphql/subgraph.ts';
import { isPromise } from '../executor/is-promise.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type { RunOperation, SubgraphClient, SubgraphOperation, SubgraphResult } from '../executor/subgraph-client.ts';

/** Compiled operations are small; the bound only keeps a flood of different documents from filling the memory. */
const COMPILED_OPERATIONS_MAX = 2_000;

/** How a result is made: from compiled code, or by graphql-js where an operation cannot be compiled. */
type Execute = (variables: Readonly<Record<string, unknown>>, context: object) => unknown;

/** Runs a subgraph of this process by compiled code, without a copy or a wire between. */
export class InProcessSubgraphClient implements SubgraphClient {
  readonly name: string;
  readonly #subgraph: Subgraph;
  readonly #format: ErrorFormatter;
  readonly #compiled = new LruMap<string, Execute>(COMPILED_OPERATIONS_MAX);

  constructor(subgraph: Subgraph, format: ErrorFormatter) {
    this.name = subgraph.name;
    this.#subgraph = subgraph;
    this.#format = format;
  }

  prepare(operation: SubgraphOperation): RunOperation {
    let run: Execute | undefined;
    return (variables, context) => {
      run ??= this.#compiledFor(operation);
      const result = run(variables, context.contextOf(this.#subgraph)) as ExecutionResult | Promise<ExecutionResult>;
      return isPromise(result)
        ? result.then((settled) => this.#toResult(settled, context))
        : this.#toResult(result, context);
    };
  }

  async close(): Promise<void> {
    // The subgraph belongs to whoever started it.
  }

  #compiledFor(operation: SubgraphOperation): Execute {
    const known = this.#compiled.get(operation.text);
    if (known) return known;
    const compiled = this.#compile(operation);
    this.#compiled.set(operation.text, compiled);
    return compiled;
  }

  #compile({ document }: SubgraphOperation): Execute {
    const { schema } = this.#subgraph;
    const compiled = compileQuery(schema, document, undefined, {
      // Without it, a condition on a fragment is lost where another selection reaches the same field.
      useExperimentalPathBasedSkipInclude: true,
    });
    if (isCompiledQuery(compiled)) return (variables, context) => compiled.query(undefined, context, variables);
    return (variables, context) => execute({ schema, document, contextValue: context, variableValues: variables });
  }

  #toResult(result: ExecutionResult, { correlationId }: OperationContext): SubgraphResult {
    const { data, errors } = result;
    if (!errors || errors.length === 0) return { data: data ?? null };
    return { data: data ?? null, errors: errors.map((error) => this.#format(error, { correlationId })) };
  }
}
