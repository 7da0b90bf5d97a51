import { Kind, visit } from 'graphql';
import type { ASTNode, DefinitionNode, DocumentNode, FragmentDefinitionNode } from 'graphql';

/** A document with one operation, without the fragments and variables that it does not use, which would be refused. */
export function dropUnused(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((definition): readonly (readonly [string, FragmentDefinitionNode])[] =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const usedFragments = new Set<string>();
  const usedVariables = new Set<string>();
  const findUsed = (node: ASTNode): void => {
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void usedVariables.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || usedFragments.has(name.value)) return;
        usedFragments.add(name.value);
        findUsed(fragment);
      },
    });
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) findUsed(definition);
  }
  const definitions = document.definitions.flatMap((definition): readonly DefinitionNode[] => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      return usedFragments.has(definition.name.value) ? [definition] : [];
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [definition];
    const variableDefinitions = (definition.variableDefinitions ?? []).filter(({ variable }) =>
      usedVariables.has(variable.name.value),
    );
    return [{ ...definition, variableDefinitions }];
  });
  return { ...document, definitions };
}
