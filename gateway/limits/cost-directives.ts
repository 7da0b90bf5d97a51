import { isCompositeType, Kind, valueFromASTUntyped } from 'graphql';
import type { ConstDirectiveNode, GraphQLNamedType } from 'graphql';

type Bearer = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Arguments that bound the list, or paths into them such as `page.first`. */
  readonly slicingArguments: readonly string[];
  /** The fields of the returned object that are the list; empty: the field itself. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/** The weight that `@cost` gives, or undefined. */
export function weightOf(bearer: Bearer): number | undefined {
  const weight = Number(argumentsOf(bearer, 'cost')?.['weight'] ?? Number.NaN);
  return Number.isFinite(weight) ? weight : undefined;
}

/** The weight of one value of a type: 1 for an object, 0 for a leaf, unless the type says otherwise. */
export function weightOfType(type: GraphQLNamedType): number {
  return weightOf(type.astNode) ?? (isCompositeType(type) ? 1 : 0);
}

export function listSizeOf(bearer: Bearer): ListSize | undefined {
  const given = argumentsOf(bearer, 'listSize');
  if (!given) return undefined;
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = given;
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : undefined,
    slicingArguments: Array.isArray(slicingArguments) ? slicingArguments.map(String) : [],
    sizedFields: Array.isArray(sizedFields) ? sizedFields.map(String) : [],
    requireOneSlicingArgument: requireOneSlicingArgument !== false,
  };
}

function argumentsOf(bearer: Bearer, name: string): Record<string, unknown> | undefined {
  const directive = bearer?.directives?.find((each) => each.name.value === name);
  if (!directive) return undefined;
  const fields = (directive.arguments ?? []).map((argument) => ({ ...argument, kind: Kind.OBJECT_FIELD as const }));
  return valueFromASTUntyped({ kind: Kind.OBJECT, fields }) as Record<string, unknown>;
}
