import { Kind, parse } from 'graphql';
import type { DocumentNode, InterfaceTypeDefinitionNode } from 'graphql';
import { graphsOf, joinsOf } from './join-directives.ts';
import type { SupergraphAdditions } from './supergraph-additions.ts';

/**
 * Marks what interface objects require as external. `@theguild/federation-composition` of version 0.27 leaves that out of
 * a field which all subgraphs of an interface mention, and then the planner asks the interface object for what it
 * requires. Nobody can require what it resolves by itself, so the mark is no guess.
 */
export function markRequiredFields(supergraph: DocumentNode, additions: SupergraphAdditions): void {
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const requiring = graphsRequiring(field.name.value, type);
      if (requiring.size === 0 || joinsOf(field, 'join__field').length > 0) continue;
      for (const graph of graphsOf(type)) {
        const how = requiring.has(graph) ? ', external: true' : '';
        additions.add(`${type.name.value}.${field.name.value}`, `@join__field(graph: ${graph}${how})`);
      }
    }
  }
}

/** The interface objects with a field that requires this one. */
function graphsRequiring(name: string, type: InterfaceTypeDefinitionNode): ReadonlySet<string> {
  const objects = joinsOf(type, 'join__type').filter((join) => join.get('isInterfaceObject') === true);
  const joins = (type.fields ?? []).flatMap((field) => joinsOf(field, 'join__field'));
  const requiring = objects.flatMap((object): readonly string[] => {
    const graph = object.get('graph');
    const isRequiring = joins.some((join) => join.get('graph') === graph && requiredBy(join).includes(name));
    return typeof graph === 'string' && isRequiring ? [graph] : [];
  });
  return new Set(requiring);
}

/** The fields of the type itself that a field requires. */
function requiredBy(join: ReadonlyMap<string, string | boolean>): readonly string[] {
  const required = join.get('requires');
  if (typeof required !== 'string') return [];
  const [operation] = parse(`{${required}}`, { noLocation: true }).definitions;
  const selections = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? selection.name.value : []));
}
