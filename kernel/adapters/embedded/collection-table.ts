import type { DatabaseSync } from 'node:sqlite';
import type { CollectionDefinition, IndexDefinition } from '../../ports/documents.ts';
import { BODY_FIELDS, KEPT_FIELDS, type FieldSql } from './document-query.ts';
import { indexedFieldsSql } from './indexed-fields.ts';
import { assertFieldPath, assertName } from './name.ts';

/** The table of a collection, quoted. */
export const collectionTable = (collection: string): string => `"documents_${collection}"`;

/** The name of an index tells what it promises, so that a changed definition is another index. */
export function indexName(collection: string, { paths, unique }: IndexDefinition): string {
  return `documents_${collection}${unique === true ? '!' : ':'}${paths.join('+')}`;
}

/** Every path that is declared, once, in the order of their names. */
export const indexedPaths = ({ indexes }: CollectionDefinition): readonly string[] =>
  [...new Set(indexes.flatMap(({ paths }) => paths))].toSorted();

/**
 * Makes the table and brings its indexes in line with the definition: missing ones are built, others dropped.
 * Must run inside a commit.
 */
export function ensureCollection(database: DatabaseSync, definition: CollectionDefinition): void {
  assertName(definition.name, 'collection');
  for (const path of indexedPaths(definition)) assertFieldPath(path);
  if (definition.isDerived === true) {
    ensureTable(database, definition.name, 'body TEXT NOT NULL) STRICT, WITHOUT ROWID');
    ensureIndexes(database, definition, BODY_FIELDS);
  } else {
    ensureTable(database, definition.name, 'fields TEXT NOT NULL, body TEXT NOT NULL) STRICT');
    ensureFields(database, definition);
    ensureIndexes(database, definition, KEPT_FIELDS);
  }
}

function ensureTable(database: DatabaseSync, name: string, rest: string): void {
  const ids = 'id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL';
  database.exec(`CREATE TABLE IF NOT EXISTS ${collectionTable(name)} (${ids}, ${rest}`);
}

/** Fills in what documents are found by when that was not declared before, or not kept beside them. */
function ensureFields(database: DatabaseSync, definition: CollectionDefinition): void {
  const table = collectionTable(definition.name);
  const wanted = indexedPaths(definition);
  const existing = existingIndexes(database, definition.name);
  const isKept = database.prepare(`SELECT 1 FROM pragma_table_info(?) WHERE name = 'fields'`);
  const hasFields = isKept.get(`documents_${definition.name}`) !== undefined;
  if (!hasFields) database.exec(`ALTER TABLE ${table} ADD COLUMN fields TEXT NOT NULL DEFAULT '{}'`);
  const kept = new Set(hasFields ? existing.flatMap((name) => pathsOf(name, definition.name)) : []);
  if (wanted.every((path) => kept.has(path))) return;
  for (const name of existing) database.exec(`DROP INDEX "${name}"`);
  database.exec(`UPDATE ${table} SET fields = ${indexedFieldsSql(wanted)}`);
}

function ensureIndexes(database: DatabaseSync, definition: CollectionDefinition, fields: FieldSql): void {
  const wanted = new Map(definition.indexes.map((index) => [indexName(definition.name, index), index]));
  for (const name of existingIndexes(database, definition.name)) {
    if (!wanted.has(name)) database.exec(`DROP INDEX "${name}"`);
  }
  for (const [name, { paths, unique }] of wanted) {
    const values = paths.map((path) => fields.valueAt(path));
    // SQLite holds documents without a value for different by itself, as the port asks.
    const [kind, columns] = unique === true ? ['UNIQUE INDEX', values] : ['INDEX', [...values, 'id']];
    const table = collectionTable(definition.name);
    database.exec(`CREATE ${kind} IF NOT EXISTS "${name}" ON ${table} (${columns.join(', ')})`);
  }
}

function existingIndexes(database: DatabaseSync, collection: string): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all(`documents_${collection}`)
    .map((row) => String(row['name']));
}

/** Of the name of an index. */
export const pathsOf = (index: string, collection: string): readonly string[] =>
  index.slice(`documents_${collection}`.length + 1).split('+');
