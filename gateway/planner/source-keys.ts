import { visit } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';

/**
 * The names under which the data of a document carries its aliases, for those that are unsafe as they are. An alias
 * that is also the name of some field can hide a key that the plan needs, which the planner of version 0.0.38 answers
 * with a panic that ends the process; one that begins with an underscore or is a member of every JavaScript object can
 * hide what the gateway relies on.
 */
export function chooseSourceKeys(document: DocumentNode, fieldNames: ReadonlySet<string>): ReadonlyMap<string, string> {
  const aliases = new Set<string>();
  visit(document, {
    Field: (node) => {
      if (isAliased(node)) aliases.add(responseKeyOf(node));
    },
  });
  const sourceKeys = new Map<string, string>();
  for (const alias of aliases) {
    if (!isUnsafe(alias, fieldNames)) continue;
    let sourceKey = `alias_${alias}`;
    while (fieldNames.has(sourceKey) || aliases.has(sourceKey)) sourceKey += '_';
    sourceKeys.set(alias, sourceKey);
  }
  return sourceKeys;
}

/** The key under which the data of the plan holds a field. Only what goes by another name than its own is moved. */
export function sourceKeyOf(field: FieldNode, sourceKeys: ReadonlyMap<string, string>): string {
  const responseKey = responseKeyOf(field);
  return (isAliased(field) ? sourceKeys.get(responseKey) : undefined) ?? responseKey;
}

export function responseKeyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function isAliased({ alias, name }: FieldNode): boolean {
  return alias !== undefined && alias.value !== name.value;
}

function isUnsafe(alias: string, fieldNames: ReadonlySet<string>): boolean {
  return fieldNames.has(alias) || alias.startsWith('_') || alias in Object.prototype;
}
