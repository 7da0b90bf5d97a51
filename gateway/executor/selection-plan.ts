import { getNamedType, isAbstractType, isCompositeType, isObjectType, Kind, TypeNameMetaFieldDef } from 'graphql';
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import { responseKeyOf } from '../planner/planning-document.ts';
import type { Supergraph } from '../planner/supergraph.ts';

/** Why a field may not be read, or undefined when it may. */
export type RefusalOf = (typeName: string, fieldName: string) => FormattedError | undefined;

export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly supergraph: Supergraph;
  /** Names under which the data carries aliases that the planner was not given. */
  readonly sourceKeys: ReadonlyMap<string, string>;
  readonly refusalOf: RefusalOf;
}

/** A field of the answer. */
export interface FieldPlan {
  readonly responseKey: string;
  /** The key under which the data of the plan holds it. */
  readonly sourceKey: string;
  readonly typeName: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  readonly selection: SelectionPlan | undefined;
  readonly refusal: FormattedError | undefined;
  /** The values that a client may see of an enum, where some are inaccessible. */
  readonly restrictedValues: ReadonlySet<string> | undefined;
}

type FieldNodes = [FieldNode, ...FieldNode[]];

/**
 * What a client selected of one composite type, with fields merged as the GraphQL specification says. Fields are
 * worked out per concrete type when the first object of that type is met, so that an interface with many types costs
 * only those that occur.
 */
export class SelectionPlan {
  readonly parent: GraphQLCompositeType;
  readonly #selectionSets: readonly SelectionSetNode[];
  readonly #context: SelectionContext;
  readonly #fieldsByType = new Map<string, readonly FieldPlan[]>();

  /** @param selectionSets resolved ones: no fragment is spread in them, nothing is conditional */
  constructor(parent: GraphQLCompositeType, selectionSets: readonly SelectionSetNode[], context: SelectionContext) {
    this.parent = parent;
    this.#selectionSets = selectionSets;
    this.#context = context;
  }

  /** The concrete type of an object, or undefined when its `__typename` is no type that may stand here. */
  typeOf(object: Readonly<Record<string, unknown>>): GraphQLObjectType | undefined {
    if (isObjectType(this.parent)) return this.parent;
    const name = object['__typename'];
    const type = typeof name === 'string' ? this.#context.schema.getType(name) : undefined;
    return isObjectType(type) && this.#context.schema.isSubType(this.parent, type) ? type : undefined;
  }

  fieldsOf(type: GraphQLObjectType): readonly FieldPlan[] {
    const known = this.#fieldsByType.get(type.name);
    if (known) return known;
    const collected = new Map<string, FieldNodes>();
    for (const selectionSet of this.#selectionSets) this.#collect(selectionSet, type, collected);
    const fields = [...collected].flatMap(([key, nodes]) => this.#planField(key, nodes, type) ?? []);
    this.#fieldsByType.set(type.name, fields);
    return fields;
  }

  #collect(selectionSet: SelectionSetNode, type: GraphQLObjectType, collected: Map<string, FieldNodes>): void {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = responseKeyOf(selection);
        const known = collected.get(key);
        if (known) known.push(selection);
        else collected.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT && this.#applies(selection.typeCondition?.name.value, type)) {
        this.#collect(selection.selectionSet, type, collected);
      }
    }
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = this.#context.schema.getType(condition);
    return isAbstractType(conditionType) && this.#context.schema.isSubType(conditionType, type);
  }

  #planField(responseKey: string, nodes: FieldNodes, parent: GraphQLObjectType): FieldPlan | undefined {
    const name = nodes[0].name.value;
    const definition = name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
    // The root's introspection fields are answered apart.
    if (!definition) return undefined;
    const returned = getNamedType(definition.type);
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return {
      responseKey,
      sourceKey: this.#context.sourceKeys.get(responseKey) ?? responseKey,
      typeName: parent.name,
      name,
      type: definition.type,
      selection: isCompositeType(returned) ? new SelectionPlan(returned, selectionSets, this.#context) : undefined,
      refusal: this.#context.refusalOf(parent.name, name),
      restrictedValues: this.#context.supergraph.restrictedEnumValues(returned.name),
    };
  }
}
