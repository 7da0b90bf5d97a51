import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
} from 'graphql';
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLObjectType,
  GraphQLSchema,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

import { responseKeyOf, sourceKeyOf } from './source-keys.ts';
import type { SourceKeys } from './source-keys.ts';

/** Tells whether the caller may not read a field; such a field is not planned. */
export type IsRefused = (typeName: string, fieldName: string) => boolean;

export interface PlanningContext {
  readonly schema: GraphQLSchema;
  /** The names under which the data carries aliases that must not reach the planner. */
  readonly sourceKeys: SourceKeys;
  readonly isRefused: IsRefused;
  /** True when what may be read of an abstract type may differ by type, so that the type has to be known. */
  readonly dependsOnTypes: boolean;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The operation as the planner gets it, made from one whose selections are resolved: without introspection and the
 * root's `__typename` (which the gateway answers by itself), without fields that the caller may not read, with safe
 * aliases. Undefined when nothing is left to fetch.
 */
export function toPlanningOperation(
  operation: OperationDefinitionNode,
  context: PlanningContext,
): OperationDefinitionNode | undefined {
  const root = context.schema.getRootType(operation.operation);
  const selectionSet = root && convert(operation.selectionSet, root, { ...context, isRoot: true, possible: [root] });
  return selectionSet ? { ...operation, selectionSet } : undefined;
}

/** One operation per response key of the root, in order; a key that stands there several times is one. */
export function splitByRootField(
  operation: OperationDefinitionNode,
): { readonly key: string; readonly operation: OperationDefinitionNode }[] {
  const parts = new Map<string, SelectionNode[]>();
  for (const field of rootFieldsOf(operation.selectionSet)) {
    const key = responseKeyOf(field);
    parts.set(key, [...(parts.get(key) ?? []), field]);
  }
  return [...parts].map(([key, selections]) => ({
    key,
    operation: { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
  }));
}

/** A fragment on the root can only be on the root's own type, so it may be left out. */
function rootFieldsOf(selectionSet: SelectionSetNode): FieldNode[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? rootFieldsOf(selection.selectionSet) : [];
  });
}

interface Conversion extends PlanningContext {
  readonly isRoot: boolean;
  /** What an object that stands here may be, after all fragments around it. */
  readonly possible: readonly GraphQLObjectType[];
}

function convert(
  selectionSet: SelectionSetNode,
  parent: GraphQLCompositeType,
  conversion: Conversion,
): SelectionSetNode | undefined {
  const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return convertFragment(selection, parent, conversion);
    const converted = selection.kind === Kind.FIELD ? convertField(selection, parent, conversion) : undefined;
    return converted ? [converted] : [];
  });
  if (conversion.dependsOnTypes && isAbstractType(parent)) selections.push(TYPENAME);
  return selections.length > 0 ? { kind: Kind.SELECTION_SET, selections } : undefined;
}

function convertField(field: FieldNode, parent: GraphQLCompositeType, conversion: Conversion): FieldNode | undefined {
  const name = field.name.value;
  // Under whatever name: the answer reads the plain one, and the planner drops that where it meets another.
  if (name.startsWith('__')) return conversion.isRoot ? undefined : TYPENAME;
  if (conversion.isRefused(parent.name, name)) return undefined;
  if (!field.selectionSet || !(isObjectType(parent) || isInterfaceType(parent)))
    return withSourceKey(field, conversion);
  const type = getNamedType(parent.getFields()[name]?.type);
  if (!isCompositeType(type)) return withSourceKey(field, conversion);
  // Whether the object is there still has to be known when nothing of it is read.
  const possible = possibleTypesOf(type, conversion);
  const selectionSet = convert(field.selectionSet, type, { ...conversion, isRoot: false, possible }) ?? {
    kind: Kind.SELECTION_SET as const,
    selections: [TYPENAME],
  };
  return { ...withSourceKey(field, conversion), selectionSet };
}

/**
 * A fragment that applies to whatever stands here is no more than its selections, and one that applies to nothing is no
 * more than a question for the type: the planner cannot plan what no object is.
 */
function convertFragment(
  fragment: InlineFragmentNode,
  parent: GraphQLCompositeType,
  conversion: Conversion,
): readonly SelectionNode[] {
  const { schema } = conversion;
  const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
  const type = isCompositeType(condition) ? condition : parent;
  const appliesAlways =
    type === parent || (isAbstractType(type) && !isUnionType(parent) && schema.isSubType(type, parent));
  const possible = appliesAlways ? conversion.possible : inBoth(conversion.possible, possibleTypesOf(type, conversion));
  // The type is asked for all the same: whoever answers has to know that it is another one.
  if (possible.length === 0 && !appliesAlways) return conversion.isRoot ? [] : [TYPENAME];
  const selectionSet = convert(fragment.selectionSet, appliesAlways ? parent : type, { ...conversion, possible });
  if (!selectionSet) return [];
  return appliesAlways ? selectionSet.selections : [{ ...fragment, selectionSet }];
}

function possibleTypesOf(type: GraphQLCompositeType, { schema }: PlanningContext): readonly GraphQLObjectType[] {
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}

function inBoth<Item>(some: readonly Item[], others: readonly Item[]): readonly Item[] {
  return some.filter((item) => others.includes(item));
}

/** Without an alias that says nothing new, which the planner would keep apart from what it adds by the plain name. */
function withSourceKey(field: FieldNode, { sourceKeys }: PlanningContext): FieldNode {
  const { alias: _written, ...plain } = field;
  const value = sourceKeyOf(field, sourceKeys);
  return value === field.name.value ? plain : { ...plain, alias: { kind: Kind.NAME, value } };
}
