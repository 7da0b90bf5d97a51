import { buildASTSchema, isAbstractType, isEnumType, isInterfaceType, isObjectType, Kind, parse, visit } from 'graphql';
import type { DocumentNode, GraphQLEnumType, GraphQLSchema } from 'graphql';
import { withCanonicalDirectives } from './canonical-directives.ts';
import type { TakenNames } from './source-keys.ts';

/** What the executor has to know of the supergraph, everything that is hidden from clients included. */
export interface Supergraph extends TakenNames {
  readonly schema: GraphQLSchema;
  /** The object types that a type condition lets through; the name itself for an object type. */
  possibleTypes(typeName: string): ReadonlySet<string>;
  readonly isObjectTypeName: (typeName: string) => boolean;
  /** The values that clients may see of an enum some of whose values are inaccessible; undefined for all others. */
  restrictedEnumValues(typeName: string): ReadonlySet<string> | undefined;
  /** The values of such an enum that clients may not see. */
  hiddenEnumValues(typeName: string): ReadonlySet<string> | undefined;
}

export function readSupergraph(sdl: string, publicSchema: GraphQLSchema): Supergraph {
  const document = withCanonicalDirectives(parse(sdl, { noLocation: true }));
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  const possible = new Map<string, ReadonlySet<string>>();
  const fieldNames = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type)) possible.set(type.name, new Set([type.name]));
    if (isAbstractType(type)) {
      // A subgraph with an interface object answers the interface's own name.
      possible.set(type.name, new Set([type.name, ...schema.getPossibleTypes(type).map((object) => object.name)]));
    }
    if (isObjectType(type) || isInterfaceType(type))
      for (const name of Object.keys(type.getFields())) fieldNames.add(name);
  }
  return {
    schema,
    possibleTypes: (name) => possible.get(name) ?? new Set([name]),
    isObjectTypeName: (name) => isObjectType(schema.getType(name)),
    ...findEnumValues(schema, publicSchema),
    fieldNames,
    requiredWithArguments: findRequiredWithArguments(document),
  };
}

/** The same supergraph behind another public schema. */
export function withPublicSchema(supergraph: Supergraph, publicSchema: GraphQLSchema): Supergraph {
  return { ...supergraph, ...findEnumValues(supergraph.schema, publicSchema) };
}

function findEnumValues(
  schema: GraphQLSchema,
  publicSchema: GraphQLSchema,
): Pick<Supergraph, 'restrictedEnumValues' | 'hiddenEnumValues'> {
  const restricted = new Map<string, ReadonlySet<string>>();
  const hidden = new Map<string, ReadonlySet<string>>();
  for (const type of Object.values(schema.getTypeMap())) {
    const shown = publicSchema.getType(type.name);
    if (!isEnumType(type) || !isEnumType(shown)) continue;
    const visible = valuesOf(shown);
    const others = new Set([...valuesOf(type)].filter((name) => !visible.has(name)));
    if (others.size === 0) continue;
    restricted.set(type.name, visible);
    hidden.set(type.name, others);
  }
  return { restrictedEnumValues: (name) => restricted.get(name), hiddenEnumValues: (name) => hidden.get(name) };
}

function valuesOf(type: GraphQLEnumType): ReadonlySet<string> {
  return new Set(type.getValues().map(({ name }) => name));
}

/** The names in the field sets of `@requires` that are given arguments there. */
function findRequiredWithArguments(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(supergraph, {
    Directive: ({ name, arguments: args }) => {
      const requires = name.value === 'join__field' ? args?.find((arg) => arg.name.value === 'requires') : undefined;
      if (requires?.value.kind !== Kind.STRING) return;
      visit(parse(`{${requires.value.value}}`, { noLocation: true }), {
        Field: (field) => void (field.arguments?.length && names.add(field.name.value)),
      });
    },
  });
  return names;
}
