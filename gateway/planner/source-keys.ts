import { visit } from 'graphql';
import type { DocumentNode, FieldNode } from 'graphql';

/** The keys under which the data carries fields with an unsafe alias, by alias and by name of the field. */
export type SourceKeys = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What names mean in the supergraph. */
export interface TakenNames {
  /** Every name of a field of an object or interface type. */
  readonly fieldNames: ReadonlySet<string>;
  /** The fields that others require with arguments of their own. */
  readonly requiredWithArguments: ReadonlySet<string>;
}

/**
 * Chooses other keys for the aliases of a document that are unsafe as they are. An alias that is also the name of some
 * field can hide a key that the plan needs, which the planner of version 0.0.38 answers with a panic that ends the
 * process; one that means another field on another type can be taken for it where types share a fetch; one that begins
 * with an underscore or is a member of every JavaScript object can hide what the gateway relies on. A field that is
 * required with other arguments than the client's is moved out of the way of that one, which the planner sends as it
 * is found under the plain name.
 */
export function chooseSourceKeys(
  document: DocumentNode,
  { fieldNames, requiredWithArguments }: TakenNames,
): SourceKeys {
  const namesByAlias = new Map<string, Set<string>>();
  visit(document, {
    Field: (node) => {
      const isInTheWay = requiredWithArguments.has(node.name.value) && (node.arguments?.length ?? 0) > 0;
      if (!isAliased(node) && !isInTheWay) return;
      const alias = responseKeyOf(node);
      namesByAlias.set(alias, (namesByAlias.get(alias) ?? new Set()).add(node.name.value));
    },
  });
  const sourceKeys = new Map<string, ReadonlyMap<string, string>>();
  for (const [alias, names] of namesByAlias) {
    if (names.size === 1 && !isUnsafe(alias, fieldNames)) continue;
    const isTaken = (key: string): boolean => fieldNames.has(key) || namesByAlias.has(key);
    sourceKeys.set(alias, new Map([...names].map((name) => [name, freeKey(`alias_${alias}_of_${name}`, isTaken)])));
  }
  return sourceKeys;
}

/** The key under which the data of the plan holds a field. */
export function sourceKeyOf(field: FieldNode, sourceKeys: SourceKeys): string {
  const responseKey = responseKeyOf(field);
  return sourceKeys.get(responseKey)?.get(field.name.value) ?? responseKey;
}

function freeKey(wished: string, isTaken: (key: string) => boolean): string {
  let key = wished;
  while (isTaken(key)) key += '_';
  return key;
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
