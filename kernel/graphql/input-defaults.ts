import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import type { DocumentNode, GraphQLInputType, GraphQLNamedInputType, GraphQLSchema } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Gives the fields of input objects that were left out the defaults of their types. graphql-jit 0.8.9 misses a field that
 * may not be null although it has a default.
 * @returns the same variables where no type of a variable has defaults
 */
export function completeInputs(document: DocumentNode, schema: GraphQLSchema): (variables: Variables) => Variables {
  const types = new Map<string, GraphQLInputType>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type: declared } of definition.variableDefinitions ?? []) {
      const type = typeFromAST(schema, declared) as GraphQLInputType | undefined;
      if (type && hasDefaults(getNamedType(type), new Set())) types.set(variable.name.value, type);
    }
  }
  if (types.size === 0) return (variables) => variables;
  return (variables) => {
    const completed: Record<string, unknown> = { ...variables };
    for (const [name, type] of types) {
      if (completed[name] !== undefined) completed[name] = complete(completed[name], type);
    }
    return completed;
  };
}

function hasDefaults(type: GraphQLNamedInputType, seen: Set<GraphQLNamedInputType>): boolean {
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return Object.values(type.getFields()).some(
    (field) => field.defaultValue !== undefined || hasDefaults(getNamedType(field.type), seen),
  );
}

function complete(value: unknown, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return complete(value, type.ofType);
  if (value === null || value === undefined) return value;
  if (isListType(type)) {
    const { ofType } = type;
    return Array.isArray(value) ? value.map((item) => complete(item, ofType)) : complete(value, ofType);
  }
  if (!isInputObjectType(type) || typeof value !== 'object' || Array.isArray(value)) return value;
  const given = value as Variables;
  const completed: Record<string, unknown> = { ...given };
  for (const [name, { type: fieldType, astNode }] of Object.entries(type.getFields())) {
    if (given[name] !== undefined) completed[name] = complete(given[name], fieldType);
    else if (astNode?.defaultValue) completed[name] = complete(valueFromASTUntyped(astNode.defaultValue), fieldType);
  }
  return completed;
}
