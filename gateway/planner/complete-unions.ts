import { isTypeDefinitionNode, Kind } from 'graphql';
import type { DocumentNode, TypeDefinitionNode, TypeNode, UnionTypeDefinitionNode } from 'graphql';
import { graphsOf, joinsOf } from './join-directives.ts';
import type { SupergraphAdditions } from './supergraph-additions.ts';

/** The members of unions that a subgraph only seems to have, as `Union Member graph`. */
export type ForeignMembers = ReadonlySet<string>;

export function foreignMember(union: string, member: string, graph: string): string {
  return `${union} ${member} ${graph}`;
}

/**
 * Gives a union the same members in all of its subgraphs. The planner of version 0.0.38 asks for the common members alone
 * where a field could come from several subgraphs, and leaves out what only the one has that it comes from. A member that a
 * subgraph does not have can never be in its answer, so it may be planned for and is taken out of the fetches again.
 */
export function completeUnions(supergraph: DocumentNode, additions: SupergraphAdditions): ForeignMembers {
  const types = new Map(
    supergraph.definitions.flatMap((definition): readonly (readonly [string, TypeDefinitionNode])[] =>
      isTypeDefinitionNode(definition) ? [[definition.name.value, definition]] : [],
    ),
  );
  const foreign = new Set<string>();
  const adoption = new Adoption(types, additions);
  for (const union of types.values()) {
    if (union.kind !== Kind.UNION_TYPE_DEFINITION) continue;
    nameMembers(union, types, additions);
    for (const { graph, member } of missingMembers(union, additions)) {
      if (!adoption.adopt(member, graph)) continue;
      additions.add(union.name.value, membership(graph, member));
      foreign.add(foreignMember(union.name.value, member, graph));
    }
  }
  return foreign;
}

function missingMembers(
  union: UnionTypeDefinitionNode,
  additions: SupergraphAdditions,
): readonly { readonly graph: string; readonly member: string }[] {
  const members = (union.types ?? []).map(({ name }) => name.value);
  const all = [...graphsOf(union)].flatMap((graph) => members.map((member) => ({ graph, member })));
  return all.filter(
    ({ graph, member }) =>
      !hasMember(union, member, graph) && !additions.has(union.name.value, membership(graph, member)),
  );
}

/** Join v0.2 names no members by subgraph: each subgraph of a union has those that it knows. */
function nameMembers(
  union: UnionTypeDefinitionNode,
  types: ReadonlyMap<string, TypeDefinitionNode>,
  additions: SupergraphAdditions,
): void {
  if (joinsOf(union, 'join__unionMember').length > 0) return;
  for (const graph of graphsOf(union)) {
    for (const { name } of union.types ?? []) {
      const member = types.get(name.value);
      if (member && graphsOf(member).has(graph)) additions.add(union.name.value, membership(graph, name.value));
    }
  }
}

/** Makes types known to subgraphs that do not have them, with all that is below. */
class Adoption {
  readonly #types: ReadonlyMap<string, TypeDefinitionNode>;
  readonly #additions: SupergraphAdditions;

  constructor(types: ReadonlyMap<string, TypeDefinitionNode>, additions: SupergraphAdditions) {
    this.#types = types;
    this.#additions = additions;
  }

  /** False when the subgraph has the type already, but not whole: then it stands elsewhere as well and is left as it is. */
  adopt(name: string, graph: string): boolean {
    const type = this.#types.get(name);
    if (!type) return true;
    if (graphsOf(type).has(graph)) return isWhole(type, graph);
    const text = `@join__type(graph: ${graph})`;
    if (this.#additions.has(name, text)) return true;
    this.#additions.add(name, text);
    this.#adoptMembers(type, graph);
    return true;
  }

  #adoptMembers(type: TypeDefinitionNode, graph: string): void {
    const { value } = type.name;
    switch (type.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        for (const field of type.fields ?? []) {
          // Without any, a field is resolved by all subgraphs of its type.
          if (joinsOf(field, 'join__field').length > 0) {
            this.#additions.add(`${value}.${field.name.value}`, `@join__field(graph: ${graph})`);
          }
          for (const { type: needed } of [field, ...(field.arguments ?? [])]) this.adopt(namedType(needed), graph);
        }
        if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) this.#adoptImplementations(value, graph);
        break;
      case Kind.UNION_TYPE_DEFINITION:
        for (const { name } of type.types ?? []) {
          this.adopt(name.value, graph);
          this.#additions.add(value, membership(graph, name.value));
        }
        break;
      case Kind.ENUM_TYPE_DEFINITION:
        for (const { name } of type.values ?? []) {
          this.#additions.add(`${value}.${name.value}`, `@join__enumValue(graph: ${graph})`);
        }
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        for (const field of type.fields ?? []) this.adopt(namedType(field.type), graph);
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
        break;
    }
  }

  #adoptImplementations(name: string, graph: string): void {
    for (const type of this.#types.values()) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      if (!type.interfaces?.some((one) => one.name.value === name)) continue;
      this.adopt(type.name.value, graph);
      this.#additions.add(type.name.value, `@join__implements(graph: ${graph}, interface: "${name}")`);
    }
  }
}

/** Whether a subgraph resolves every field of a type by itself. */
function isWhole(type: TypeDefinitionNode, graph: string): boolean {
  if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) return true;
  return (type.fields ?? []).every((field) => {
    const joins = joinsOf(field, 'join__field');
    if (joins.length === 0) return true;
    return joins.some((join) => join.get('graph') === graph && join.get('external') !== true && !join.has('requires'));
  });
}

function hasMember(union: UnionTypeDefinitionNode, member: string, graph: string): boolean {
  return joinsOf(union, 'join__unionMember').some(
    (join) => join.get('graph') === graph && join.get('member') === member,
  );
}

function membership(graph: string, member: string): string {
  return `@join__unionMember(graph: ${graph}, member: "${member}")`;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
