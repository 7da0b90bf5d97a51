import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  TypeNameMetaFieldDef,
} from 'graphql';
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import { responseKeyOf, sourceKeyOf } from '../planner/source-keys.ts';
import type { SourceKeys } from '../planner/source-keys.ts';
import type { Supergraph } from '../planner/supergraph.ts';

/** Why a field may not be read, or undefined when it may. */
export type RefusalOf = (typeName: string, fieldName: string) => FormattedError | undefined;

export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly supergraph: Supergraph;
  /** Names under which the data carries aliases that the planner was not given. */
  readonly sourceKeys: SourceKeys;
  readonly refusalOf: RefusalOf;
  /** True when what may be read of an interface may differ by type. */
  readonly dependsOnTypes: boolean;
}

/** A field of the answer. */
export interface FieldPlan {
  readonly responseKey: string;
  /** The key under which the data of the plan holds it. */
  readonly sourceKey: string;
  /**
   * Where the same value may stand as well: a leaf without arguments under its own name. The planner of version 0.0.38
   * leaves out an alias of a key that it has already, below a type of an interface object.
   */
  readonly plainKey: string | undefined;
  readonly typeName: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  readonly selection: SelectionPlan | undefined;
  readonly refusal: FormattedError | undefined;
  /** The values that a client may see of an enum, where some are inaccessible. */
  readonly restrictedValues: ReadonlySet<string> | undefined;
  /** The others, which are there and which no client may see. */
  readonly hiddenValues: ReadonlySet<string> | undefined;
}

type FieldNodes = [FieldNode, ...FieldNode[]];

/** A type with fields. */
export type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

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

  /**
   * The type whose fields an object has: its concrete type, or its interface where the plan did not need to find out
   * more because nothing that is selected depends on it. Undefined when `__typename` is no type that may stand here.
   */
  typeOf(object: Readonly<Record<string, unknown>>): FieldsType | undefined {
    if (isObjectType(this.parent)) return this.parent;
    const name = object['__typename'];
    const type = typeof name === 'string' ? this.#context.schema.getType(name) : undefined;
    if (isObjectType(type) && this.#context.schema.isSubType(this.parent, type)) return type;
    const mayBeUnknown = name === undefined || name === this.parent.name;
    return mayBeUnknown && isInterfaceType(this.parent) && this.#isFreeOfTypes(this.parent) ? this.parent : undefined;
  }

  /** Tells whether an object without a type here has one that stands here and that the client is not shown. */
  isHidden(object: Readonly<Record<string, unknown>>): boolean {
    const name = object['__typename'];
    const { schema, supergraph } = this.#context;
    if (typeof name !== 'string' || schema.getType(name)) return false;
    return supergraph.isObjectTypeName(name) && supergraph.possibleTypes(this.parent.name).has(name);
  }

  fieldsOf(type: FieldsType): readonly FieldPlan[] {
    const known = this.#fieldsByType.get(type.name);
    if (known) return known;
    const collected = new Map<string, FieldNodes>();
    for (const selectionSet of this.#selectionSets) this.#collect(selectionSet, type, collected);
    const fields = [...collected].flatMap(([key, nodes]) => this.#planField(key, nodes, type) ?? []);
    this.#fieldsByType.set(type.name, fields);
    return fields;
  }

  #isFreeOfTypes(parent: GraphQLInterfaceType): boolean {
    if (this.#context.dependsOnTypes) return false;
    const isFree = ({ selections }: SelectionSetNode): boolean =>
      selections.every((selection) => {
        if (selection.kind === Kind.FIELD) return selection.name.value !== '__typename';
        // A condition that all types meet says nothing of them.
        if (selection.kind !== Kind.INLINE_FRAGMENT) return false;
        return this.#applies(selection.typeCondition?.name.value, parent) && isFree(selection.selectionSet);
      });
    return this.#selectionSets.every(isFree);
  }

  #collect(selectionSet: SelectionSetNode, type: FieldsType, collected: Map<string, FieldNodes>): void {
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

  #applies(condition: string | undefined, type: FieldsType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = this.#context.schema.getType(condition);
    return isAbstractType(conditionType) && this.#context.schema.isSubType(conditionType, type);
  }

  #planField(responseKey: string, nodes: FieldNodes, parent: FieldsType): FieldPlan | undefined {
    const name = nodes[0].name.value;
    const definition = name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
    // The root's introspection fields are answered apart.
    if (!definition) return undefined;
    const returned = getNamedType(definition.type);
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return {
      responseKey,
      sourceKey: sourceKeyOf(nodes[0], this.#context.sourceKeys),
      plainKey: definition.args.length === 0 && !isCompositeType(returned) ? name : undefined,
      typeName: parent.name,
      name,
      type: definition.type,
      selection: isCompositeType(returned) ? new SelectionPlan(returned, selectionSets, this.#context) : undefined,
      refusal: this.#context.refusalOf(parent.name, name),
      restrictedValues: this.#context.supergraph.restrictedEnumValues(returned.name),
      hiddenValues: this.#context.supergraph.hiddenEnumValues(returned.name),
    };
  }
}
