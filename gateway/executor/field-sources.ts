import type { PlanNode } from '@graphql-hive/router-query-planner';
import { getNamedType, isInterfaceType, isObjectType, Kind, parse } from 'graphql';
import type { FragmentDefinitionNode, GraphQLNamedType, SelectionSetNode } from 'graphql';
import type { Supergraph } from '../planner/supergraph.ts';
import { fragmentsOf } from '../planner/read-document.ts';

/** The subgraph that a field is fetched from; undefined where it may be several. */
export type SourceOf = (typeName: string, fieldName: string) => string | undefined;

/** Looks into the fetches of an operation's plans when it is asked for the first time, which is when something is wrong. */
export function findSources(plans: readonly PlanNode[], supergraph: Supergraph): SourceOf {
  let found: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  return (typeName, fieldName) => {
    found ??= readSources(plans, supergraph);
    const services = found.get(`${typeName}.${fieldName}`);
    return services?.size === 1 ? [...services][0] : undefined;
  };
}

function readSources(plans: readonly PlanNode[], supergraph: Supergraph): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { serviceName, operation } of plans.flatMap(fetchesOf)) {
    const note = (typeName: string, fieldName: string): void => {
      for (const name of supergraph.possibleTypes(typeName)) {
        const place = `${name}.${fieldName}`;
        found.set(place, (found.get(place) ?? new Set()).add(serviceName));
      }
    };
    new FetchWalk(operation, supergraph, note).walkAll();
  }
  return found;
}

interface Fetched {
  readonly serviceName: string;
  readonly operation: string;
}

function fetchesOf(node: PlanNode): readonly Fetched[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Condition':
      return [node.ifClause, node.elseClause].flatMap((inner) => (inner ? fetchesOf(inner) : []));
    case 'Subscription':
      return [node.primary];
    case 'Fetch':
    case 'BatchFetch':
      return [node];
    default:
      return [];
  }
}

/** Goes through a fetch's fields with the types that they are of. */
class FetchWalk {
  readonly #document;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #supergraph: Supergraph;
  readonly #note: (typeName: string, fieldName: string) => void;

  constructor(text: string, supergraph: Supergraph, note: (typeName: string, fieldName: string) => void) {
    this.#document = parse(text, { noLocation: true });
    this.#fragments = fragmentsOf(this.#document);
    this.#supergraph = supergraph;
    this.#note = note;
  }

  walkAll(): void {
    for (const definition of this.#document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      this.#walk(definition.selectionSet, this.#supergraph.schema.getRootType(definition.operation) ?? undefined);
    }
  }

  /** @param parent undefined below the field of entities, whose fragments name their types */
  #walk({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (parent) this.#note(parent.name, name);
        if (selection.selectionSet) this.#walk(selection.selectionSet, typeOfField(parent, name));
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? this.#fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition?.name.value;
      this.#walk(fragment.selectionSet, condition === undefined ? parent : this.#supergraph.schema.getType(condition));
    }
  }
}

function typeOfField(parent: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const field = parent.getFields()[name];
  return field && getNamedType(field.type);
}
