import { executeSync, Kind } from 'graphql';
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Defect } from '../../kernel/model/errors.ts';
import type { Fragments } from '../planner/measure-operation.ts';
import type { JsonObject } from './merge-data.ts';
import type { Variables } from './subgraph-client.ts';

/** Answers the introspection fields of an operation's root from the public schema; undefined when it has none. */
export function compileIntrospection(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  schema: GraphQLSchema,
): ((variables: Variables) => JsonObject) | undefined {
  const selectionSet = introspectionOf(operation.selectionSet, fragments);
  if (!selectionSet) return undefined;
  const used: readonly FragmentDefinitionNode[] = [...fragments.values()];
  const document = { kind: Kind.DOCUMENT as const, definitions: [{ ...operation, selectionSet }, ...used] };
  return (variables) => {
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (!data) throw new Defect('The public schema could not be introspected.', {}, { cause: errors?.[0] });
    return data;
  };
}

function introspectionOf(selectionSet: SelectionSetNode, fragments: Fragments): SelectionSetNode | undefined {
  const selections = selectionSet.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return isIntrospection(selection) ? [selection] : [];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const inner = fragment && introspectionOf(fragment.selectionSet, fragments);
    const directives = selection.directives ?? [];
    return inner ? [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: inner }] : [];
  });
  return selections.length > 0 ? { kind: Kind.SELECTION_SET, selections } : undefined;
}

function isIntrospection({ name: { value } }: FieldNode): boolean {
  return value === '__schema' || value === '__type';
}
