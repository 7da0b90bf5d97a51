import type { GraphQLScalarType, GraphQLSchema } from 'graphql';
import { OperationTypeNode } from 'graphql';
import type { ErrorFormatter } from '../../kernel/graphql/format-error.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Span, Telemetry } from '../../kernel/ports/telemetry.ts';
import type { AccessMode } from '../auth/access-rules.ts';
import type { Caching } from '../caching/open-caching.ts';
import type { Contract } from '../contracts/contract.ts';
import type { Caller, ClientBudgets } from '../limits/client-budgets.ts';
import { DEFAULT_COST_LIMITS } from '../limits/cost-limits.ts';
import type { CostLimits } from '../limits/cost-limits.ts';
import { evaluate } from '../limits/estimate.ts';
import { beyondLimit } from '../planner/measure-operation.ts';
import type { OperationLimits } from '../planner/operation-limits.ts';
import type { PlannerOptions } from '../planner/open-planner.ts';
import type { UsageRegister } from '../usage/usage-register.ts';
import { RequestRefused } from '../planner/request-refused.ts';
import type { Supergraph } from '../planner/supergraph.ts';
import { coerceVariables } from './coerce-variables.ts';
import { createGeneration } from './generation.ts';
import type { Generation, ServedSupergraph } from './generation.ts';
import { OperationContext } from './operation-context.ts';
import type { OperationContextOptions } from './operation-context.ts';
import { OperationMetrics } from './operation-metrics.ts';
import { runPlan } from './prepared-operation.ts';
import type { Outcome, PreparedOperation, RunPlanInput } from './prepared-operation.ts';
import { isPromise } from './is-promise.ts';
import type { Variables } from './subgraph-client.ts';

export interface GraphqlEngineOptions
  extends ServedSupergraph, Pick<PlannerOptions, 'shippedPlans' | 'onPlan' | 'loadNative'> {
  /** Scalars whose values the gateway checks by itself; all others pass. Default: those of the hub. */
  readonly scalars?: readonly GraphQLScalarType[];
  /** Labels of progressive overrides that hold; those by percentage hold by themselves. Default: none. */
  readonly overrideLabels?: readonly string[];
  /** What errors of subgraphs may carry to clients in `extensions`. Default: `DEFAULT_FORWARDED_EXTENSIONS`. */
  readonly forwardedExtensions?: readonly string[];
  readonly limits: OperationLimits;
  /** Default: `DEFAULT_COST_LIMITS`. */
  readonly costLimits?: CostLimits;
  /** What clients may ask for over time. Default: anything. */
  readonly budgets?: ClientBudgets;
  /** What becomes of an operation with fields that the caller may not read. Default: `filter`. */
  readonly access?: AccessMode;
  /** Whether the schema is told to those who ask for it. Default: true. */
  readonly introspection?: boolean;
  /** Counts who uses what. Default: nothing is counted. */
  readonly usage?: UsageRegister;
  /** What which callers see of the public schema. Default: everybody sees all of it. */
  readonly contracts?: readonly Contract[];
  /** The most operations that are kept planned and compiled. Default: 1,000. */
  readonly operationsMax?: number;
  /** The most errors that one answer tells. Default: 100. */
  readonly errorsMax?: number;
  /** Beyond it an answer is given up while it is made. Default: Infinity. */
  readonly responseBytesMax?: number;
  /** Keeps what is the same for everybody. Default: nothing is kept. */
  readonly caching?: Caching;
  readonly format: ErrorFormatter;
  readonly telemetry: Telemetry;
}

/** A GraphQL request of any transport. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Variables | undefined;
}

/** Plans and runs operations. Knows no transport. */
export class GraphqlEngine {
  readonly #options: GraphqlEngineOptions;
  #generation: Generation;
  readonly #errorsMax: number;
  readonly #metrics: OperationMetrics;

  /** @throws when the supergraph is invalid */
  constructor(options: GraphqlEngineOptions) {
    this.#options = options;
    this.#errorsMax = options.errorsMax ?? 100;
    this.#metrics = new OperationMetrics(options.telemetry);
    this.#generation = createGeneration(options, options);
  }

  get publicSchema(): GraphQLSchema {
    return this.#generation.planner.publicSchema;
  }

  /** With everything that is hidden from clients, `@topic` included. */
  get supergraph(): Supergraph {
    return this.#generation.planner.supergraph;
  }

  /**
   * @throws {RequestRefused} when the document is invalid or names no such operation
   * @throws {Refusal} OPERATION_LIMIT_EXCEEDED; FORBIDDEN when the token names a contract that does not exist
   */
  prepare(request: Pick<GraphqlRequest, 'query' | 'operationName'>, identity: Identity): PreparedOperation {
    return this.#generation.stores.storeFor(identity).prepare(request.query, request.operationName, identity);
  }

