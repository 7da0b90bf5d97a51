import { Kind, visit } from 'graphql';
import type {
  DirectiveNode,
  DocumentNode,
  FieldNode,
  InlineFragmentNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { Fragments } from './measure-operation.ts';

/** The values of the variables that conditions depend on; undefined includes everything. */
export type ConditionValues = Readonly<Record<string, unknown>> | undefined;

/** The variables on which `@skip` and `@include` of a document depend, in the order of their first use. */
export function conditionVariablesOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (node) => {
      const value = conditionOf(node);
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/**
 * The operation with its fragments inlined and its conditions settled, so that nothing behind it has to know of either.
 * The planner of version 0.0.38 loses conditions on the way, and fetches what the client has excluded.
 */
export function resolveSelections(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  values: ConditionValues,
): OperationDefinitionNode {
  const resolve = (selectionSet: SelectionSetNode): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: selectionSet.selections.flatMap((selection) => resolveSelection(selection)),
  });

  const resolveSelection = (selection: SelectionNode): SelectionNode[] => {
    if (!isIncluded(selection.directives, values)) return [];
    if (selection.kind === Kind.FIELD) return [resolveField(selection)];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const inner = fragment && resolve(fragment.selectionSet);
    if (!inner || inner.selections.length === 0) return [];
    const { typeCondition } = fragment;
    const inlined: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      ...(typeCondition && { typeCondition }),
      selectionSet: inner,
    };
    return [inlined];
  };

  const resolveField = ({ directives: _settled, selectionSet, ...field }: FieldNode): FieldNode =>
    selectionSet ? { ...field, selectionSet: resolve(selectionSet) } : field;

  return { ...operation, selectionSet: resolve(operation.selectionSet) };
}

function isIncluded(directives: readonly DirectiveNode[] | undefined, values: ConditionValues): boolean {
  if (!values || !directives) return true;
  return directives.every((directive) => {
    const condition = conditionOf(directive);
    if (!condition) return true;
    const isMet = condition.kind === Kind.VARIABLE ? values[condition.name.value] === true : isTrue(condition);
    return isMet === (directive.name.value === 'include');
  });
}

type Condition = NonNullable<DirectiveNode['arguments']>[number]['value'];

function conditionOf({ name, arguments: args }: DirectiveNode): Condition | undefined {
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  return args?.find((argument) => argument.name.value === 'if')?.value;
}

function isTrue(value: Condition): boolean {
  return value.kind === Kind.BOOLEAN && value.value;
}
