import { Kind, parse, print } from 'graphql';
import type {
  ConstArgumentNode,
  ConstDirectiveNode,
  ConstValueNode,
  DefinitionNode,
  DocumentNode,
  EnumTypeDefinitionNode,
  FieldDefinitionNode,
  NamedTypeNode,
  ObjectTypeDefinitionNode,
  TypeNode,
} from 'graphql';
import { Defect } from '../../kernel/model/errors.ts';

/** The subgraph that the records of changes stand for. No real subgraph may have this name. */
const CHANGES_SUBGRAPH = 'stockwire-changes';
const CHANGES_GRAPH = 'STOCKWIRE_CHANGES';

type Definitions = Map<string, DefinitionNode>;

/**
 * The supergraph as subscriptions are planned: whatever a record of the change feed carries belongs to a subgraph of its
 * own, which knows of an entity no more than its key. So the planner finds out what has to be fetched, from the
 * owner of the record as well as from every other subgraph, and that nothing has to when the record says it all.
 * Without a topic it is the supergraph as it was.
 */
export function toLiveSupergraph(supergraphSdl: string): string {
  const document = parse(supergraphSdl, { noLocation: true });
  const definitions: Definitions = new Map();
  for (const definition of document.definitions) {
    if ('name' in definition && definition.name) definitions.set(definition.name.value, definition);
  }
  const changed = new Set<string>();
  const root = definitions.get('Subscription');
  if (root?.kind !== Kind.OBJECT_TYPE_DEFINITION || !root.fields?.some(isTopic)) return supergraphSdl;
  for (const field of root.fields ?? []) {
    if (!isTopic(field)) continue;
    for (const type of [field.type, ...(field.arguments ?? []).map((argument) => argument.type)]) {
      addToChanges(nameOf(type), definitions, changed);
    }
  }
  definitions.set('Subscription', moveTopics(root));
  addGraph(definitions);
  return print(withDefinitions(document, definitions));
}

/** The key field of each entity that changes may refer to, by type name. */
export function entityKeysOf(liveSupergraphSdl: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const definition of parse(liveSupergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const joined = joinsOf(definition).find((join) => argumentOf(join, 'graph') === CHANGES_GRAPH);
    const key = joined && argumentOf(joined, 'key');
    if (key !== undefined) keys.set(definition.name.value, key);
  }
  return keys;
}

function addToChanges(name: string, definitions: Definitions, changed: Set<string>): void {
  const definition = definitions.get(name);
  if (!definition || changed.has(name)) return;
  changed.add(name);
  switch (definition.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      definitions.set(name, { ...definition, directives: [...(definition.directives ?? []), joinType()] });
      return;
    case Kind.ENUM_TYPE_DEFINITION:
      definitions.set(name, addEnum(definition));
      return;
    case Kind.OBJECT_TYPE_DEFINITION:
      addObject(definition, definitions, changed);
      return;
    default:
      throw new Defect(`A change cannot hold ${name}: a record says nothing of its concrete type.`);
  }
}

function addObject(definition: ObjectTypeDefinitionNode, definitions: Definitions, changed: Set<string>): void {
  const name = definition.name.value;
  const keys = joinsOf(definition).flatMap((join) => argumentOf(join, 'key') ?? []);
  if (keys.length > 0) {
    definitions.set(name, addEntity(definition, keys));
    return;
  }
  const fields = (definition.fields ?? []).map((field) =>
    hasDirective(field, 'join__field') ? withDirective(field, joinField(CHANGES_GRAPH)) : field,
  );
  definitions.set(name, { ...definition, fields, directives: [...(definition.directives ?? []), joinType()] });
  for (const field of definition.fields ?? []) addToChanges(nameOf(field.type), definitions, changed);
}

