import type { PlanNode } from '@graphql-hive/router-query-planner';
import { Kind, parse } from 'graphql';
import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql';
import type { PlanPath } from './cut-operation.ts';
import { FieldSets } from './field-sets.ts';
import { graphsByService } from './join-directives.ts';
import type { AnyFetch } from './map-fetches.ts';
import { responseKeyOf } from './source-keys.ts';

/** Finds the objects of which a plan asks a subgraph for what that one does not provide there, by their places. */
export type FindOverProvided = (plan: PlanNode) => ReadonlySet<string>;

/** The keys that lead to an object, whatever the types of the objects on the way are. */
export function placeOf(path: PlanPath): string {
  return path.flatMap((segment) => (segment !== '@' && 'Field' in segment ? segment.Field : [])).join('.');
}

/**
 * The planner of version 0.0.38 takes a field at the top of a `@provides` for provided in all objects of its type inside of
 * the same field set. Undefined when the supergraph provides nothing.
 */
export function createOverProvidedFinder(supergraph: DocumentNode): FindOverProvided | undefined {
  const fieldSets = new FieldSets(supergraph);
  if (!fieldSets.providesAny) return undefined;
  const graphs = graphsByService(supergraph);
  return (plan) => {
    const found = new Set<string>();
    visitFetches(plan, [], (fetch, path) => {
      const graph = graphs.get(fetch.serviceName);
      if (graph !== undefined) searchFetch(fetch, path, { fieldSets, graph, found });
    });
    return found;
  };
}

function visitFetches(node: PlanNode, path: PlanPath, visit: (fetch: AnyFetch, path: PlanPath) => void): void {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return visit(node, path);
    case 'Subscription':
      return visit(node.primary, path);
    case 'Flatten':
      return visitFetches(node.node, [...path, ...node.path], visit);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.forEach((inner) => visitFetches(inner, path, visit));
    case 'Condition':
      return [node.ifClause, node.elseClause].forEach((clause) => clause && visitFetches(clause, path, visit));
    case 'Defer':
      return undefined;
  }
}

interface Search {
  readonly fieldSets: FieldSets;
  readonly graph: string;
  readonly found: Set<string>;
}

/** An object as a fetch selects of it. */
interface Selected {
  readonly type: string;
  readonly place: string;
  /** What is provided of it. */
  readonly provided: readonly SelectionSetNode[];
}

function searchFetch(fetch: AnyFetch, path: PlanPath, search: Search): void {
  const { definitions } = parse(fetch.operation, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const aliases = fetch.kind === 'BatchFetch' ? fetch.entityBatch.aliases : [];
  const walk = (selectionSet: SelectionSetNode, object: Selected): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        walkField(selection, object);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment) walk(fragment.selectionSet, { ...object, type: fragment.typeCondition?.name.value ?? object.type });
    }
  };
  const walkField = (field: FieldNode, object: Selected): void => {
    const key = responseKeyOf(field);
    if (field.name.value === '_entities' && field.selectionSet) {
      const paths = aliases.find(({ alias }) => alias === key)?.paths ?? [path];
      for (const one of paths) walk(field.selectionSet, { type: '', place: placeOf(one), provided: [] });
      return;
    }
    const below = search.fieldSets.below(object.type, field.name.value, {
      graph: search.graph,
      provided: object.provided,
    });
    if (!below.isResolved) search.found.add(object.place);
    if (!field.selectionSet) return;
    walk(field.selectionSet, { ...below, place: object.place === '' ? key : `${object.place}.${key}` });
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      walk(definition.selectionSet, { type: search.fieldSets.rootOf(definition.operation), place: '', provided: [] });
    }
  }
}
