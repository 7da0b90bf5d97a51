import { executeSync, Kind } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';
import { Defect } from '../../kernel/model/errors.ts';
import type { JsonObject } from './merge-data.ts';
import type { Variables } from './subgraph-client.ts';

/** Answers the introspection fields of a resolved operation's root from the public schema; undefined without any. */
export function compileIntrospection(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): ((variables: Variables) => JsonObject) | undefined {
  const selectionSet = introspectionOf(operation.selectionSet);
  if (!selectionSet) return undefined;
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] };
  return (variables) => {
    const { data, errors } = executeSync({ schema, document, variableValues: variables });
    if (!data) throw new Defect('The public schema could not be introspected.', {}, { cause: errors?.[0] });
    return data;
  };
}

function introspectionOf(selectionSet: SelectionSetNode): SelectionSetNode | undefined {
  const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return /^__(schema|type)$/.test(selection.name.value) ? [selection] : [];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? introspectionOf(selection.selectionSet) : undefined;
    return inner?.selections ?? [];
  });
  return selections.length > 0 ? { kind: Kind.SELECTION_SET, selections } : undefined;
}
