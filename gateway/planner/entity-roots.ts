import { Kind } from 'graphql';
import type {
  DefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql';
import { graphsOf, joinDirective, joinsOf } from './join-directives.ts';

/** A type whose entities can be planned for by their key alone. */
export interface EntityRoot {
  /** The field of the root that stands for any entity of the type. */
  readonly field: string;
  readonly key: readonly string[];
}

export interface EntityRoots {
  /** The supergraph with a subgraph more, whose root has a field for every such type and that knows its key alone. */
  readonly supergraph: DocumentNode;
  /** The name by which plans know that subgraph. */
  readonly serviceName: string;
  readonly byType: ReadonlyMap<string, EntityRoot>;
}

const GRAPH = 'STOCKWIRE_ENTITIES__';
const SERVICE = 'stockwire-entities__';
const NAMES = /^[\w\s]+$/;

/**
 * @param supergraph with the root type `Query`, as composition names it
 * @param rank which of its keys each type has there; the last one where it has fewer
 */
export function createEntityRoots(supergraph: DocumentNode, rank: number): EntityRoots {
  const byType = new Map<string, EntityRoot>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const keys = plainKeysOf(type);
    const key = keys[Math.min(rank, keys.length - 1)];
    if (key) byType.set(type.name.value, { field: `entity_${type.name.value}`, key });
  }
  const definitions = supergraph.definitions.map((definition) => withRoots(definition, byType));
  return { supergraph: { ...supergraph, definitions }, serviceName: SERVICE, byType };
}

/** How many ranks of keys there are. */
export function countKeyRanks({ definitions }: DocumentNode): number {
  const counts = definitions.map((type) => (type.kind === Kind.OBJECT_TYPE_DEFINITION ? plainKeysOf(type).length : 0));
  return Math.max(0, ...counts);
}

/** The keys of names alone, those that most subgraphs resolve the type by first. */
function plainKeysOf(type: ObjectTypeDefinitionNode): readonly (readonly string[])[] {
  const uses = new Map<string, number>();
  for (const join of joinsOf(type, 'join__type')) {
    const key = join.get('key');
    if (typeof key !== 'string' || !NAMES.test(key) || join.get('resolvable') === false) continue;
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return [...uses].sort(([, a], [, b]) => b - a).map(([key]) => key.trim().split(/\s+/));
}

function withRoots(definition: DefinitionNode, byType: ReadonlyMap<string, EntityRoot>): DefinitionNode {
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
    const directives = [joinDirective(`@join__graph(name: "${SERVICE}", url: "http://${SERVICE}.invalid")`)];
    const value = {
      kind: Kind.ENUM_VALUE_DEFINITION as const,
      name: { kind: Kind.NAME as const, value: GRAPH },
      directives,
    };
    return { ...definition, values: [...(definition.values ?? []), value] };
  }
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  if (definition.name.value === 'Query') {
    const roots = [...byType].map(([type, { field }]) => rootField(type, field));
    return {
      ...joined(definition, `@join__type(graph: ${GRAPH})`, []),
      fields: [...fieldsOf(definition, []), ...roots],
    };
  }
  const root = byType.get(definition.name.value);
  return root
    ? joined(definition, `@join__type(graph: ${GRAPH}, key: "${root.key.join(' ')}", resolvable: false)`, root.key)
    : definition;
}

function joined(type: ObjectTypeDefinitionNode, directive: string, known: readonly string[]): ObjectTypeDefinitionNode {
  const directives = [...(type.directives ?? []), joinDirective(directive)];
  return { ...type, directives, fields: fieldsOf(type, known) };
}

/** A field that says nothing is of all subgraphs of its type, and the new one is not among them. */
function fieldsOf(
  type: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  known: readonly string[],
): readonly FieldDefinitionNode[] {
  return (type.fields ?? []).map((field) => {
    const isJoined = joinsOf(field, 'join__field').length > 0;
    const graphs = [...(isJoined ? [] : graphsOf(type)), ...(known.includes(field.name.value) ? [GRAPH] : [])];
    const added = graphs.map((graph) => joinDirective(`@join__field(graph: ${graph})`));
    return { ...field, directives: [...(field.directives ?? []), ...added] };
  });
}

function rootField(type: string, name: string): FieldDefinitionNode {
  return {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: name },
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    directives: [joinDirective(`@join__field(graph: ${GRAPH})`)],
  };
}
