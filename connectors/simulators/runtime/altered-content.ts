import { isObject } from './json-fields.ts';

const NUMBER_TEXT = /^-?\d+(\.\d+)?$/;

/** Every object gets one field that no contract names. */
export function withAddedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withAddedFields);
  if (!isObject(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withAddedFields(inner)]));
  return { ...copy, preview_revision: 2 };
}

/** The named fields change type: a number becomes text, a number in text becomes a number. */
export function withRetypedFields(value: unknown, fields: readonly string[]): unknown {
  return mapFields(value, fields, (content) => {
    if (typeof content === 'number') return String(content);
    return typeof content === 'string' && NUMBER_TEXT.test(content) ? Number(content) : content;
  });
}

/** The named fields keep their type and get another value. */
export function withOtherContent(value: unknown, fields: readonly string[]): unknown {
  return mapFields(value, fields, (content) => {
    if (typeof content === 'number') return content + 1;
    if (typeof content !== 'string') return content;
    return NUMBER_TEXT.test(content) ? raise(content) : `${content} (changed)`;
  });
}

function raise(text: string): string {
  const places = text.split('.')[1]?.length ?? 0;
  return (Number(text) + 1).toFixed(places);
}

function mapFields(value: unknown, fields: readonly string[], change: (content: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapFields(inner, fields, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const isContent = fields.includes(key) && !isObject(inner) && !Array.isArray(inner);
    return [key, isContent ? change(inner) : mapFields(inner, fields, change)];
  });
  return Object.fromEntries(entries) as unknown;
}
