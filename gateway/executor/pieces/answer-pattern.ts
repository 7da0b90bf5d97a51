import { getNullableType, isEnumType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLLeafType, GraphQLOutputType } from 'graphql';
import type { FieldPlan } from '../selection-plan.ts';

/**
 * JSON without white space. Each form can be read in one way only, so that a text that does not match is given up after
 * one pass back over it. A loop over single characters of one class costs no memory.
 */
export const STRING = String.raw`"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"`;
/** At most nine digits, which any Int holds. */
const INT = String.raw`(?:0|-?[1-9]\d{0,8})`;
/** As many digits as a double holds, without an exponent. */
export const NUMBER = String.raw`-?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?`;

const PATTERNS: Readonly<Record<string, string>> = {
  Int: INT,
  Float: NUMBER,
  Boolean: 'true|false',
  String: STRING,
  ID: STRING,
};
/** Of scalars of the supergraph, which pass as they are. Lists and objects among them are left to `JSON.parse`. */
const ANY_LEAF = `${STRING}|${NUMBER}|true|false`;

/** Matches no text. */
const NOTHING = '(?!)';

/** Longer ones would take longer to compile than they save. */
const PATTERN_LENGTH_MAX = 8_000;

const known = new WeakMap<FieldPlan, string | null>();

/**
 * A regular expression of the texts that are, letter by letter, a right answer to what a client selected of a field: all
 * of its fields and no others in its order, of the right types, null only where null may be. Undefined where that
 * depends on more than the text: on types that are found out one by one, or on what the caller may read. A text that
 * does not match may be right all the same.
 */
export function patternOf(field: FieldPlan): string | undefined {
  const before = known.get(field);
  if (before !== undefined) return before ?? undefined;
  const pattern = field.refusal || field.name === '__typename' ? undefined : valuePattern(field.type, field);
  const kept = pattern !== undefined && pattern.length <= PATTERN_LENGTH_MAX ? pattern : undefined;
  known.set(field, kept ?? null);
  return kept;
}

function valuePattern(type: GraphQLOutputType, field: FieldPlan): string | undefined {
  const present = presentPattern(getNullableType(type), field);
  if (present === undefined) return undefined;
  return isNonNullType(type) ? `(?:${present})` : `(?:null|${present})`;
}

function presentPattern(type: GraphQLOutputType, field: FieldPlan): string | undefined {
  if (isListType(type)) {
    const item = valuePattern(type.ofType, field);
    // Each item is followed by a comma and another one, or by the end.
    return item && String.raw`\[(?:${item}(?:,(?!\])|(?=\])))*\]`;
  }
  return isLeafType(type) ? leafPattern(type, field) : objectPattern(field);
}

function leafPattern(type: GraphQLLeafType, { restrictedValues }: FieldPlan): string {
  if (!isEnumType(type)) return PATTERNS[type.name] ?? ANY_LEAF;
  if (!restrictedValues) return STRING;
  return restrictedValues.size > 0 ? `"(?:${[...restrictedValues].join('|')})"` : NOTHING;
}

function objectPattern({ selection }: FieldPlan): string | undefined {
  if (!selection || !isObjectType(selection.parent)) return undefined;
  const members: string[] = [];
  let length = 0;
  for (const inner of selection.fieldsOf(selection.parent)) {
    const value = inner.name === '__typename' ? `"${inner.typeName}"` : patternOf(inner);
    if (value === undefined || inner.sourceKey !== inner.responseKey) return undefined;
    length += members.push(`"${inner.responseKey}":${value}`) && value.length;
    if (length > PATTERN_LENGTH_MAX) return undefined;
  }
  return String.raw`\{${members.join(',')}\}`;
}
