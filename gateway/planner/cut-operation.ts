import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType, Kind } from 'graphql';
import type {
  GraphQLCompositeType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import type { EntityRoot } from './entity-roots.ts';
import { responseKeyOf } from './source-keys.ts';

export type PlanPath = readonly FlattenNodePathSegment[];

/** Where an object stands in an operation. */
export interface Position {
  readonly path: PlanPath;
  readonly type: string;
  /** The types of the objects that it stands in. */
  readonly above: ReadonlySet<string>;
}

/** What is selected of entities at one place. */
export interface OperationPart {
  readonly path: PlanPath;
  readonly type: string;
  readonly selectionSet: SelectionSetNode;
}

export interface Cut {
  /** The operation with the keys of entities alone where parts were. */
  readonly operation: OperationDefinitionNode;
  readonly parts: readonly OperationPart[];
}

export interface CutOptions {
  readonly schema: GraphQLSchema;
  readonly roots: ReadonlyMap<string, EntityRoot>;
  /** Asked from the root down, of entities that can be planned for by themselves; not asked below a part. */
  readonly isPart: (position: Position) => boolean;
}

/** @param operation without named fragments */
export function cutOperation(operation: OperationDefinitionNode, options: CutOptions): Cut {
  const root = options.schema.getRootType(operation.operation);
  if (!root) return { operation, parts: [] };
  const cutting = new Cutting(options);
  const selectionSet = cutting.cut(operation.selectionSet, { type: root, path: [], above: new Set() });
  return { operation: { ...operation, selectionSet }, parts: cutting.parts };
}

interface Place extends Omit<Position, 'type'> {
  readonly type: GraphQLCompositeType;
}

class Cutting {
  readonly parts: OperationPart[] = [];
  readonly #options: CutOptions;

  constructor(options: CutOptions) {
    this.#options = options;
  }

  cut(selectionSet: SelectionSetNode, place: Place): SelectionSetNode {
    const selections = selectionSet.selections.map((selection): SelectionNode => {
      const inner = this.#placeOf(selection, place);
      if (!inner || selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
      return { ...selection, selectionSet: this.#partOrCut(selection.selectionSet, inner) };
    });
    return { ...selectionSet, selections };
  }

  #partOrCut(selectionSet: SelectionSetNode, place: Place): SelectionSetNode {
    const root = this.#options.roots.get(place.type.name);
    if (!root || !this.#options.isPart({ ...place, type: place.type.name })) return this.cut(selectionSet, place);
    this.parts.push({ path: place.path, type: place.type.name, selectionSet });
    const names = ['__typename', ...root.key];
    return {
      kind: Kind.SELECTION_SET,
      selections: names.map((value) => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value } })),
    };
  }

  #placeOf(selection: SelectionNode, place: Place): Place | undefined {
    const { schema } = this.#options;
    if (selection.kind === Kind.FIELD) {
      const { type, path, above } = place;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      const below = field && getNamedType(field.type);
      if (!isCompositeType(below)) return undefined;
      const types = [type, ...(isAbstractType(type) ? schema.getPossibleTypes(type) : [])];
      return {
        type: below,
        path: [...path, { Field: responseKeyOf(selection) }],
        above: new Set([...above, ...types.map(({ name }) => name)]),
      };
    }
    const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    const type = condition === undefined ? place.type : schema.getType(condition);
    if (!isCompositeType(type)) return undefined;
    return type === place.type ? place : { ...place, type, path: [...place.path, { TypeCondition: [type.name] }] };
  }
}
