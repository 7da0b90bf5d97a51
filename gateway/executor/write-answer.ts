import { isObjectType } from 'graphql';
import type { GraphQLObjectType } from 'graphql';
import { guardExpression } from './guards.ts';
import { quote } from './json-text.ts';
import type { JsonObject } from './merge-data.ts';
import type { FieldPlan, SelectionPlan } from './selection-plan.ts';
import type { Variables } from './subgraph-client.ts';
import { ValueCode } from './value-code.ts';

/**
 * Writes the answer as JSON text in one pass. Returns the empty string when anything is out of the ordinary (a value
 * missing, null where none may be, an unknown type); `projectAnswer` then finds out what is wrong and where.
 */
export type WriteAnswer = (data: JsonObject, variables: Variables) => string;

/** Generates, for each concrete type that is met, a function which reads its fields by name and in a fixed order. */
export function compileWriter(selection: SelectionPlan): WriteAnswer {
  const writers = new Map<string, WriteAnswer>();
  const writerFor = (type: GraphQLObjectType): WriteAnswer => {
    const known = writers.get(type.name);
    if (known) return known;
    const writer = generateWriter(selection.fieldsOf(type));
    writers.set(type.name, writer);
    return writer;
  };
  const { parent } = selection;
  if (isObjectType(parent)) {
    let writer: WriteAnswer | undefined;
    return (data, variables) => (writer ??= writerFor(parent))(data, variables);
  }
  return (data, variables) => {
    const known = writers.get(data['__typename'] as string);
    if (known) return known(data, variables);
    const type = selection.typeOf(data);
    return type ? writerFor(type)(data, variables) : '';
  };
}

function generateWriter(fields: readonly FieldPlan[]): WriteAnswer {
  const code = new ValueCode(compileWriter);
  const isFirstAlways = fields[0]?.alternatives.length === 0;
  const body = fields.map((field, index) => generateField(field, isFirstAlways ? index > 0 : undefined, code));
  const declared = code.constants.map((_constant, index) => `c${index}=c[${index}]`);
  const constants = declared.length > 0 ? `const ${declared.join(',')};` : '';
  // Names come from a validated document and hold letters, digits and underscores alone; they are quoted all the same.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval, no-new-func -- code for a fixed grammar
  const make = new Function('c', 'q', `${constants}return (o,v)=>{let x,t='{';${body.join('')}return t+'}'}`) as (
    constants: readonly unknown[],
    quoteText: typeof quote,
  ) => WriteAnswer;
  return make(code.constants, quote);
}

/** `isFollowing` is undefined where only the run can tell whether a field was written before. */
function generateField(field: FieldPlan, isFollowing: boolean | undefined, code: ValueCode): string {
  const key = JSON.stringify(field.responseKey);
  const lead =
    isFollowing === undefined
      ? `if(t.length>1)t+=',';t+=${JSON.stringify(`${key}:`)};`
      : `t+=${JSON.stringify(`${isFollowing ? ',' : ''}${key}:`)};`;
  const text = `${lead}${code.fieldValue(field)}`;
  return field.alternatives.length === 0 ? text : `if(${guardExpression(field.alternatives)}){${text}}`;
}
