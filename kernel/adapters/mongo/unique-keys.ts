import { UniqueViolation } from '../../ports/document-errors.ts';
import type { CollectionDefinition, IndexDefinition } from '../../ports/documents.ts';
import { duplicateIndex } from './mongo-errors.ts';

/** The name of the index over a key, as errors of the server tell it. */
export const uniqueIndexName = (index: IndexDefinition): string => `unique:${keyName(index)}`;

/** Names the key of a unique index inside a record; dots would be steps. */
export const keyName = ({ paths }: IndexDefinition): string => paths.join('+').replaceAll('.', '/');

export const uniqueIndexes = ({ indexes }: CollectionDefinition): readonly IndexDefinition[] =>
  indexes.filter((index) => index.unique === true);

/**
 * One text per unique index for which the document has all values. A sparse index over it is unique in the sense of
 * the port on every server; over several fields itself it is not: a sparse one would hold documents that have only
 * some of them for equal, and partial indexes are not known everywhere.
 */
export function uniqueKeys(document: unknown, indexes: readonly IndexDefinition[]): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const index of indexes) {
    const values = index.paths.map((path) => valueAt(document, path));
    if (values.every((value) => value !== undefined && value !== null)) keys[keyName(index)] = JSON.stringify(values);
  }
  return keys;
}

/** Tells which unique indexes a writer knows, so that others can see what it left out. */
export const knownKeys = (indexes: readonly IndexDefinition[]): string => indexes.map(keyName).sort().join(' ');

/** What it means that the server found a duplicate; undefined when it found none, or the id itself. */
export function toUniqueViolation(
  { name, indexes }: CollectionDefinition,
  error: unknown,
): UniqueViolation | undefined {
  const duplicate = duplicateIndex(error);
  const index = indexes.find((candidate) => candidate.unique === true && uniqueIndexName(candidate) === duplicate);
  return index && new UniqueViolation(name, index.paths);
}

function valueAt(document: unknown, path: string): unknown {
  let value: unknown = document;
  for (const member of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, member) ? (value as Record<string, unknown>)[member] : undefined;
  }
  return value;
}
