import { shapeOf, type Shape } from './object-shape.ts';

/**
 * JSON text with the members of every object in code-unit order, so that equal content has equal text. Members that
 * are undefined are left out. The input must be JSON data (no cycles, no functions).
 *
 * Texts and their hashes are kept, so the text of a value never changes.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return bySorting(value);
  if (Array.isArray(value)) return ofArray(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain ? ofPlainObject(value as Readonly<Record<string, unknown>>) : bySorting(value);
}

function ofArray(values: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ',';
    const element = values[index];
    text += element === undefined ? 'null' : canonicalJson(element);
  }
  return `${text}]`;
}

/** Several times as quick as sorting copies, on the path of every command: names are sorted once per kind of object. */
function ofPlainObject(value: Readonly<Record<string, unknown>>): string {
  const shape: Shape | undefined = shapeOf(value);
  if (!shape) return bySorting(value);
  const { names, heads } = shape;
  let text = '';
  for (let index = 0; index < names.length; index++) {
    const member = value[names[index] as string];
    if (typeof member === 'function' || typeof member === 'symbol') return bySorting(value);
    if (member !== undefined) text += (text === '' ? '{' : ',') + (heads[index] as string) + canonicalJson(member);
  }
  return text === '' ? '{}' : `${text}}`;
}

const FIRST_PRINTABLE = 32;
const LAST_ASCII = 126;
const QUOTE = 34;
const BACKSLASH = 92;
/** Beyond it, the built-in way is quicker than looking at each character. */
const SHORT_LENGTH = 64;

/** JSON text of a string. */
function quoted(text: string): string {
  if (text.length > SHORT_LENGTH) return JSON.stringify(text);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < FIRST_PRINTABLE || code > LAST_ASCII || code === QUOTE || code === BACKSLASH)
      return JSON.stringify(text);
  }
  return `"${text}"`;
}

function bySorting(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
