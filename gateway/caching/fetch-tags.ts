import { Kind, valueFromASTUntyped } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';
import type { Variables } from '../executor/subgraph-client.ts';
import type { Tag } from './cache-store.ts';

/**
 * What a fetch of root fields depends on. A field that is filtered by a key of its context's changes (`sku: "A"` or
 * `skus: ["A", "B"]` for changes by SKU) depends on those keys; any other one on all changes of the context.
 *
 * @param keyFields the first key field of each of the context's events
 */
export function tagsOfFetch(
  document: DocumentNode,
  variables: Variables,
  { context, keyFields }: { readonly context: string; readonly keyFields: ReadonlySet<string> },
): readonly Tag[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fields = operation?.selectionSet.selections ?? [];
  const values = new Set<string>();
  for (const field of fields) {
    const keys = field.kind === Kind.FIELD ? keysOf(field, variables, keyFields) : undefined;
    if (!keys) return [{ context }];
    for (const key of keys) values.add(key);
  }
  return [...values].map((value) => ({ context, value }));
}

/** What an entity depends on: every word by which it is known. */
export function tagsOfRepresentation(representation: unknown, context: string): readonly Tag[] {
  const values = Object.entries(representation as object).flatMap(([name, value]) =>
    name !== '__typename' && (typeof value === 'string' || typeof value === 'number') ? [String(value)] : [],
  );
  // One that is known by nothing simple could be anybody.
  return values.length > 0 ? values.map((value) => ({ context, value })) : [{ context }];
}

function keysOf(field: FieldNode, variables: Variables, keyFields: ReadonlySet<string>): readonly string[] | undefined {
  for (const { name, value: node } of field.arguments ?? []) {
    if (!keyFields.has(name.value) && !keyFields.has(name.value.replace(/s$/, ''))) continue;
    const value: unknown = valueFromASTUntyped(node, variables);
    const given = Array.isArray(value) ? value : [value];
    if (given.length > 0 && given.every((each) => typeof each === 'string')) return given;
  }
  return undefined;
}
