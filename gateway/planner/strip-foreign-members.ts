import type { PlanNode } from '@graphql-hive/router-query-planner';
import { buildASTSchema, getNamedType, isInterfaceType, isObjectType, Kind, parse, print } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, SelectionNode, SelectionSetNode } from 'graphql';
import { foreignMember } from './complete-unions.ts';
import type { ForeignMembers } from './complete-unions.ts';
import { dropUnused } from './drop-unused.ts';
import { graphsByService } from './join-directives.ts';
import { mapFetches } from './map-fetches.ts';
import type { AnyFetch } from './map-fetches.ts';

const TYPENAME: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * Takes out of plans what they ask subgraphs for of members that their unions do not have.
 * @param supergraph as it is written
 */
export function createMemberStripper(supergraph: DocumentNode, foreign: ForeignMembers): (plan: PlanNode) => PlanNode {
  const schema = buildASTSchema(supergraph, { assumeValidSDL: true });
  const graphs = graphsByService(supergraph);
  const stripFetch = <Fetch extends AnyFetch>(fetch: Fetch): Fetch => {
    const graph = graphs.get(fetch.serviceName) ?? fetch.serviceName;
    const document = parse(fetch.operation, { noLocation: true });
    const isForeign = (union: string, member: string): boolean => foreign.has(foreignMember(union, member, graph));
    const stripped = new MemberStripping(document, schema, isForeign).document();
    return stripped === document ? fetch : withDocument(fetch, stripped);
  };
  return (plan) => mapFetches(plan, stripFetch);
}

/** Over one document that is sent to a subgraph. */
class MemberStripping {
  readonly #document: DocumentNode;
  readonly #schema: GraphQLSchema;
  readonly #isForeign: (union: string, member: string) => boolean;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #isChanged = false;

  constructor(document: DocumentNode, schema: GraphQLSchema, isForeign: (union: string, member: string) => boolean) {
    this.#document = document;
    this.#schema = schema;
    this.#isForeign = isForeign;
    this.#fragments = new Map(
      document.definitions.flatMap((definition): readonly (readonly [string, FragmentDefinitionNode])[] =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    );
  }

  /** The same object when there is nothing to take out. */
  document(): DocumentNode {
    const definitions = this.#document.definitions.map((definition) => {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        return {
          ...definition,
          selectionSet: this.#strip(definition.selectionSet, definition.typeCondition.name.value),
        };
      }
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      const root = this.#schema.getRootType(definition.operation)?.name ?? '';
      return { ...definition, selectionSet: this.#strip(definition.selectionSet, root) };
    });
    return this.#isChanged ? dropUnused({ ...this.#document, definitions }) : this.#document;
  }

  #strip(selectionSet: SelectionSetNode, parent: string): SelectionSetNode {
    const selections = selectionSet.selections.flatMap((selection): readonly SelectionNode[] => {
      if (this.#isOfForeign(selection, parent)) {
        this.#isChanged = true;
        return [];
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [selection];
      return [{ ...selection, selectionSet: this.#strip(selection.selectionSet, this.#typeBelow(selection, parent)) }];
    });
    return { ...selectionSet, selections: selections.length > 0 ? selections : [TYPENAME] };
  }

  #isOfForeign(selection: SelectionNode, parent: string): boolean {
    if (selection.kind === Kind.FIELD) return false;
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    return fragment !== undefined && this.#isForeign(parent, fragment.typeCondition?.name.value ?? parent);
  }

  /** Entities are of no type until a fragment says which. */
  #typeBelow(selection: SelectionNode, parent: string): string {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection.typeCondition?.name.value ?? parent;
    const type = this.#schema.getType(parent);
    if (selection.kind !== Kind.FIELD || !(isObjectType(type) || isInterfaceType(type))) return '';
    const field = type.getFields()[selection.name.value];
    return field ? getNamedType(field.type).name : '';
  }
}

function withDocument<Fetch extends AnyFetch>(fetch: Fetch, document: DocumentNode): Fetch {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const declared = new Set(operation?.variableDefinitions?.map(({ variable }) => variable.name.value));
  const { variableUsages } = fetch;
  return {
    ...fetch,
    operation: print(document),
    ...(variableUsages && { variableUsages: variableUsages.filter((name) => declared.has(name)) }),
  };
}
