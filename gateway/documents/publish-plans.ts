import type { PlanNode } from '@graphql-hive/router-query-planner';
import { OperationTypeNode } from 'graphql';
import type { GraphQLScalarType } from 'graphql';
import { createErrorFormatter } from '../../kernel/graphql/format-error.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import type { Contract } from '../contracts/contract.ts';
import { GraphqlEngine } from '../executor/graphql-engine.ts';
import { openPlanner, sha256 } from '../planner/open-planner.ts';
import type { ShippedPlans } from '../planner/open-planner.ts';
import type { OperationLimits } from '../planner/operation-limits.ts';
import { RequestRefused } from '../planner/request-refused.ts';
import type { RegisteredOperation } from './document-manifest.ts';

export interface PublishOptions {
  readonly supergraphSdl: string;
  readonly contracts: readonly Contract[];
  readonly scalars: readonly GraphQLScalarType[];
  readonly limits: OperationLimits;
  readonly ids: Ids;
  /** The kinds of callers that plans are made for, by a name to tell of them. */
  readonly callers: Readonly<Record<string, Identity>>;
}

export interface PublishedPlans {
  readonly shipped: ShippedPlans;
  /** Operations that no caller may run, with the reason. */
  readonly faults: readonly string[];
}

/** Values of conditions that plans are made for; an operation with more combinations is planned when it is met. */
const CONDITIONS_MAX = 6;

/**
 * Makes the plans of operations as the callers will run them: for the rights of each and for all values of conditions. An
 * operation has to be valid for one of the callers at least; that another is not shown what it asks for is no fault.
 */
export function publishPlans(operations: readonly RegisteredOperation[], options: PublishOptions): PublishedPlans {
  const plans: Record<string, PlanNode | null> = {};
  const engine = new GraphqlEngine({
    ...options,
    clients: [],
    format: createErrorFormatter({ ids: options.ids, telemetry: silentTelemetry }),
    telemetry: silentTelemetry,
    onPlan: (key, plan) => {
      plans[key] = plan;
    },
  });
  const faults = operations.flatMap((operation) => planForAll(operation, engine, options.callers));
  const { consumerSchema, overridePercentages } = openPlanner(options.supergraphSdl);
  const supergraph = sha256(options.supergraphSdl);
  return { shipped: { supergraph, consumerSchema, overridePercentages, plans }, faults };
}

function planForAll(
  { name, body }: RegisteredOperation,
  engine: GraphqlEngine,
  callers: PublishOptions['callers'],
): readonly string[] {
  const reasons = Object.values(callers).map((identity) => {
    try {
      const prepared = engine.prepare({ query: body, operationName: name }, identity);
      // A subscription begins with what any values of its conditions could ask for.
      if (prepared.type === OperationTypeNode.SUBSCRIPTION && !prepared.primary) throw new Error('It has no source.');
      for (const values of combinationsOf(prepared.conditionVariables)) prepared.variantFor(values);
      return undefined;
    } catch (error) {
      return error instanceof RequestRefused ? error.message : (error as Error).message;
    }
  });
  const isRunnable = reasons.some((reason) => reason === undefined);
  return isRunnable ? [] : [`${name}: ${[...new Set(reasons)].join(' ')}`];
}

/** Every assignment of true and false. */
function combinationsOf(names: readonly string[]): readonly Readonly<Record<string, boolean>>[] {
  if (names.length > CONDITIONS_MAX) return [];
  return Array.from({ length: 2 ** names.length }, (_, bits) =>
    Object.fromEntries(names.map((name, index) => [name, ((bits >> index) & 1) === 1])),
  );
}
