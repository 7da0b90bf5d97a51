import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { GraphQLCompositeType, GraphQLField, GraphQLSchema } from 'graphql';
import fc from 'fast-check';

const DEPTH_MAX = 4;
/** Aliases that meet names of keys, required fields, composites and each other. */
const ALIASES = ['a', 'id', 'weight', 'dims', '__typename', 'title', 'constructor'];

type Pick = (max: number) => number;

/**
 * Valid documents of queries against the shop: aliases that collide with other names, fragments on interfaces and
 * types, fields twice, conditions. Root fields carry aliases of their own, so that they never conflict.
 */
export function arbitraryQuery(schema: GraphQLSchema): fc.Arbitrary<string> {
  return fc.array(fc.nat(997), { minLength: 20, maxLength: 120 }).map((choices) => {
    let next = 0;
    const pick: Pick = (max) => (choices[next++ % choices.length] ?? 0) % max;
    const root = schema.getQueryType();
    if (!root) throw new Error('no query type');
    const fields = Object.values(root.getFields()).filter((field) => field.name !== 'margins');
    const selections = Array.from({ length: 1 + pick(3) }, (_none, index) => {
      const field = fields[pick(fields.length)];
      return field ? `r${index}: ${fieldText(field, { schema, pick, depth: 1 })}` : '';
    });
    return `query ($yes: Boolean!, $no: Boolean!) { ${selections.join(' ')} all: __typename @include(if: $yes) @skip(if: $no) }`;
  });
}

interface Position {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly depth: number;
}

function selectionText(type: GraphQLCompositeType, position: Position): string {
  const { pick, depth } = position;
  // At the bottom what every object has, so that no selection is empty.
  if (depth >= DEPTH_MAX) return '{ t: __typename }';
  const parts = Array.from({ length: 1 + pick(4) }, () => {
    const kind = pick(8);
    if (kind === 0) return '__typename';
    if (kind === 1 || (isAbstractType(type) && kind < 5)) return fragmentText(type, position);
    return memberText(type, position) ?? fragmentText(type, position);
  });
  return `{ ${parts.join(' ')} }`;
}

function fragmentText(parent: GraphQLCompositeType, position: Position): string {
  const { schema, pick, depth } = position;
  const candidates = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent, ...facesOf(parent)];
  const target = candidates[pick(candidates.length)] ?? parent;
  return `... on ${target.name}${condition(pick)} ${selectionText(target, { ...position, depth: depth + 1 })}`;
}

function facesOf(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  return isObjectType(type) ? type.getInterfaces() : [];
}

function memberText(type: GraphQLCompositeType, position: Position): string | undefined {
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const { pick } = position;
  const fields = Object.values(type.getFields()).filter((field) => !/cost/i.test(field.name));
  const field = fields[pick(fields.length)];
  if (!field) return undefined;
  const alias = pick(3) === 0 ? `${ALIASES[pick(ALIASES.length)] ?? 'b'}: ` : '';
  return `${alias}${fieldText(field, position)}`;
}

function fieldText(field: GraphQLField<unknown, unknown>, position: Position): string {
  const { pick } = position;
  const given = field.args.filter((argument) => isRequiredArgument(argument) || pick(2) === 0);
  const values = given.flatMap(({ name, type }) => argumentText(name, String(type), pick));
  const returned = getNamedType(field.type);
  const inner = isCompositeType(returned)
    ? ` ${selectionText(returned, { ...position, depth: position.depth + 1 })}`
    : '';
  return `${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}${condition(pick)}${inner}`;
}

function argumentText(name: string, type: string, pick: Pick): string[] {
  const id = ['"1"', '"2"', '"3"', '"b1"', '"i1"'][pick(5)] ?? '"1"';
  if (type === 'ID!') return [`${name}: ${id}`];
  if (type === '[ID!]') return [`${name}: ["1", "3"]`];
  if (type === 'EchoInput!') return [`${name}: { text: "t" }`];
  if (type === 'String') return [`${name}: "west"`];
  return [];
}

function condition(pick: Pick): string {
  return (
    ['', '', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @include(if: $no)', ' @skip(if: $no)'][pick(9)] ??
    ''
  );
}
