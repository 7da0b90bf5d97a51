import type { Document } from '../../ports/documents.ts';

/**
 * What a document is found by, as JSON by whole paths. It stands beside the document, so that a save which changes nothing of
 * it touches no index.
 */
export function indexedFields(document: Document, paths: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(paths.map((path) => [path, valueAt(document, path) ?? null])));
}

/** The same from a stored document, as SQL. */
export function indexedFieldsSql(paths: readonly string[]): string {
  return `json_object(${paths.map((path) => `'${path}', body -> '$.${path}'`).join(', ')})`;
}

/** Dots step into objects. */
function valueAt(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  return value;
}
