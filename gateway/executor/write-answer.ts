import { isObjectType } from 'graphql';
import { quote } from './json-text.ts';
import type { JsonObject } from './merge-data.ts';
import { JsonPiece } from './pieces/json-piece.ts';
import { responseTooLarge } from './response-too-large.ts';
import type { FieldPlan, FieldsType, SelectionPlan } from './selection-plan.ts';
import { ValueCode } from './value-code.ts';

/**
 * Writes the answer as JSON text in one pass. Returns the empty string when anything is out of the ordinary (a value
 * missing, null where none may be, an unknown type); `projectAnswer` then finds out what is wrong and where.
 * @throws {Refusal} RESPONSE_TOO_LARGE as soon as a list is known to be beyond the limit
 */
export type WriteAnswer = (data: JsonObject) => string;

/**
 * Generates, for each concrete type that is met, a function which reads its fields by name and in a fixed order.
 * @param charactersMax beyond it nothing more is written
 */
export function compileWriter(selection: SelectionPlan, charactersMax = Infinity): WriteAnswer {
  const writers = new Map<string, WriteAnswer>();
  const writerFor = (type: FieldsType): WriteAnswer => {
    const known = writers.get(type.name);
    if (known) return known;
    const writer = generateWriter(selection.fieldsOf(type), charactersMax);
    writers.set(type.name, writer);
    return writer;
  };
  const { parent } = selection;
  if (isObjectType(parent)) {
    let writer: WriteAnswer | undefined;
    return (data) => (writer ??= writerFor(parent))(data);
  }
  return (data) => {
    const known = writers.get(data['__typename'] as string);
    if (known) return known(data);
    const type = selection.typeOf(data);
    return type ? writerFor(type)(data) : '';
  };
}

function generateWriter(fields: readonly FieldPlan[], charactersMax: number): WriteAnswer {
  const code = new ValueCode((selection) => compileWriter(selection, charactersMax), charactersMax);
  const body = fields.map((field, index) => {
    const key = `${index > 0 ? ',' : ''}${JSON.stringify(field.responseKey)}:`;
    return `t+=${JSON.stringify(key)};${code.fieldValue(field)}`;
  });
  const declared = code.constants.map((_constant, index) => `c${index}=c[${index}]`);
  const constants = declared.length > 0 ? `const ${declared.join(',')};` : '';
  // Names come from a validated document and hold letters, digits and underscores alone; they are quoted all the same.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval, no-new-func -- code for a fixed grammar
  const make = new Function('c', 'q', 'P', 'e', `${constants}return o=>{let x,t='{';${body.join('')}return t+'}'}`) as (
    constants: readonly unknown[],
    quoteText: typeof quote,
    piece: typeof JsonPiece,
    tooLarge: typeof responseTooLarge,
  ) => WriteAnswer;
  return make(code.constants, quote, JsonPiece, responseTooLarge);
}
