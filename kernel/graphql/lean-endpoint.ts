import { GraphQLError, Kind, OperationTypeNode, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult } from 'graphql';
import { Refusal } from '../model/errors.ts';
import { compileOperation } from './compile-operation.ts';
import type { ExecuteOperation } from './compile-operation.ts';
import type { ErrorFormatter } from './format-error.ts';
import { LruMap } from './lru-map.ts';
import type { Subgraph, SubgraphRequest } from './subgraph.ts';

/** Operations that are kept compiled; gateways send few different ones. */
const OPERATIONS_MAX = 2_000;

/** What is answered, as JSON text. */
export interface LeanAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * A subgraph's GraphQL without the features of a server for people: one operation in a POST, compiled once, answered as
 * compact JSON. `_service` and `_entities` included, so that any gateway may use it.
 */
export class LeanEndpoint {
  readonly #subgraph: Subgraph;
  readonly #format: ErrorFormatter;
  readonly #operations = new LruMap<string, ExecuteOperation>(OPERATIONS_MAX);

  constructor(subgraph: Subgraph, format: ErrorFormatter) {
    this.#subgraph = subgraph;
    this.#format = format;
  }

  /** @throws {Refusal} BAD_USER_INPUT for a body that is no GraphQL request */
  async answer(body: unknown, request: SubgraphRequest): Promise<LeanAnswer> {
    const { query, variables } = readRequest(body);
    let run: ExecuteOperation;
    try {
      run = this.#operations.get(query) ?? this.#compile(query);
    } catch (error) {
      return { status: 400, body: JSON.stringify({ errors: this.#refusals(error) }) };
    }
    const result = await run(variables, this.#subgraph.createContext(request));
    return { status: 200, body: this.#write(result, request.correlationId) };
  }

  #compile(query: string): ExecuteOperation {
    const { schema } = this.#subgraph;
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) throw new AggregateError(errors);
    refuseOthers(document);
    const compiled = compileOperation(schema, document);
    this.#operations.set(query, compiled);
    return compiled;
  }

  #write({ data, errors }: ExecutionResult, correlationId: string): string {
    if (!errors || errors.length === 0) return JSON.stringify({ data });
    return JSON.stringify({ errors: errors.map((error) => this.#format(error, { correlationId })), data });
  }

  #refusals(error: unknown): readonly object[] {
    const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    return errors.map((each) => this.#format(each));
  }
}

interface LeanRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function readRequest(body: unknown): LeanRequest {
  const { query, variables } = (body ?? {}) as { readonly query?: unknown; readonly variables?: unknown };
  if (typeof query !== 'string') throw new Refusal('BAD_USER_INPUT', 'query must be a text.', { field: 'query' });
  if (variables !== undefined && (typeof variables !== 'object' || Array.isArray(variables))) {
    throw new Refusal('BAD_USER_INPUT', 'variables must be an object.', { field: 'variables' });
  }
  return { query, variables: (variables ?? {}) as LeanRequest['variables'] };
}

function refuseOthers({ definitions }: DocumentNode): void {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length !== 1) throw new GraphQLError('One operation is answered at a time.');
  if (operations[0]?.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new GraphQLError('A subscription is not answered here.');
  }
}
