import { Kind } from 'graphql';
import type {
  ConstValueNode,
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  SchemaDefinitionNode,
} from 'graphql';
import { hasFields, nameOf } from './find-hidden.ts';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** The schema without the hidden coordinates, and without types that nothing leads to any more. */
export function narrowSchema(schema: DocumentNode, hidden: ReadonlySet<string>): DocumentNode {
  const definitions = schema.definitions.flatMap((definition) => narrow(definition, hidden) ?? []);
  const reached = findReached(definitions);
  return {
    ...schema,
    definitions: definitions.flatMap((definition): readonly DefinitionNode[] => {
      if (definition.kind === Kind.SCHEMA_DEFINITION) return [withRoots(definition, hidden)];
      const name = 'name' in definition ? definition.name?.value : undefined;
      return name === undefined || reached.has(name) ? [definition] : [];
    }),
  };
}

function narrow(definition: DefinitionNode, hidden: ReadonlySet<string>): DefinitionNode | undefined {
  const type = 'name' in definition ? (definition.name?.value ?? '') : '';
  if (hidden.has(type)) return undefined;
  const isShown = (node: { readonly name: { readonly value: string } }) => !hidden.has(`${type}.${node.name.value}`);
  if (hasFields(definition)) {
    const fields = (definition.fields ?? []).filter(isShown).map((field) => narrowField(type, field, hidden));
    const interfaces = (definition.interfaces ?? []).filter((face) => !hidden.has(face.name.value));
    return { ...definition, fields, interfaces };
  }
  switch (definition.kind) {
    case Kind.UNION_TYPE_DEFINITION:
      return { ...definition, types: (definition.types ?? []).filter((member) => !hidden.has(member.name.value)) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...definition, values: (definition.values ?? []).filter(isShown) };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const fields = (definition.fields ?? []).filter(isShown).map((field) => narrowInput(field, hidden));
      return { ...definition, fields };
    }
    default:
      return definition;
  }
}

function narrowField(type: string, field: FieldDefinitionNode, hidden: ReadonlySet<string>): FieldDefinitionNode {
  const place = `${type}.${field.name.value}`;
  const shown = (field.arguments ?? []).filter((argument) => !hidden.has(`${place}(${argument.name.value}:)`));
  return { ...field, arguments: shown.map((argument) => narrowInput(argument, hidden)) };
}

/** A default that names something hidden is left to the subgraph, which has it too. */
function narrowInput(input: InputValueDefinitionNode, hidden: ReadonlySet<string>): InputValueDefinitionNode {
  const { defaultValue, ...rest } = input;
  return defaultValue && mentions(defaultValue, nameOf(input.type), hidden) ? rest : input;
}

function mentions(value: ConstValueNode, type: string, hidden: ReadonlySet<string>): boolean {
  if (value.kind === Kind.ENUM) return hidden.has(`${type}.${value.value}`);
  if (value.kind === Kind.LIST) return value.values.some((item) => mentions(item, type, hidden));
  if (value.kind !== Kind.OBJECT) return false;
  // The types of members are not known here, so that any enum value of a hidden name counts.
  return value.fields.some(
    (field) => hidden.has(`${type}.${field.name.value}`) || mentionsAnywhere(field.value, hidden),
  );
}

function mentionsAnywhere(value: ConstValueNode, hidden: ReadonlySet<string>): boolean {
  if (value.kind === Kind.ENUM) return [...hidden].some((coordinate) => coordinate.endsWith(`.${value.value}`));
  if (value.kind === Kind.LIST) return value.values.some((item) => mentionsAnywhere(item, hidden));
  return value.kind === Kind.OBJECT && value.fields.some((field) => mentionsAnywhere(field.value, hidden));
}

function findReached(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const byName = new Map(
    definitions.flatMap((each) => ('name' in each && each.name ? [[each.name.value, each] as const] : [])),
  );
  const reached = new Set<string>();
  const waiting = [...ROOTS];
  for (const name of waiting) {
    const definition = byName.get(name);
    if (!definition || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...neighboursOf(definition));
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) waiting.push(...implementorsOf(name, definitions));
  }
  return reached;
}

function neighboursOf(definition: DefinitionNode): readonly string[] {
  if (hasFields(definition)) {
    const fields = (definition.fields ?? []).flatMap(({ type, arguments: args = [] }) => [
      type,
      ...args.map((a) => a.type),
    ]);
    return [...fields.map(nameOf), ...(definition.interfaces ?? []).map((face) => face.name.value)];
  }
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) return (definition.types ?? []).map(({ name }) => name.value);
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return (definition.fields ?? []).map(({ type }) => nameOf(type));
  return [];
}

function implementorsOf(face: string, definitions: readonly DefinitionNode[]): readonly string[] {
  return definitions.flatMap((definition) =>
    hasFields(definition) && (definition.interfaces ?? []).some(({ name }) => name.value === face)
      ? [definition.name.value]
      : [],
  );
}

function withRoots(definition: SchemaDefinitionNode, hidden: ReadonlySet<string>): SchemaDefinitionNode {
  return {
    ...definition,
    operationTypes: definition.operationTypes.filter(({ type }) => !hidden.has(type.name.value)),
  };
}
