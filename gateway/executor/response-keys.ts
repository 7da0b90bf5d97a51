import { Kind } from 'graphql';
import type { DocumentNode, SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../planner/read-document.ts';
import { responseKeyOf } from '../planner/source-keys.ts';

/**
 * The response keys that a subgraph's answer has at its top, or, with `rootKey`, below that field of its root (where
 * the entities of a fetch are).
 */
export function responseKeysOf(document: DocumentNode, rootKey?: string): ReadonlySet<string> {
  const fragments = fragmentsOf(document);
  const keys = new Set<string>();
  const add = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) keys.add(responseKeyOf(selection));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
      else addFragment(selection.name.value);
    }
  };
  const addFragment = (name: string): void => {
    const fragment = fragments.get(name);
    if (fragment) add(fragment.selectionSet);
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (rootKey === undefined) add(definition.selectionSet);
    for (const field of definition.selectionSet.selections) {
      if (field.kind === Kind.FIELD && responseKeyOf(field) === rootKey && field.selectionSet) add(field.selectionSet);
    }
  }
  return keys;
}
