import { HttpFailure } from '../runtime/http-failure.ts';

export type ODataRow = Readonly<Record<string, unknown>>;
export type ODataPredicate = (row: ODataRow) => boolean;

type Literal = string | number | boolean;

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z0-9_:.+-]+)|([(),]))/y;
const COMPARISONS: Readonly<Record<string, (left: Literal, right: Literal) => boolean>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
};
const DEPTH_MAX = 20;

/**
 * Compiles the part of OData's `$filter` that the simulator knows: eq, ne, gt, ge, lt, le, in, and, or, parentheses;
 * texts in quotes, numbers, booleans and times. @throws {HttpFailure} 400 for anything else.
 */
export function compileFilter(text: string): ODataPredicate {
  const reader = new TokenReader(text);
  const predicate = readOr(reader, 0);
  if (reader.peek() !== undefined) throw faulty(text);
  return predicate;
}

class TokenReader {
  readonly #text: string;
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  peek(): string | undefined {
    return this.#tokens[this.#position];
  }

  next(): string {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw faulty(this.#text);
    this.#position += 1;
    return token;
  }

  accept(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#position += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) throw faulty(this.#text);
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match === null) throw faulty(text);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

function readOr(reader: TokenReader, depth: number): ODataPredicate {
  const parts = [readAnd(reader, depth)];
  while (reader.accept('or')) parts.push(readAnd(reader, depth));
  return (row) => parts.some((part) => part(row));
}

function readAnd(reader: TokenReader, depth: number): ODataPredicate {
  const parts = [readTerm(reader, depth)];
  while (reader.accept('and')) parts.push(readTerm(reader, depth));
  return (row) => parts.every((part) => part(row));
}

function readTerm(reader: TokenReader, depth: number): ODataPredicate {
  if (depth > DEPTH_MAX) throw faulty('nested too deeply');
  if (reader.accept('(')) {
    const inner = readOr(reader, depth + 1);
    reader.expect(')');
    return inner;
  }
  const field = reader.next();
  const operator = reader.next();
  if (operator === 'in') return readIn(reader, field);
  const compare = COMPARISONS[operator];
  if (compare === undefined) throw faulty(operator);
  const value = literalOf(reader.next());
  return (row) => compare(valueOf(row, field), value);
}

function readIn(reader: TokenReader, field: string): ODataPredicate {
  reader.expect('(');
  const values = new Set<Literal>();
  do values.add(literalOf(reader.next()));
  while (reader.accept(','));
  reader.expect(')');
  return (row) => values.has(valueOf(row, field));
}

/** Times are ISO texts in UTC on both sides, brought to one length, so that they compare as text. */
function literalOf(token: string): Literal {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (/^\d{4}-\d\d-\d\dT/.test(token) && !Number.isNaN(Date.parse(token))) return new Date(token).toISOString();
  if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
  // Days and GUIDs are written without quotes.
  if (/^[0-9a-f-]{36}$/i.test(token) || /^\d{4}-\d\d-\d\d$/.test(token)) return token;
  throw faulty(token);
}

function valueOf(row: ODataRow, field: string): Literal {
  const value = row[field];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new HttpFailure(400, 'BadRequest', `Could not find a property named '${field}'.`);
}

function faulty(text: string): HttpFailure {
  return new HttpFailure(400, 'BadRequest', `Syntax error in $filter near '${text}'.`);
}
