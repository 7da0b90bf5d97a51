import { visit } from 'graphql';
import type { DocumentNode, NamedTypeNode } from 'graphql';

/**
 * A schema without references to types that it does not define. The planner of version 0.0.38 drops a type that is
 * inaccessible and leaves it among the members of unions and the interfaces of other types.
 */
export function dropMissingTypes(document: DocumentNode): DocumentNode {
  const defined = new Set(document.definitions.flatMap((node) => ('name' in node && node.name ? node.name.value : [])));
  const known = (types: readonly NamedTypeNode[] | undefined): readonly NamedTypeNode[] =>
    (types ?? []).filter(({ name }) => defined.has(name.value));
  return visit(document, {
    UnionTypeDefinition: (node) => ({ ...node, types: known(node.types) }),
    ObjectTypeDefinition: (node) => ({ ...node, interfaces: known(node.interfaces) }),
    InterfaceTypeDefinition: (node) => ({ ...node, interfaces: known(node.interfaces) }),
  });
}
