import { Kind } from 'graphql';
import type {
  DefinitionNode,
  DocumentNode,
  EnumTypeDefinitionNode,
  FieldDefinitionNode,
  InputObjectTypeDefinitionNode,
  InputValueDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  TypeNode,
  UnionTypeDefinitionNode,
} from 'graphql';
import type { Contract } from './contract.ts';
import type { Tags } from './read-tags.ts';

type FieldsDefinition = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * The coordinates that a contract hides, those that cannot be without a hidden one included: a field of a hidden type or
 * with a required argument that is hidden, a type without a field, an interface's field that one of its types lacks.
 */
export function findHidden(schema: DocumentNode, tags: Tags, contract: Contract): ReadonlySet<string> {
  const search = new HiddenSearch(schema, tags, contract);
  return search.run();
}

class HiddenSearch {
  readonly #hidden = new Set<string>();
  readonly #definitions: ReadonlyMap<string, DefinitionNode>;
  readonly #tags: Tags;
  readonly #include: ReadonlySet<string>;
  readonly #exclude: ReadonlySet<string>;

  constructor(schema: DocumentNode, tags: Tags, { include = [], exclude = [] }: Contract) {
    this.#tags = tags;
    this.#include = new Set(include);
    this.#exclude = new Set(exclude);
    this.#definitions = new Map(
      schema.definitions.flatMap((definition) =>
        'name' in definition && definition.name ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  run(): ReadonlySet<string> {
    for (const coordinate of this.#tags.keys()) {
      if (this.#carries(coordinate, this.#exclude)) this.#hidden.add(coordinate);
    }
    if (this.#include.size > 0) this.#hideUntagged();
    // What is hidden only grows, so this ends.
    for (let before = -1; before !== this.#hidden.size;) {
      before = this.#hidden.size;
      for (const definition of this.#definitions.values()) this.#spread(definition);
    }
    return this.#hidden;
  }

  #hideUntagged(): void {
    const isIncluded = (coordinate: string): boolean => this.#carries(coordinate, this.#include);
    for (const [name, definition] of this.#definitions) {
      if (!hasFields(definition) || isIncluded(name)) continue;
      for (const field of definition.fields ?? []) {
        const coordinate = `${name}.${field.name.value}`;
        if (!isIncluded(coordinate)) this.#hidden.add(coordinate);
      }
    }
  }

  #carries(coordinate: string, tags: ReadonlySet<string>): boolean {
    return [...(this.#tags.get(coordinate) ?? [])].some((tag) => tags.has(tag));
  }

  #spread(definition: DefinitionNode): void {
    if (hasFields(definition)) this.#spreadFields(definition);
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) this.#spreadUnion(definition);
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) this.#spreadEnum(definition);
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) this.#spreadInput(definition);
  }

  #spreadFields(type: FieldsDefinition): void {
    const name = type.name.value;
    const fields = type.fields ?? [];
    for (const field of fields) this.#spreadField(name, field);
    if (fields.every((field) => this.#hidden.has(`${name}.${field.name.value}`))) this.#hidden.add(name);
    for (const face of type.interfaces ?? []) this.#spreadToInterface(face.name.value, name);
  }

  #spreadField(type: string, field: FieldDefinitionNode): void {
    const coordinate = `${type}.${field.name.value}`;
    if (this.#hidden.has(type) || this.#hidden.has(nameOf(field.type))) this.#hidden.add(coordinate);
    for (const argument of field.arguments ?? []) {
      const place = `${coordinate}(${argument.name.value}:)`;
      if (this.#hidden.has(nameOf(argument.type))) this.#hidden.add(place);
      if (this.#hidden.has(place) && isRequired(argument)) this.#hidden.add(coordinate);
    }
  }

  /** A type may not lack what its interface promises. */
  #spreadToInterface(face: string, type: string): void {
    const definition = this.#definitions.get(face);
    if (!definition || !hasFields(definition) || this.#hidden.has(type)) return;
    for (const field of definition.fields ?? []) {
      const [own, promised] = [`${type}.${field.name.value}`, `${face}.${field.name.value}`];
      if (this.#hidden.has(own)) this.#hidden.add(promised);
      for (const { name } of field.arguments ?? []) {
        if (this.#hidden.has(`${own}(${name.value}:)`)) this.#hidden.add(`${promised}(${name.value}:)`);
      }
    }
  }

  #spreadUnion({ name, types = [] }: UnionTypeDefinitionNode): void {
    if (types.every((member) => this.#hidden.has(member.name.value))) this.#hidden.add(name.value);
  }

  #spreadEnum({ name, values = [] }: EnumTypeDefinitionNode): void {
    if (values.every((value) => this.#hidden.has(`${name.value}.${value.name.value}`))) this.#hidden.add(name.value);
  }

  #spreadInput({ name: { value: type }, fields = [] }: InputObjectTypeDefinitionNode): void {
    for (const field of fields) {
      const coordinate = `${type}.${field.name.value}`;
      if (this.#hidden.has(nameOf(field.type))) this.#hidden.add(coordinate);
      if (this.#hidden.has(coordinate) && isRequired(field)) this.#hidden.add(type);
    }
    if (fields.every((field) => this.#hidden.has(`${type}.${field.name.value}`))) this.#hidden.add(type);
  }
}

export function hasFields(definition: DefinitionNode): definition is FieldsDefinition {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** The name of a type without its lists and exclamation marks. */
export function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

function isRequired({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
}
