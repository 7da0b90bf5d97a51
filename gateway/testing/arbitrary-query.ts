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

const DEPTH_MAX = 5;
/** Aliases that meet names of keys, required fields, composites and each other. */
const ALIASES = ['a', 'id', 'weight', 'dims', '__typename', 'title', 'constructor', 'product', 'stars', '_a'];
const IDS = ['1', '2', '3', 'b1', 'i1', 'i2', 'nobody'];

/** Variables by name: how they are declared, and the values that they may be given; undefined leaves one out. */
const VARIABLES: Readonly<Record<string, readonly [declaration: string, values: readonly unknown[]]>> = {
  yes: ['Boolean!', [true]],
  no: ['Boolean!', [false]],
  maybe: ['Boolean! = true', [undefined, true, false]],
  id: ['ID!', IDS],
  ids: ['[ID!]', [undefined, null, [], ['1'], ['3', '1', 'nobody'], '2']],
  count: ['Int', [undefined, null, 0, 1, 5]],
  text: ['String', [undefined, null, 'west', 'main', '']],
  input: ['EchoInput!', [{ text: 't' }, { text: 'u', color: 'RED', times: null, quantity: '0.5' }]],
};

export interface ArbitraryOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Queries against the shop: aliases that collide with other names, inline and named fragments on interfaces, unions and
 * types, fields twice, conditions, arguments as literals and variables. Root fields carry aliases of their own, so that
 * they never conflict; fields below them may, and such a document is nobody's to run.
 */
export function arbitraryOperation(schema: GraphQLSchema): fc.Arbitrary<ArbitraryOperation> {
  return fc.array(fc.nat(997), { minLength: 20, maxLength: 200 }).map((choices) => new Writer(schema, choices).write());
}

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #choices: readonly number[];
  #next = 0;
  readonly #variables = new Set<string>();
  readonly #fragments: string[] = [];

  constructor(schema: GraphQLSchema, choices: readonly number[]) {
    this.#schema = schema;
    this.#choices = choices;
  }

  write(): ArbitraryOperation {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('no query type');
    const fields = Object.values(root.getFields()).filter((field) => field.name !== 'margins');
    const selections = Array.from({ length: 1 + this.#pick(3) }, (_none, index) => {
      const field = `r${index}: ${this.#field(this.#oneOf(fields), 1)}`;
      return this.#pick(4) === 0 ? `... on Query${this.#condition()} { ${field} }` : field;
    });
    const body = `{ ${selections.join(' ')} ${this.#pick(2) === 0 ? 'all: __typename' : `none: me${this.#condition()} { id }`} }`;
    const names = [...this.#variables];
    const declared = names.map((name) => `$${name}: ${VARIABLES[name]?.[0] ?? ''}`).join(', ');
    const variables: Record<string, unknown> = {};
    for (const name of names) {
      const value = this.#oneOf(VARIABLES[name]?.[1] ?? []);
      if (value !== undefined) variables[name] = value;
    }
    const head = names.length > 0 ? `query (${declared})` : 'query';
    return { query: [`${head} ${body}`, ...this.#fragments].join('\n'), variables };
  }

  #pick(max: number): number {
    return (this.#choices[this.#next++ % this.#choices.length] ?? 0) % max;
  }

  #oneOf<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.#pick(choices.length)] as Choice;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    // At the bottom what every object has, so that no selection is empty.
    if (depth >= DEPTH_MAX) return '{ t: __typename }';
    const parts = Array.from({ length: 1 + this.#pick(4) }, () => {
      const kind = this.#pick(8);
      if (kind === 0) return `${this.#alias()}__typename`;
      if (kind === 1 || (isAbstractType(type) && kind < 5)) return this.#fragment(type, depth);
      return this.#member(type, depth) ?? this.#fragment(type, depth);
    });
    return `{ ${parts.join(' ')} }`;
  }

  #fragment(parent: GraphQLCompositeType, depth: number): string {
    const target = this.#oneOf(this.#conditionsOn(parent));
    const inner = this.#selection(target, depth + 1);
    if (this.#pick(4) > 0) return `... on ${target.name}${this.#condition()} ${inner}`;
    if (target === parent && this.#pick(2) === 0) return `...${this.#condition()} ${inner}`;
    const name = `F${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${target.name} ${inner}`);
    return `...${name}${this.#condition()}`;
  }

  /** Types that what stands there may be, itself and what it may also be called included. */
  #conditionsOn(parent: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    if (isAbstractType(parent)) {
      const possible = this.#schema.getPossibleTypes(parent);
      return [...possible, ...possible.flatMap((type) => type.getInterfaces()), parent];
    }
    return [parent, ...parent.getInterfaces()];
  }

  #member(type: GraphQLCompositeType, depth: number): string | undefined {
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const fields = Object.values(type.getFields()).filter((field) => !/cost/i.test(field.name));
    return fields.length === 0 ? undefined : `${this.#alias()}${this.#field(this.#oneOf(fields), depth)}`;
  }

  #alias(): string {
    return this.#pick(3) === 0 ? `${this.#oneOf(ALIASES)}: ` : '';
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || this.#pick(2) === 0);
    const values = given.flatMap(({ name, type }) => this.#argument(String(type)).map((text) => `${name}: ${text}`));
    const returned = getNamedType(field.type);
    const inner = isCompositeType(returned) ? ` ${this.#selection(returned, depth + 1)}` : '';
    return `${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}${this.#condition()}${inner}`;
  }

  #argument(type: string): readonly string[] {
    const isLiteral = this.#pick(2) === 0;
    switch (type) {
      case 'ID!':
        return [isLiteral ? JSON.stringify(this.#oneOf(IDS)) : this.#variable('id')];
      case '[ID!]':
        return [isLiteral ? '["1", "3"]' : this.#variable('ids')];
      case 'Int':
        return [isLiteral ? '2' : this.#variable('count')];
      case 'String':
        return [isLiteral ? '"west"' : this.#variable('text')];
      case 'EchoInput!':
        return [isLiteral ? `{ text: "t", times: ${this.#variable('count')} }` : this.#variable('input')];
      default:
        return [];
    }
  }

  #condition(): string {
    const kind = this.#pick(10);
    if (kind > 4) return '';
    const variable = this.#variable(this.#oneOf(['yes', 'no', 'maybe']));
    return ` ${kind % 2 === 0 ? '@include' : '@skip'}(if: ${variable})`;
  }

  #variable(name: string): string {
    this.#variables.add(name);
    return `$${name}`;
  }
}
