import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { DocumentNode, GraphQLNamedType, GraphQLSchema } from 'graphql';
import type { AnswerError } from '../executor/project-answer.ts';

/** Told in place of a text that would name what the caller may not know of. */
const WITHHELD = 'The text of this error is withheld.';

/** A name, or a name of a member behind the name of its type. */
const IDENTIFIERS = /[_A-Za-z]\w*(?:\.[_A-Za-z]\w*)?/g;
const QUOTED = /["'`]([_A-Za-z]\w*)["'`]/g;

/**
 * Keeps texts that were written for everybody, by subgraphs and in descriptions, from telling a caller of what its contract
 * leaves out. A name counts when nothing that the caller sees bears it: `Type.field`, a name of several words such as
 * `supplierCost`, or any name in quotation marks. A single plain word is also a word of the language.
 */
export class HiddenNames {
  readonly #coordinates = new Set<string>();
  readonly #names = new Set<string>();

  /**
   * @param whole with everything that there is
   * @param shown what the caller sees
   */
  constructor(whole: GraphQLSchema, shown: DocumentNode) {
    const visible = new Set(writtenCoordinates(shown));
    const visibleNames = new Set([...visible].flatMap((coordinate) => coordinate.split('.')));
    for (const coordinate of coordinatesOf(whole)) {
      if (visible.has(coordinate)) continue;
      this.#coordinates.add(coordinate);
      for (const name of coordinate.split('.')) if (!visibleNames.has(name)) this.#names.add(name);
    }
  }

  areIn(text: string): boolean {
    for (const [identifier] of text.matchAll(IDENTIFIERS)) {
      if (this.#coordinates.has(identifier) && identifier.includes('.')) return true;
      if (identifier.split('.').some((name) => isCompound(name) && this.#names.has(name))) return true;
    }
    for (const [, name = ''] of text.matchAll(QUOTED)) if (this.#names.has(name)) return true;
    return false;
  }

  /** The error with whatever would name something hidden left out; its code stays. */
  withhold(error: AnswerError): AnswerError {
    const message = this.areIn(error.message) ? WITHHELD : error.message;
    const { extensions } = error;
    if (!extensions || !this.areIn(plainTextOf(extensions))) return { ...error, message };
    const { code, retryable }: Readonly<Record<string, unknown>> = extensions;
    return { ...error, message, extensions: { code, retryable, details: {} } };
  }
}

/** Of several words, as no word of the language is written. */
function isCompound(name: string): boolean {
  return /[a-z0-9][A-Z]|_/.test(name);
}

/** Every member is quoted in JSON, which says nothing about it. */
function plainTextOf(extensions: object): string {
  return JSON.stringify(extensions).replaceAll('"', ' ');
}

function coordinatesOf(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    // Federation's own types are in no schema that clients see.
    type.name.includes('__') ? [] : [type.name, ...membersOf(type).map((member) => `${type.name}.${member}`)],
  );
}

function writtenCoordinates({ definitions }: DocumentNode): readonly string[] {
  return definitions.flatMap((definition) => {
    if (!('name' in definition) || !definition.name) return [];
    const type = definition.name.value;
    const values = 'values' in definition ? (definition.values ?? []) : [];
    const fields = 'fields' in definition ? (definition.fields ?? []) : [];
    const args = fields.flatMap((field) => ('arguments' in field ? (field.arguments ?? []) : []));
    return [type, ...[...values, ...fields, ...args].map(({ name }) => `${type}.${name.value}`)];
  });
}

function membersOf(type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isObjectType(type) || isInterfaceType(type)) {
    return Object.values(type.getFields()).flatMap(({ name, args }) => [name, ...args.map((arg) => arg.name)]);
  }
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}
