import { isListType, isLeafType, isNonNullType } from 'graphql';
import type { GraphQLOutputType } from 'graphql';
import type { FormattedError } from '../../kernel/graphql/format-error.ts';
import type { Failure, FailureNotes } from './failure-notes.ts';
import { checkLeaf } from './leaf-value.ts';
import { isJsonObject } from './merge-data.ts';
import type { JsonObject } from './merge-data.ts';
import { valueAt } from './pieces/json-piece.ts';
import { responseTooLarge } from './response-too-large.ts';
import type { FieldPlan, SelectionPlan } from './selection-plan.ts';
import type { SubgraphError } from './subgraph-client.ts';

type Path = readonly (string | number)[];

/** An error of the answer. Codes of subgraphs of other makes are passed on as they are. */
export type AnswerError = FormattedError | SubgraphError;

export interface Answer {
  readonly data: JsonObject | null;
  readonly errors: readonly AnswerError[];
}

export interface ProjectionInput {
  readonly notes: FailureNotes;
  /** The most errors that are told; an entity list of a subgraph that is down would tell one per field and item. */
  readonly errorsMax: number;
  /** The most that keys and texts of the answer may come to. Default: Infinity. */
  readonly charactersMax?: number;
  /** True for a mutation, whose fields after one that ended it were never run. */
  readonly isSerial: boolean;
  /** The error for a place that is empty although its subgraph reported nothing. */
  readonly blame: (place: BlamedPlace) => AnswerError;
}

/** A field of the answer, or the type of the operation itself. */
export type BlamedPlace = Pick<FieldPlan, 'typeName' | 'name'>;

/**
 * The answer to the client's selection, with null propagation as the GraphQL specification says: a null where none may
 * be takes its parent with it, up to the next place that may be null, and each such place tells its error once. What is
 * hidden from the client (a value of an enum, an object of a type) is null, and no error where it may be.
 * @throws {Refusal} RESPONSE_TOO_LARGE
 */
export function projectAnswer(selection: SelectionPlan, data: JsonObject, input: ProjectionInput): Answer {
  const projection = new Projection(input);
  const projected = projection.object(selection, data, []);
  for (const error of input.notes.untold()) projection.tell(withoutPath(error));
  return { data: projected, errors: projection.errors };
}

/** Where a value stands: `container[key]`, in the answer at `path`. */
interface Place {
  readonly container: object;
  readonly key: string | number;
  readonly path: Path;
  readonly field: FieldPlan;
}

class Projection {
  readonly errors: AnswerError[] = [];
  readonly #input: ProjectionInput;
  readonly #charactersMax: number;
  #characters = 0;

  constructor(input: ProjectionInput) {
    this.#input = input;
    this.#charactersMax = input.charactersMax ?? Infinity;
  }

  /** The selected fields, or null when a field that may not be null is. */
  object(selection: SelectionPlan, object: JsonObject, path: Path, field?: FieldPlan): JsonObject | null {
    const type = selection.typeOf(object);
    if (!type) {
      if (!selection.isHidden(object)) {
        this.tell({ ...this.#input.blame(field ?? { typeName: selection.parent.name, name: '__typename' }), path });
      }
      return null;
    }
    // Without a prototype, so that no response key can mean anything but itself.
    const projected = Object.create(null) as JsonObject;
    let isWhole = true;
    for (const field of selection.fieldsOf(type)) {
      const value = this.#field(field, object, path);
      if (value === null && isNonNullType(field.type)) isWhole = false;
      if (!isWhole && this.#input.isSerial && path.length === 0) return null;
      projected[field.responseKey] = value;
    }
    return isWhole ? projected : null;
  }

  tell(error: AnswerError): void {
    if (this.errors.length < this.#input.errorsMax) this.errors.push(error);
  }

  #field(field: FieldPlan, container: JsonObject, parentPath: Path): unknown {
    this.#count(field.responseKey.length);
    const path = [...parentPath, field.responseKey];
    if (field.refusal) {
      this.tell({ ...field.refusal, path });
      return null;
    }
    if (field.name === '__typename') return field.typeName;
    const { plainKey } = field;
    const value =
      valueAt(container, field.sourceKey) ?? (plainKey === undefined ? undefined : valueAt(container, plainKey));
    return this.#value(field.type, value, { container, key: field.sourceKey, path, field });
  }

  #value(type: GraphQLOutputType, value: unknown, place: Place): unknown {
    if (isNonNullType(type)) {
      const before = this.errors.length;
      const present = this.#value(type.ofType, value, place);
      // Whoever made it null inside has told why, unless it is hidden; otherwise a subgraph has broken its own schema.
      if (present === null && this.errors.length === before) this.#blame(place);
      return present;
    }
    if (value === null || value === undefined) return this.#absent(place);
    if (isListType(type)) return this.#list(type.ofType, value, place);
    if (isLeafType(type)) return this.#leaf(type, value, place);
    if (isJsonObject(value) && place.field.selection) {
      return this.object(place.field.selection, value, place.path, place.field);
    }
    return this.#blame(place);
  }

  #absent(place: Place): null {
    for (const failure of this.#input.notes.find(place.container, place.key)) this.#tellFailure(failure, place.path);
    return null;
  }

  #list(itemType: GraphQLOutputType, value: unknown, place: Place): unknown {
    if (!Array.isArray(value)) return this.#blame(place);
    const items = value.map((item: unknown, key) =>
      this.#value(itemType, item, { ...place, container: value, key, path: [...place.path, key] }),
    );
    return isNonNullType(itemType) && items.includes(null) ? null : items;
  }

  #leaf(type: Parameters<typeof checkLeaf>[0], value: unknown, place: Place): unknown {
    const { restrictedValues, hiddenValues } = place.field;
    const checked = checkLeaf(type, value, restrictedValues);
    if (typeof checked === 'string') this.#count(checked.length);
    if (checked !== undefined) return checked;
    return typeof value === 'string' && hiddenValues?.has(value) ? null : this.#blame(place);
  }

  #count(characters: number): void {
    this.#characters += characters;
    if (this.#characters > this.#charactersMax) throw responseTooLarge(this.#charactersMax);
  }

  #tellFailure({ error, rest }: Failure, path: Path): void {
    this.tell({ ...error, path: [...path, ...rest] });
  }

  #blame({ field, path }: Place): null {
    this.tell({ ...this.#input.blame(field), path });
    return null;
  }
}

function withoutPath(error: SubgraphError): AnswerError {
  const { path: _path, ...rest } = error;
  return rest;
}
