import { getNamedType, isCompositeType, isInterfaceType, isObjectType, Kind, TypeNameMetaFieldDef } from 'graphql';
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import type { Fragments } from '../planner/measure-operation.ts';
import { responseKeyOf } from '../planner/planning-document.ts';
import type { Supergraph } from '../planner/supergraph.ts';
import { addGuards } from './guards.ts';
import type { Guards } from './guards.ts';

/** Why a field may not be read, or undefined when it may. */
export type RefusalOf = (typeName: string, fieldName: string) => FormattedError | undefined;

export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly supergraph: Supergraph;
  readonly fragments: Fragments;
  /** Names under which the data carries aliases that the planner was not given. */
  readonly sourceKeys: ReadonlyMap<string, string>;
  readonly refusalOf: RefusalOf;
}

/** A field of the answer. */
export interface FieldPlan {
  readonly responseKey: string;
  /** The key under which the data of the plan holds it. */
  readonly sourceKey: string;
  /** `Type.field`, for messages. */
  readonly place: string;
  readonly type: GraphQLOutputType;
  /** It is answered when any alternative holds; none mean always. */
  readonly alternatives: readonly Guards[];
  readonly selection: SelectionPlan | undefined;
  readonly refusal: FormattedError | undefined;
  readonly isTypename: boolean;
  /** The values that a client may see of an enum, where some are inaccessible. */
  readonly restrictedValues: ReadonlySet<string> | undefined;
}

interface Occurrence {
  readonly selectionSet: SelectionSetNode;
  readonly guards: Guards;
}

interface Collected {
  readonly node: FieldNode;
  readonly alternatives: Guards[];
  readonly occurrences: Occurrence[];
}

/**
 * What a client selected of one composite type, with fragments merged as the GraphQL specification says. Fields are
 * worked out per concrete type when the first object of that type is met, so that an interface with many types costs
 * only those that occur.
 */
export class SelectionPlan {
  readonly parent: GraphQLCompositeType;
  readonly #occurrences: readonly Occurrence[];
  readonly #context: SelectionContext;
  readonly #fieldsByType = new Map<string, readonly FieldPlan[] | undefined>();

  constructor(parent: GraphQLCompositeType, occurrences: readonly Occurrence[], context: SelectionContext) {
    this.parent = parent;
    this.#occurrences = occurrences;
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
    const collected = new Map<string, Collected>();
    for (const { selectionSet, guards } of this.#occurrences) this.#collect(selectionSet, type, guards, collected);
    const fields = [...collected].flatMap(([key, field]) => this.#planField(key, field, type) ?? []);
    this.#fieldsByType.set(type.name, fields);
    return fields;
  }

  #collect(
    selectionSet: SelectionSetNode,
    type: GraphQLObjectType,
    outer: Guards,
    collected: Map<string, Collected>,
  ): void {
    for (const selection of selectionSet.selections) {
      const guards = addGuards(outer, selection.directives);
      if (!guards) continue;
      if (selection.kind === Kind.FIELD) {
        addField(selection, guards, collected);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#context.fragments.get(selection.name.value);
      if (fragment && this.#applies(fragment.typeCondition?.name.value, type)) {
        this.#collect(fragment.selectionSet, type, guards, collected);
      }
    }
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = this.#context.schema.getType(condition);
    return isInterfaceType(conditionType) || (isCompositeType(conditionType) && !isObjectType(conditionType))
      ? this.#context.schema.isSubType(conditionType, type)
      : false;
  }

  #planField(responseKey: string, collected: Collected, parent: GraphQLObjectType): FieldPlan | undefined {
    const name = collected.node.name.value;
    const definition = name === '__typename' ? TypeNameMetaFieldDef : parent.getFields()[name];
    // The root's introspection fields are answered apart.
    if (!definition) return undefined;
    const returned = getNamedType(definition.type);
    return {
      responseKey,
      sourceKey: this.#context.sourceKeys.get(responseKey) ?? responseKey,
      place: `${parent.name}.${name}`,
      type: definition.type,
      alternatives: collected.alternatives.some((guards) => guards.length === 0) ? [] : collected.alternatives,
      selection: isCompositeType(returned)
        ? new SelectionPlan(returned, collected.occurrences, this.#context)
        : undefined,
      refusal: this.#context.refusalOf(parent.name, name),
      isTypename: name === '__typename',
      restrictedValues: this.#context.supergraph.restrictedEnumValues(returned.name),
    };
  }
}

function addField(node: FieldNode, guards: Guards, collected: Map<string, Collected>): void {
  const key = responseKeyOf(node);
  const known = collected.get(key) ?? { node, alternatives: [], occurrences: [] };
  known.alternatives.push(guards);
  if (node.selectionSet) known.occurrences.push({ selectionSet: node.selectionSet, guards });
  collected.set(key, known);
}
