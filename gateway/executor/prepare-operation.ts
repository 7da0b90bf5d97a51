import { isAbstractType, isNonNullType, OperationTypeNode } from 'graphql';
import type { GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import { invariant } from '../../kernel/model/errors.ts';
import { splitByRootField, toPlanningOperation } from '../planner/planning-document.ts';
import type { IsRefused } from '../planner/planning-document.ts';
import type { QueryPlanner } from '../planner/query-planner.ts';
import { compilePlan, findPrimaryFetch } from './compile-plan.ts';
import type { PlanContext, PrimaryFetch } from './compile-plan.ts';
import { compileIntrospection } from './introspect.ts';
import type { ReadOperation } from './operation-store.ts';
import { sequence } from './plan-run.ts';
import type { PlanRun, Step } from './plan-run.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import { SelectionPlan } from './selection-plan.ts';
import { compileWriter } from './write-answer.ts';

/** Errors by place (`Type.field`) of the fields that the caller may not read. */
export type Refusals = ReadonlyMap<string, FormattedError>;

export interface PrepareContext {
  readonly planner: QueryPlanner;
  readonly plans: PlanContext;
}

/** Plans and compiles an operation for callers who are refused the given fields. */
export function prepareOperation(
  read: ReadOperation,
  refusals: Refusals,
  { planner, plans }: PrepareContext,
): PreparedOperation {
  const { document, operation, fragments, sourceKeys } = read;
  const schema = planner.publicSchema;
  const root = schema.getRootType(operation.operation);
  invariant(root, 'a validated operation has a root type');
  const selection = new SelectionPlan(root, [{ selectionSet: operation.selectionSet, guards: [] }], {
    schema,
    supergraph: planner.supergraph,
    fragments,
    sourceKeys,
    refusalOf: (typeName, fieldName) => refusals.get(`${typeName}.${fieldName}`),
  });
  const base = { document, operation, type: operation.operation, selection, write: compileWriter(selection) };
  const rootRefusals = findRootRefusals(selection, root, isMutation(operation));
  if (rootRefusals) {
    return { ...base, primary: undefined, refusals: rootRefusals, step: undefined, introspect: undefined };
  }
  const isRefused = refusedBy(refusals, schema);
  const planned = toPlanningOperation(operation, { schema, fragments, sourceKeys, isRefused });
  return {
    ...base,
    refusals: [],
    ...compileOperation(planned, requiredKeys(selection, root), { planner, plans }),
    introspect: compileIntrospection(operation, fragments, schema),
  };
}

function compileOperation(
  planned: OperationDefinitionNode | undefined,
  required: ReadonlySet<string>,
  { planner, plans }: PrepareContext,
): { readonly step: Step | undefined; readonly primary: PrimaryFetch | undefined } {
  if (!planned) return { step: undefined, primary: undefined };
  if (isMutation(planned)) return { step: compileMutation(planned, required, { planner, plans }), primary: undefined };
  const plan = planner.plan(planned);
  return plan
    ? { step: compilePlan(plan, plans), primary: findPrimaryFetch(plan) }
    : { step: undefined, primary: undefined };
}

/**
 * One plan per field of the root, run one after the other: the planner would fetch more of what one field returned
 * while the next one already changes it. A field that may not be null and is ends the operation, as graphql-js does.
 */
function compileMutation(
  planned: OperationDefinitionNode,
  required: ReadonlySet<string>,
  { planner, plans }: PrepareContext,
): Step | undefined {
  const steps = splitByRootField(planned).flatMap(({ key, operation }) => {
    const plan = planner.plan(operation);
    return plan ? [{ key, step: compilePlan(plan, plans) }] : [];
  });
  const stopsAfter = (run: PlanRun, index: number): boolean => {
    const key = steps[index]?.key ?? '';
    return required.has(key) && (run.data[key] ?? null) === null;
  };
  return sequence(
    steps.map(({ step }) => step),
    stopsAfter,
  );
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

/** The source keys of root fields that may not be null. */
function requiredKeys(selection: SelectionPlan, root: GraphQLObjectType): ReadonlySet<string> {
  return new Set(selection.fieldsOf(root).flatMap(({ type, sourceKey }) => (isNonNullType(type) ? [sourceKey] : [])));
}
