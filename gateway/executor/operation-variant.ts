import { isAbstractType, isNonNullType, Kind, OperationTypeNode } from 'graphql';
import type { DocumentNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import { invariant } from '../../kernel/model/errors.ts';
import type { GuardedField } from '../auth/access-rules.ts';
import { estimateCost } from '../limits/estimate-cost.ts';
import type { Estimate } from '../limits/estimate.ts';
import { splitByRootField, toPlanningOperation } from '../planner/planning-document.ts';
import type { IsRefused } from '../planner/planning-document.ts';
import type { QueryPlanner } from '../planner/query-planner.ts';
import { resolveSelections } from '../planner/resolve-selections.ts';
import type { ConditionValues } from '../planner/resolve-selections.ts';
import { compilePlan, findPrimaryFetch } from './compile-plan.ts';
import type { PlanContext, PrimaryFetch } from './compile-plan.ts';
import { findSources } from './field-sources.ts';
import type { SourceOf } from './field-sources.ts';
import { compileIntrospection } from './introspect.ts';
import type { JsonObject } from './merge-data.ts';
import type { ReadOperation } from './operation-store.ts';
import { PieceReaders } from './pieces/piece-readers.ts';
import { sequence } from './plan-run.ts';
import type { PlanRun, Step } from './plan-run.ts';
import { SelectionPlan } from './selection-plan.ts';
import type { Variables } from './subgraph-client.ts';
import { compileWriter } from './write-answer.ts';
import type { WriteAnswer } from './write-answer.ts';

/** Errors by place (`Type.field`) of the fields that the caller may not read. */
export type Refusals = ReadonlyMap<string, FormattedError>;

/** An operation planned and compiled for callers with the same rights and conditions with the same values. */
export interface OperationVariant {
  /** Errors for a caller who may not run it; nothing is run then. */
  readonly refusals: readonly FormattedError[];
  /** Undefined when nothing has to be fetched. */
  readonly step: Step | undefined;
  readonly primary: PrimaryFetch | undefined;
  readonly selection: SelectionPlan;
  /** @throws {Refusal} RESPONSE_TOO_LARGE */
  readonly write: WriteAnswer;
  readonly responseBytesMax: number;
  /** What it is estimated to cost. */
  readonly cost: Estimate;
  /** Where a value came from that is not what it should be. */
  readonly sourceOf: SourceOf;
  /** Answers the root's introspection fields; undefined when there are none. */
  readonly introspect: ((variables: Variables) => JsonObject) | undefined;
}

export interface VariantContext {
  readonly planner: QueryPlanner;
  readonly plans: PlanContext;
  readonly refusals: Refusals;
  /** Of `QueryPlanner.plan`. */
  readonly overrideLevel?: number;
  /** The length that is assumed of a list of which the schema says nothing. */
  readonly listSizeAssumed: number;
  /** Beyond it an answer is given up while it is made. */
  readonly responseBytesMax: number;
  /** Given where an operation with any refused field is not run: finds those that it reads. */
  readonly guardedFieldsOf?: (document: DocumentNode) => readonly GuardedField[];
}

export function compileVariant(
  { operation: written, fragments, sourceKeys }: ReadOperation,
  values: ConditionValues,
  context: VariantContext,
): OperationVariant {
  const { planner, refusals } = context;
  const schema = planner.publicSchema;
  const operation = resolveSelections(written, fragments, values);
  const root = schema.getRootType(operation.operation);
  invariant(root, 'a validated operation has a root type');
  const selection = new SelectionPlan(root, [operation.selectionSet], {
    schema,
    supergraph: planner.supergraph,
    sourceKeys,
    refusalOf: (typeName, fieldName) => refusals.get(`${typeName}.${fieldName}`),
    dependsOnTypes: refusals.size > 0,
  });
  const base = {
    selection,
    // Characters are at most as many as bytes.
    write: compileWriter(selection, context.responseBytesMax),
    responseBytesMax: context.responseBytesMax,
    cost: estimateCost(operation, { schema: planner.supergraph.schema, listSizeAssumed: context.listSizeAssumed }),
    introspect: compileIntrospection(operation, schema),
  };
  const rootRefusals = findAllRefusals(operation, context) ?? findRootRefusals(selection, root, isMutation(operation));
  if (rootRefusals) return { ...base, refusals: rootRefusals, ...NO_STEPS };
  const planned = toPlanningOperation(operation, {
    schema,
    sourceKeys,
    isRefused: refusedBy(refusals, schema),
    dependsOnTypes: refusals.size > 0,
  });
  return { ...base, refusals: [], ...compileSteps(planned, selection, context) };
}

type Steps = Pick<OperationVariant, 'step' | 'primary' | 'sourceOf'>;

const NO_STEPS: Steps = { step: undefined, primary: undefined, sourceOf: () => undefined };

function compileSteps(
  planned: OperationDefinitionNode | undefined,
  selection: SelectionPlan,
  context: VariantContext,
): Steps {
  if (!planned) return NO_STEPS;
  if (isMutation(planned)) return compileMutation(planned, requiredKeys(selection), context);
  const plan = context.planner.plan(planned, context.overrideLevel);
  const pieces = plan && new PieceReaders(selection, plan);
  return {
    // With nothing but the primary fetch, whose result is handed in, nothing is left to be fetched.
    step: plan && plan.kind !== 'Subscription' ? compilePlan(plan, { ...context.plans, pieces }) : undefined,
    primary: plan && findPrimaryFetch(plan),
    sourceOf: findSources(plan ? [plan] : [], context.plans.supergraph),
  };
}

/**
 * One plan per field of the root, run one after the other: the planner would fetch more of what one field returned
 * while the next one already changes it. A field that may not be null and is ends the operation, as graphql-js does.
 */
function compileMutation(
  planned: OperationDefinitionNode,
  required: ReadonlySet<string>,
  { planner, plans, overrideLevel }: VariantContext,
): Steps {
  const steps = splitByRootField(planned).flatMap(({ key, operation }) => {
    const plan = planner.plan(operation, overrideLevel);
    return plan ? [{ key, plan, step: compilePlan(plan, plans) }] : [];
  });
  const stopsAfter = (run: PlanRun, index: number): boolean => {
    const key = steps[index]?.key ?? '';
    return required.has(key) && (run.data[key] ?? null) === null;
  };
  return {
    step: sequence(
      steps.map(({ step }) => step),
      stopsAfter,
    ),
    primary: undefined,
    sourceOf: findSources(
      steps.map(({ plan }) => plan),
      plans.supergraph,
    ),
  };
}

function isMutation({ operation }: OperationDefinitionNode): boolean {
  return operation === OperationTypeNode.MUTATION;
}

/** A field of an abstract type is not fetched when each of its types refuses it; else the answer hides it by type. */
function refusedBy(refusals: Refusals, schema: GraphQLSchema): IsRefused {
  return (typeName, fieldName) => {
    const type = schema.getType(typeName);
    if (!isAbstractType(type)) return refusals.has(`${typeName}.${fieldName}`);
    const possible = schema.getPossibleTypes(type);
    return possible.length > 0 && possible.every((object) => refusals.has(`${object.name}.${fieldName}`));
  };
}

/**
 * An operation all of whose root fields are refused fails as a whole. So does a mutation with any such field, because a
 * client that asks for two changes in one request does not expect one of them alone.
 */
function findRootRefusals(
  selection: SelectionPlan,
  root: GraphQLObjectType,
  isAnyEnough: boolean,
): FormattedError[] | undefined {
  const fields = selection.fieldsOf(root);
  const refusals = fields.flatMap(({ refusal, responseKey }) => (refusal ? [{ ...refusal, path: [responseKey] }] : []));
  const isRefused = refusals.length > 0 && (isAnyEnough || refusals.length === fields.length);
  return isRefused ? refusals : undefined;
}

/** Where nothing of an operation may run that reads a refused field: the errors of all such fields. */
function findAllRefusals(
  operation: OperationDefinitionNode,
  { refusals, guardedFieldsOf }: VariantContext,
): FormattedError[] | undefined {
  if (!guardedFieldsOf || refusals.size === 0) return undefined;
  const read = guardedFieldsOf({ kind: Kind.DOCUMENT, definitions: [operation] });
  const found = read.flatMap(({ place }) => refusals.get(place) ?? []);
  return found.length > 0 ? found : undefined;
}

/** The source keys of root fields that may not be null. */
function requiredKeys(selection: SelectionPlan): ReadonlySet<string> {
  return new Set(
    selection
      .fieldsOf(selection.parent as GraphQLObjectType)
      .flatMap(({ type, sourceKey }) => (isNonNullType(type) ? [sourceKey] : [])),
  );
}
