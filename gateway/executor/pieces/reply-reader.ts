import type { JsonObject } from '../merge-data.ts';
import { NUMBER, STRING } from './answer-pattern.ts';
import { JsonPiece } from './json-piece.ts';

/** How far a text has been read. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** What is returned for a text of another form, which says nothing about whether it is right. */
export const OTHER_FORM = Symbol('other form');

/** Reads one value and moves on behind it. */
export type ReadValue = (cursor: Cursor) => unknown;

export interface MemberReader {
  readonly key: string;
  readonly read: ReadValue;
}

/** Lists of lists of lists are as deep as any schema is; deeper ones may be meant to fill the stack. */
const LISTS_MAX = 8;

const [NULL, LIST, OBJECT, COMMA, LIST_END] = Array.from('n[{,]', (character) => character.charCodeAt(0));

/** Takes a value that matches `pattern` over as its text. */
export function pieceReader(pattern: string): ReadValue {
  const form = new RegExp(pattern, 'y');
  return (cursor) => {
    const { text, at } = cursor;
    form.lastIndex = at;
    if (!form.test(text)) return OTHER_FORM;
    cursor.at = form.lastIndex;
    // Nothing else begins so.
    return text.charCodeAt(at) === NULL ? null : new JsonPiece(text.slice(at, cursor.at), pattern);
  };
}

/** Reads a string, number, boolean or null. */
export function leafReader(): ReadValue {
  const form = new RegExp(`${STRING}|${NUMBER}|true|false|null`, 'y');
  const plain = /"[^"\\]*"/y;
  return (cursor) => {
    const { text, at } = cursor;
    form.lastIndex = at;
    if (!form.test(text)) return OTHER_FORM;
    cursor.at = form.lastIndex;
    plain.lastIndex = at;
    return plain.test(text) ? text.slice(at + 1, cursor.at - 1) : (JSON.parse(text.slice(at, cursor.at)) as unknown);
  };
}

/** Reads objects with just these members in their order, and lists of such objects; null as well. */
export function structureReader(members: readonly MemberReader[]): ReadValue {
  const readObject = objectReader(members);
  const read = (cursor: Cursor, depth: number): unknown => {
    switch (cursor.text.charCodeAt(cursor.at)) {
      case OBJECT:
        return readObject(cursor);
      case LIST:
        return depth < LISTS_MAX ? readList(cursor, (each) => read(each, depth + 1)) : OTHER_FORM;
      case NULL:
        return skip(cursor, 'null') ? null : OTHER_FORM;
      default:
        return OTHER_FORM;
    }
  };
  return (cursor) => read(cursor, 0);
}

function objectReader(members: readonly MemberReader[]): ReadValue {
  const steps = members.map(({ key, read }, index) => ({
    key,
    read,
    opening: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
  }));
  return (cursor) => {
    const object: JsonObject = {};
    for (const { key, read, opening } of steps) {
      if (!skip(cursor, opening)) return OTHER_FORM;
      const value = read(cursor);
      if (value === OTHER_FORM) return OTHER_FORM;
      object[key] = value;
    }
    return skip(cursor, '}') ? object : OTHER_FORM;
  };
}

function readList(cursor: Cursor, read: ReadValue): unknown {
  const items: unknown[] = [];
  cursor.at++;
  if (skip(cursor, ']')) return items;
  for (;;) {
    const item = read(cursor);
    if (item === OTHER_FORM) return OTHER_FORM;
    items.push(item);
    const next = cursor.text.charCodeAt(cursor.at++);
    if (next === LIST_END) return items;
    if (next !== COMMA) return OTHER_FORM;
  }
}

const REST = /\s*$/y;

/** Reads `{"data":…}`, with nothing beside the data. */
export function replyReader(readData: ReadValue): (text: string) => JsonObject | undefined {
  return (text) => {
    const cursor = { text, at: 0 };
    if (!skip(cursor, '{"data":')) return undefined;
    const data = readData(cursor);
    if (data === OTHER_FORM || !skip(cursor, '}')) return undefined;
    REST.lastIndex = cursor.at;
    return REST.test(text) && isObject(data) ? data : undefined;
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function skip(cursor: Cursor, words: string): boolean {
  if (!cursor.text.startsWith(words, cursor.at)) return false;
  cursor.at += words.length;
  return true;
}