  /** @throws {RequestRefused} BAD_USER_INPUT naming variable and field */
  coerceVariables(prepared: PreparedOperation, variables: Variables = {}): Variables {
    const { introspection } = this.#options;
    return coerceVariables(prepared.schema, prepared.operation, variables, { introspection });
  }

  /**
   * Counts an operation that is about to run, holds what it is estimated to cost against the limit of one operation, and
   * takes it from its client's budget.
   * @throws {Refusal} OPERATION_LIMIT_EXCEEDED; BAD_USER_INPUT where a list needs a slicing argument
   * @throws {Obstacle} COST_BUDGET_EXCEEDED
   */
  charge(prepared: PreparedOperation, coerced: Variables, caller: Caller): void {
    this.#options.usage?.record(prepared, caller);
    const cost = evaluate(prepared.variantFor(coerced, caller.correlationId).cost, coerced);
    const { costMax } = this.#options.costLimits ?? DEFAULT_COST_LIMITS;
    if (cost > costMax) throw beyondLimit('costMax', cost, costMax);
    this.#options.budgets?.charge(caller, cost);
  }

  /** Runs a prepared operation, a subscription's with the result of its primary fetch as `initialData`. */
  run(prepared: PreparedOperation, input: RunPlanInput): Outcome | Promise<Outcome> {
    const outcome = runPlan(prepared, input, { errorsMax: this.#errorsMax, format: this.#options.format });
    return isPromise(outcome)
      ? outcome.then((settled) => withholdHidden(prepared, settled))
      : withholdHidden(prepared, outcome);
  }

  /** Answers a query or mutation; whatever is wrong with it becomes errors of the outcome. */
  async execute(request: GraphqlRequest, options: OperationContextOptions): Promise<Outcome> {
    try {
      const prepared = this.prepare(request, options.identity);
      return await this.executePrepared(prepared, request.variables, options);
    } catch (error) {
      return this.refuse(error, options.correlationId);
    }
  }

  /** As `execute`, of an operation that is already prepared for the same identity. */
  async executePrepared(
    prepared: PreparedOperation,
    variables: Variables | undefined,
    options: OperationContextOptions,
  ): Promise<Outcome> {
    const startedMs = performance.now();
    const name = `${prepared.type} ${prepared.operation.name?.value ?? ''}`;
    const span = this.#options.telemetry.startSpan(name, { parent: options.traceparent });
    const outcome = await this.#executeWithin(span, prepared, variables, options);
    this.#metrics.record(prepared, outcome, startedMs);
    span.end(outcome.errors[0]?.message);
    return outcome;
  }

  async #executeWithin(
    span: Span,
    prepared: PreparedOperation,
    variables: Variables | undefined,
    options: OperationContextOptions,
  ): Promise<Outcome> {
    try {
      if (prepared.type === OperationTypeNode.SUBSCRIPTION) {
        throw new Refusal('BAD_USER_INPUT', 'A subscription needs a connection that stays open.');
      }
      const coerced = this.coerceVariables(prepared, variables);
      this.charge(prepared, coerced, options);
      const place = this.#generation.answers?.placeOf(prepared, coerced, options.headers);
      if (place?.known !== undefined) return { dataText: place.known, errors: [] };
      const context = new OperationContext({ ...options, traceparent: span.traceparent, trail: place?.trail });
      const outcome = await this.run(prepared, { variables: coerced, context });
      place?.keep(outcome);
      return outcome;
    } catch (error) {
      return this.refuse(error, options.correlationId);
    }
  }

  /** The outcome of a request that was not run. */
  refuse(error: unknown, correlationId: string): Outcome {
    if (error instanceof RequestRefused) return { dataText: undefined, errors: error.errors };
    return { dataText: undefined, errors: [this.#options.format(error, { correlationId })] };
  }

  /**
   * Serves another supergraph from the next operation on; those that have begun go on as they are. Clients that are no
   * longer named are closed as soon as they have answered what is under way.
   * @throws {SupergraphRefused} when it cannot be served; then nothing changes
   */
  reload(next: ServedSupergraph): void {
    const former = this.#generation;
    this.#generation = createGeneration(next, this.#options);
    for (const client of former.clients) {
      if (next.clients.includes(client)) continue;
      client.close().catch((error: unknown) => {
        this.#options.telemetry.log('warn', 'a client was not closed', { service: client.name, error: String(error) });
      });
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#generation.clients.map((client) => client.close()));
  }
}

/** Subgraphs word their errors for everybody. */
function withholdHidden({ hiddenNames }: PreparedOperation, outcome: Outcome): Outcome {
  if (!hiddenNames || outcome.errors.length === 0) return outcome;
  return { ...outcome, errors: outcome.errors.map((error) => hiddenNames.withhold(error)) };
}
