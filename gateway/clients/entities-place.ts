import { Kind, OperationTypeNode } from 'graphql';
import type { FieldNode } from 'graphql';
import type { SubgraphOperation } from '../executor/subgraph-client.ts';

/** Where a fetch takes representations and tells entities. */
export interface EntitiesPlace {
  /** The variable with the representations. */
  readonly variable: string;
  readonly responseKey: string;
}

/** Undefined unless entities, by one list of representations, are all that is asked for. */
export function entitiesOf({ document, kind }: SubgraphOperation): EntitiesPlace | undefined {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [selection, ...others] = operation?.selectionSet.selections ?? [];
  if (kind !== 'query' || operation?.operation !== OperationTypeNode.QUERY || others.length > 0) return undefined;
  if (selection?.kind !== Kind.FIELD || selection.name.value !== '_entities') return undefined;
  return placeOf(selection);
}

function placeOf(field: FieldNode): EntitiesPlace | undefined {
  const value = field.arguments?.find(({ name }) => name.value === 'representations')?.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  return { variable: value.name.value, responseKey: field.alias?.value ?? field.name.value };
}
