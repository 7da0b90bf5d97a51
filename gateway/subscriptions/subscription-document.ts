import { Kind, print, visit } from 'graphql';
import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql';
import { invariant } from '../../kernel/model/errors.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';

/** The one field of a subscription's root. */
export function rootFieldOf({ operation, document }: PreparedOperation): FieldNode {
  const find = (selectionSet: SelectionSetNode): FieldNode | undefined => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) return selection;
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : document.definitions.find(
              (definition) =>
                definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
            );
      const found = inner && 'selectionSet' in inner && inner.selectionSet ? find(inner.selectionSet) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  const field = find(operation.selectionSet);
  invariant(field, 'a validated subscription selects a field');
  return field;
}

/** Clients of one group are at different places, so the cursor is no part of what they have in common. */
export function withoutCursor(
  document: DocumentNode,
  rootField: string,
): { readonly normalised: string; readonly cursorVariables: ReadonlySet<string> } {
  const before = usesOf(document);
  const stripped = visit(document, {
    Field: (node) =>
      node.name.value === rootField
        ? { ...node, arguments: (node.arguments ?? []).filter((argument) => argument.name.value !== 'after') }
        : undefined,
  });
  const remaining = usesOf(stripped);
  const cursorVariables = new Set([...before].filter((name) => !remaining.has(name)));
  const normalised = visit(stripped, {
    VariableDefinition: (node) => (cursorVariables.has(node.variable.name.value) ? null : undefined),
  });
  return { normalised: print(normalised), cursorVariables };
}

function usesOf(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}