/** Everything but the key stays where it was, which has to be said once there is another subgraph with the type. */
function addEntity(definition: ObjectTypeDefinitionNode, keys: readonly string[]): ObjectTypeDefinitionNode {
  const key = keys.find((candidate) => /^\w+$/.test(candidate));
  if (key === undefined)
    throw new Defect(`A change cannot refer to ${definition.name.value}: its key is no single field.`);
  const graphs = [...new Set(joinsOf(definition).flatMap((join) => argumentOf(join, 'graph') ?? []))];
  const fields = (definition.fields ?? []).map((field) => {
    const isExplicit = hasDirective(field, 'join__field');
    if (field.name.value === key) return isExplicit ? withDirective(field, joinField(CHANGES_GRAPH)) : field;
    return isExplicit ? field : withDirective(field, ...graphs.map(joinField));
  });
  return { ...definition, fields, directives: [...(definition.directives ?? []), joinType(key)] };
}

function addEnum(definition: EnumTypeDefinitionNode): EnumTypeDefinitionNode {
  const values = (definition.values ?? []).map((value) => ({
    ...value,
    directives: [...(value.directives ?? []), directive('join__enumValue', { graph: enumValue(CHANGES_GRAPH) })],
  }));
  return { ...definition, values, directives: [...(definition.directives ?? []), joinType()] };
}

function moveTopics(root: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
  const fields = (root.fields ?? []).map((field) => {
    if (!isTopic(field)) return field;
    const others = (field.directives ?? []).filter((each) => each.name.value !== 'join__field');
    return { ...field, directives: [...others, joinField(CHANGES_GRAPH)] };
  });
  return { ...root, fields, directives: [...(root.directives ?? []), joinType()] };
}

function addGraph(definitions: Definitions): void {
  const graphs = definitions.get('join__Graph');
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) throw new Defect('The supergraph names no subgraphs.');
  const added = {
    kind: Kind.ENUM_VALUE_DEFINITION as const,
    name: { kind: Kind.NAME as const, value: CHANGES_GRAPH },
    directives: [directive('join__graph', { name: text(CHANGES_SUBGRAPH), url: text('') })],
  };
  definitions.set('join__Graph', { ...graphs, values: [...(graphs.values ?? []), added] });
}

function withDefinitions(document: DocumentNode, definitions: Definitions): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      'name' in definition && definition.name && definition.kind !== Kind.DIRECTIVE_DEFINITION
        ? (definitions.get(definition.name.value) ?? definition)
        : definition,
    ),
  };
}

function isTopic(field: FieldDefinitionNode): boolean {
  return hasDirective(field, 'topic');
}

function nameOf(type: TypeNode): string {
  let inner: TypeNode = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  return (inner satisfies NamedTypeNode).name.value;
}

function joinsOf(definition: ObjectTypeDefinitionNode): readonly ConstDirectiveNode[] {
  return (definition.directives ?? []).filter((each) => each.name.value === 'join__type');
}

function argumentOf(node: ConstDirectiveNode, name: string): string | undefined {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

function hasDirective(node: FieldDefinitionNode, name: string): boolean {
  return (node.directives ?? []).some((each) => each.name.value === name);
}

function withDirective(field: FieldDefinitionNode, ...added: readonly ConstDirectiveNode[]): FieldDefinitionNode {
  return { ...field, directives: [...(field.directives ?? []), ...added] };
}

function joinType(key?: string): ConstDirectiveNode {
  return directive('join__type', {
    graph: enumValue(CHANGES_GRAPH),
    ...(key !== undefined && { key: text(key), resolvable: { kind: Kind.BOOLEAN, value: false } }),
  });
}

function joinField(graph: string): ConstDirectiveNode {
  return directive('join__field', { graph: enumValue(graph) });
}

function directive(name: string, values: Readonly<Record<string, ConstValueNode>>): ConstDirectiveNode {
  const given = Object.entries(values).map(([key, value]): ConstArgumentNode => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: key },
    value,
  }));
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name }, arguments: given };
}

function enumValue(value: string): ConstValueNode {
  return { kind: Kind.ENUM, value };
}

function text(value: string): ConstValueNode {
  return { kind: Kind.STRING, value };
}
