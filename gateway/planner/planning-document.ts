import { getNamedType, isCompositeType, isInterfaceType, isObjectType, Kind } from 'graphql';
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLSchema,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { Fragments } from './measure-operation.ts';

/** Tells whether the caller may not read a field; such a field is not planned. */
export type IsRefused = (typeName: string, fieldName: string) => boolean;

export interface PlanningContext {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** The names under which the data carries aliases that must not reach the planner. */
  readonly sourceKeys: ReadonlyMap<string, string>;
  readonly isRefused: IsRefused;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The operation as the planner gets it: fragments inlined, without introspection and the root's `__typename` (which
 * the gateway answers by itself), without fields that the caller may not read, with safe aliases. Undefined when
 * nothing is left to fetch.
 */
export function toPlanningOperation(
  operation: OperationDefinitionNode,
  context: PlanningContext,
): OperationDefinitionNode | undefined {
  const root = context.schema.getRootType(operation.operation);
  if (!root) return undefined;
  const selectionSet = convert(operation.selectionSet, root, context, true);
  return selectionSet && { ...operation, selectionSet };
}

/** One operation per response key of the root, in order; a key that stands there several times is one. */
export function splitByRootField(
  operation: OperationDefinitionNode,
): { readonly key: string; readonly operation: OperationDefinitionNode }[] {
  const parts = new Map<string, SelectionNode[]>();
  for (const { key, selection } of rootSelections(operation.selectionSet)) {
    const known = parts.get(key);
    if (known) known.push(selection);
    else parts.set(key, [selection]);
  }
  return [...parts].map(([key, selections]) => ({
    key,
    operation: { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
  }));
}

export function responseKeyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

interface RootSelection {
  readonly key: string;
  readonly selection: SelectionNode;
}

function rootSelections(selectionSet: SelectionSetNode): RootSelection[] {
  return selectionSet.selections.flatMap((selection): RootSelection[] => {
    if (selection.kind === Kind.FIELD) return [{ key: responseKeyOf(selection), selection }];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    return rootSelections(selection.selectionSet).map(({ key, selection: inner }) => ({
      key,
      selection: { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] } },
    }));
  });
}

function convert(
  selectionSet: SelectionSetNode,
  parent: GraphQLCompositeType,
  context: PlanningContext,
  isRoot = false,
): SelectionSetNode | undefined {
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    const converted =
      selection.kind === Kind.FIELD
        ? convertField(selection, parent, context, isRoot)
        : convertFragment(asInlineFragment(selection, context), parent, context, isRoot);
    return converted ? [converted] : [];
  });
  return selections.length > 0 ? { kind: Kind.SELECTION_SET, selections } : undefined;
}

function convertField(
  field: FieldNode,
  parent: GraphQLCompositeType,
  context: PlanningContext,
  isRoot: boolean,
): FieldNode | undefined {
  const name = field.name.value;
  if (name.startsWith('__')) return isRoot ? undefined : withSourceKey(field, context);
  if (context.isRefused(parent.name, name)) return undefined;
  if (!field.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return withSourceKey(field, context);
  const type = getNamedType(parent.getFields()[name]?.type);
  if (!isCompositeType(type)) return withSourceKey(field, context);
  // Whether the object is there still has to be known when nothing of it may be read.
  const selectionSet = convert(field.selectionSet, type, context) ?? {
    kind: Kind.SELECTION_SET as const,
    selections: [TYPENAME],
  };
  return { ...withSourceKey(field, context), selectionSet };
}

function convertFragment(
  fragment: InlineFragmentNode,
  parent: GraphQLCompositeType,
  context: PlanningContext,
  isRoot: boolean,
): InlineFragmentNode | undefined {
  const condition = fragment.typeCondition && context.schema.getType(fragment.typeCondition.name.value);
  const type = isCompositeType(condition) ? condition : parent;
  const selectionSet = convert(fragment.selectionSet, type, context, isRoot);
  return selectionSet && { ...fragment, selectionSet };
}

function asInlineFragment(
  selection: Exclude<SelectionNode, FieldNode>,
  { fragments }: PlanningContext,
): InlineFragmentNode {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const fragment = fragments.get(selection.name.value);
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(fragment && { typeCondition: fragment.typeCondition }),
    ...(selection.directives && { directives: selection.directives }),
    selectionSet: fragment?.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] },
  };
}

function withSourceKey(field: FieldNode, { sourceKeys }: PlanningContext): FieldNode {
  const sourceKey = field.alias && sourceKeys.get(field.alias.value);
  return sourceKey === undefined ? field : { ...field, alias: { kind: Kind.NAME, value: sourceKey } };
}
