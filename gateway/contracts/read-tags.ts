import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, Kind } from 'graphql';
import type { ConstDirectiveNode, GraphQLNamedType, GraphQLSchema } from 'graphql';

/** Tags by schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export type Tags = ReadonlyMap<string, ReadonlySet<string>>;

type Bearer = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;

/** @param supergraph the schema with its directives under their own names */
export function readTags(supergraph: GraphQLSchema): Tags {
  const tags = new Map<string, ReadonlySet<string>>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    for (const [coordinate, bearer] of bearersOf(type)) {
      const names = tagsOf(bearer);
      if (names.length > 0) tags.set(coordinate, new Set(names));
    }
  }
  return tags;
}

function bearersOf(type: GraphQLNamedType): readonly (readonly [coordinate: string, bearer: Bearer])[] {
  return [[type.name, type.astNode], ...membersOf(type)];
}

function membersOf(type: GraphQLNamedType): readonly (readonly [coordinate: string, bearer: Bearer])[] {
  if (isEnumType(type)) return type.getValues().map(({ name, astNode }) => [`${type.name}.${name}`, astNode]);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(({ name, astNode }) => [`${type.name}.${name}`, astNode]);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, astNode, args }) => [
    [`${type.name}.${name}`, astNode] as const,
    ...args.map((argument) => [`${type.name}.${name}(${argument.name}:)`, argument.astNode] as const),
  ]);
}

function tagsOf(bearer: Bearer): readonly string[] {
  return (bearer?.directives ?? []).flatMap(({ name, arguments: args }) => {
    const value = name.value === 'tag' ? args?.find((argument) => argument.name.value === 'name')?.value : undefined;
    return value?.kind === Kind.STRING ? [value.value] : [];
  });
}
