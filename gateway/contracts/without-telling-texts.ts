import { Kind, visit } from 'graphql';
import type { DocumentNode } from 'graphql';
import type { HiddenNames } from './hidden-names.ts';

/** The schema without descriptions and reasons of deprecation that name what it leaves out. */
export function withoutTellingTexts(schema: DocumentNode, hidden: HiddenNames): DocumentNode {
  const strip = (node: object): object | undefined => {
    const { description } = node as { readonly description?: { readonly value: string } };
    return description && hidden.areIn(description.value) ? { ...node, description: undefined } : undefined;
  };
  return visit(schema, {
    enter: (node) => {
      if (node.kind !== Kind.DIRECTIVE) return strip(node);
      const reason = node.arguments?.find(({ value }) => value.kind === Kind.STRING && hidden.areIn(value.value));
      return reason && { ...node, arguments: node.arguments?.filter((argument) => argument !== reason) };
    },
  });
}
