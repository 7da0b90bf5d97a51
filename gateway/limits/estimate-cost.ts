import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
} from 'graphql';
import type {
  FieldNode,
  GraphQLArgument,
  GraphQLField,
  GraphQLInputField,
  GraphQLInputType,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { listSizeOf, weightOf, weightOfType } from './cost-directives.ts';
import { largest, product, sum } from './estimate.ts';
import type { Estimate } from './estimate.ts';
import { listLengthOf } from './list-length.ts';

/** What any mutation costs besides its fields. */
const MUTATION_COST = 10;

export interface CostContext {
  /** The supergraph's, because its directives carry the weights. */
  readonly schema: GraphQLSchema;
  readonly listSizeAssumed: number;
}

/**
 * The cost of an operation whose selections are resolved, before it runs: a field weighs 1 if it returns an object and
 * nothing else, times the length of its list, with what is selected of it; `@cost` gives other weights and
 * `@listSize` lengths. Of types of which an object can only be one, the dearest counts.
 *
 * Source: https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function estimateCost(operation: OperationDefinitionNode, context: CostContext): Estimate {
  const root = context.schema.getRootType(operation.operation);
  const fields = root ? new CostEstimator(context).ofSelections(operation.selectionSet, root, NO_SIZES) : 0;
  return operation.operation === OperationTypeNode.MUTATION ? sum([MUTATION_COST, fields]) : fields;
}

/** Lengths of lists by the name of the field, as the field around them says. */
type Sizes = ReadonlyMap<string, Estimate>;

const NO_SIZES: Sizes = new Map();

class CostEstimator {
  readonly #context: CostContext;

  constructor(context: CostContext) {
    this.#context = context;
  }

  ofSelections({ selections }: SelectionSetNode, parent: GraphQLNamedType, sizes: Sizes): Estimate {
    const always: Estimate[] = [];
    const byType = new Map<string, Estimate[]>();
    for (const selection of selections) {
      const type = this.#exclusiveTypeOf(selection, parent);
      const estimate = this.#ofSelection(selection, parent, sizes);
      if (type === undefined) always.push(estimate);
      else byType.set(type, [...(byType.get(type) ?? []), estimate]);
    }
    return sum([...always, largest([...byType.values()].map(sum))]);
  }

  /** The object type of which a fragment needs an object to be, where it might be of another. */
  #exclusiveTypeOf(selection: SelectionNode, parent: GraphQLNamedType): string | undefined {
    const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    if (condition === undefined || !isAbstractType(parent)) return undefined;
    return isObjectType(this.#context.schema.getType(condition)) ? condition : undefined;
  }

  #ofSelection(selection: SelectionNode, parent: GraphQLNamedType, sizes: Sizes): Estimate {
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, parent, sizes);
    // Fragments are inlined before.
    if (selection.kind !== Kind.INLINE_FRAGMENT) return 0;
    const { typeCondition, selectionSet } = selection;
    const type = typeCondition && this.#context.schema.getType(typeCondition.name.value);
    return this.ofSelections(selectionSet, type ?? parent, sizes);
  }

  #ofField(field: FieldNode, parent: GraphQLNamedType, sizes: Sizes): Estimate {
    const hasFields = isObjectType(parent) || isInterfaceType(parent);
    const definition = hasFields ? parent.getFields()[field.name.value] : undefined;
    // Introspection is answered by the gateway and bounded by the size of the schema.
    if (!definition) return 0;
    const returned = getNamedType(definition.type);
    const { length, inner } = this.#lengthsOf(field, definition, sizes);
    const children =
      field.selectionSet && isCompositeType(returned) ? this.ofSelections(field.selectionSet, returned, inner) : 0;
    const weight = weightOf(definition.astNode) ?? weightOfType(returned);
    return sum([product(length, sum([weight, children])), ...this.#ofArguments(field, definition)]);
  }

  #lengthsOf(
    field: FieldNode,
    definition: GraphQLField<unknown, unknown>,
    sizes: Sizes,
  ): { readonly length: Estimate; readonly inner: Sizes } {
    const { listSizeAssumed } = this.#context;
    const size = listSizeOf(definition.astNode);
    const stated = size && listLengthOf(field, definition, size, listSizeAssumed);
    const isList = isListType(getNullableType(definition.type));
    if (stated !== undefined && size && size.sizedFields.length > 0) {
      const inner = new Map(size.sizedFields.map((name) => [name, stated]));
      return { length: isList ? listSizeAssumed : 1, inner };
    }
    const length = stated ?? sizes.get(field.name.value) ?? listSizeAssumed;
    return { length: isList ? length : 1, inner: NO_SIZES };
  }

  #ofArguments(field: FieldNode, definition: GraphQLField<unknown, unknown>): Estimate[] {
    return (field.arguments ?? []).flatMap(({ name, value }) => {
      const argument = definition.args.find((each) => each.name === name.value);
      if (!argument || !mayCost(argument, new Set())) return [];
      return [(variables) => costOfInput(argument, valueFromASTUntyped(value, { ...variables }))];
    });
  }
}

type Input = GraphQLArgument | GraphQLInputField;

/** Whether any value of it could cost something. */
function mayCost({ astNode, type }: Input, seen: Set<string>): boolean {
  const named = getNamedType(type);
  if (weightOf(astNode) !== undefined || weightOf(named.astNode) !== undefined) return true;
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  seen.add(named.name);
  return Object.values(named.getFields()).some((member) => mayCost(member, seen));
}

function costOfInput({ astNode, type }: Input, value: unknown): number {
  const items = itemsOf(type, value);
  const named = getNamedType(type);
  const weight = weightOf(astNode) ?? weightOf(named.astNode) ?? 0;
  const members = isInputObjectType(named) ? Object.values(named.getFields()) : [];
  return items.reduce<number>((total, item) => {
    const given = item as Readonly<Record<string, unknown>>;
    const inner = members.map((member) => (member.name in given ? costOfInput(member, given[member.name]) : 0));
    return total + weight + inner.reduce((a, b) => a + b, 0);
  }, 0);
}

/** The values that count, lists unfolded; a missing one does not. */
function itemsOf(type: GraphQLInputType, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  const nullable = getNullableType(type);
  if (!isListType(nullable) || !Array.isArray(value)) return [value];
  return value.flatMap((item) => itemsOf(nullable.ofType, item));
}
