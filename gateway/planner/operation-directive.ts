import { DirectiveLocation } from 'graphql';
import type { DirectiveDefinitionNode } from 'graphql';

const IN_OPERATIONS: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/** A directive as clients may write it in operations; none when it describes schemas alone. */
export function toOperationDirective(definition: DirectiveDefinitionNode): readonly DirectiveDefinitionNode[] {
  const locations = definition.locations.filter(({ value }) => IN_OPERATIONS.has(value));
  return locations.length > 0 ? [{ ...definition, locations }] : [];
}
