import { Kind, valueFromASTUntyped } from 'graphql';
import type { FieldNode, GraphQLField, ValueNode } from 'graphql';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Variables } from '../executor/subgraph-client.ts';
import type { ListSize } from './cost-directives.ts';
import type { Estimate } from './estimate.ts';

type Field = GraphQLField<unknown, unknown>;

/** A length or what has a length: a number bounds a list by itself, a list of keys by how many there are. */
type Bound = (variables: Variables) => unknown;

/**
 * How long the list is that a field returns: as its slicing arguments say, the largest where there are several; else as
 * is assumed of it.
 * @returns throws {Refusal} BAD_USER_INPUT when not exactly one slicing argument is given and one is asked for
 */
export function listLengthOf(field: FieldNode, definition: Field, size: ListSize, assumed: number): Estimate {
  const { slicingArguments, requireOneSlicingArgument } = size;
  const otherwise = size.assumedSize ?? assumed;
  if (slicingArguments.length === 0) return otherwise;
  const given = slicingArguments.map((path) => readGiven(field, path));
  const defaults = slicingArguments.map((path) => readDefault(definition, path));
  return foldConstant(given, (variables) => {
    const stated = given.flatMap((bound) => lengthOf(bound?.(variables)));
    const bounds = stated.length > 0 ? stated : defaults.flatMap(lengthOf);
    if (requireOneSlicingArgument && (stated.length > 1 || bounds.length === 0)) throw notOne(definition, size);
    return bounds.length > 0 ? Math.max(...bounds) : otherwise;
  });
}

/** Where no variable is read there is nothing to wait for. A refusal is left to each request all the same. */
function foldConstant(bounds: readonly (Bound | undefined)[], estimate: (variables: Variables) => number): Estimate {
  if (bounds.some((bound) => bound && READS_VARIABLES.has(bound))) return estimate;
  try {
    return estimate({});
  } catch {
    return estimate;
  }
}

const READS_VARIABLES = new WeakSet<Bound>();

function readGiven(field: FieldNode, path: string): Bound | undefined {
  const [name, ...members] = path.split('.');
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  if (!value) return undefined;
  const bound: Bound = (variables) => memberOf(valueFromASTUntyped(value, { ...variables }), members);
  if (containsVariable(value)) READS_VARIABLES.add(bound);
  return bound;
}

function readDefault(definition: Field, path: string): unknown {
  const [name, ...members] = path.split('.');
  return memberOf(definition.args.find((argument) => argument.name === name)?.defaultValue, members);
}

function memberOf(value: unknown, members: readonly string[]): unknown {
  return members.reduce<unknown>((inner, member) => (inner as Record<string, unknown> | undefined)?.[member], value);
}

function lengthOf(value: unknown): readonly number[] {
  if (typeof value === 'number') return [Math.max(0, value)];
  return Array.isArray(value) ? [value.length] : [];
}

function containsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(containsVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => containsVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

function notOne({ name }: Field, { slicingArguments }: ListSize): Refusal {
  const choices = slicingArguments.join(', ');
  return new Refusal('BAD_USER_INPUT', `${name} needs exactly one of ${choices}, so that its size is known.`, {
    field: name,
    slicingArguments,
  });
}
