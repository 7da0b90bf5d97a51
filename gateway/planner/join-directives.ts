import { Kind, parse } from 'graphql';
import type { ConstDirectiveNode, DocumentNode } from 'graphql';

/** A node of a supergraph that may say which subgraphs it belongs to. */
interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The directives of that name in order, as the values of their arguments; enum values as text. */
export function joinsOf(node: Directed, name: string): readonly ReadonlyMap<string, string | boolean>[] {
  const found = node.directives?.filter((directive) => directive.name.value === name) ?? [];
  return found.map(({ arguments: args = [] }) => {
    const known = args.flatMap(({ name: argument, value }): readonly (readonly [string, string | boolean])[] =>
      value.kind === Kind.ENUM || value.kind === Kind.STRING || value.kind === Kind.BOOLEAN
        ? [[argument.value, value.value]]
        : [],
    );
    return new Map(known);
  });
}

/** The values of one argument over all directives of that name. */
export function joinedOf(node: Directed, name: string, argument: string): ReadonlySet<string> {
  const values = joinsOf(node, name).flatMap((join) => join.get(argument) ?? []);
  return new Set(values.filter((value) => typeof value === 'string'));
}

/** The subgraphs that know a type, by their names in `join__Graph`. */
export function graphsOf(type: Directed): ReadonlySet<string> {
  return joinedOf(type, 'join__type', 'graph');
}

/** A directive as it would be written, such as `@join__type(graph: A)`. */
export function joinDirective(text: string): ConstDirectiveNode {
  const [definition] = parse(`scalar Any ${text}`, { noLocation: true }).definitions;
  const directive = definition?.kind === Kind.SCALAR_TYPE_DEFINITION ? definition.directives?.[0] : undefined;
  if (!directive) throw new Error(`no directive: ${text}`);
  return directive;
}

/** The names by which plans know the subgraphs, to their names in `join__Graph`. */
export function graphsByService(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const graphs = supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph'
      ? (definition.values ?? [])
      : [],
  );
  return new Map(
    graphs.map((graph) => {
      const [service] = joinedOf(graph, 'join__graph', 'name');
      return [service ?? graph.name.value, graph.name.value];
    }),
  );
}
