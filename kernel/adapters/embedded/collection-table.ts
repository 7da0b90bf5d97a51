import type { DatabaseSync } from 'node:sqlite';
import type { CollectionDefinition, IndexDefinition } from '../../ports/documents.ts';
import { fieldSql } from './document-query.ts';
import { assertFieldPath, assertName } from './name.ts';

/** The table of a collection, quoted. */
export const collectionTable = (collection: string): string => `"documents_${collection}"`;

/** The name of an index tells what it promises, so that a changed definition is another index. */
export function indexName(collection: string, { paths, unique }: IndexDefinition): string {
  return `documents_${collection}${unique === true ? '!' : ':'}${paths.join('+')}`;
}

/**
 * Makes the table and brings its indexes in line with the definition: missing ones are built, others dropped.
 * Must run inside a commit.
 */
export function ensureCollection(database: DatabaseSync, definition: CollectionDefinition): void {
  assertName(definition.name, 'collection');
  for (const path of definition.indexes.flatMap((index) => index.paths)) assertFieldPath(path);
  const table = collectionTable(definition.name);
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT${
      // Many small documents, which one tree holds in fewer pages than two.
      definition.isDerived === true ? ', WITHOUT ROWID' : ''
    }`,
  );
  const wanted = new Map(definition.indexes.map((index) => [indexName(definition.name, index), index]));
  for (const name of existingIndexes(database, `documents_${definition.name}`)) {
    if (!wanted.has(name)) database.exec(`DROP INDEX "${name}"`);
  }
  for (const [name, index] of wanted) database.exec(indexSql(table, name, index));
}

function indexSql(table: string, name: string, { paths, unique }: IndexDefinition): string {
  const fields = paths.map(fieldSql);
  // SQLite holds documents without a value for different by itself, as the port asks.
  if (unique === true) return `CREATE UNIQUE INDEX IF NOT EXISTS "${name}" ON ${table} (${fields.join(', ')})`;
  return `CREATE INDEX IF NOT EXISTS "${name}" ON ${table} (${[...fields, 'id'].join(', ')})`;
}

function existingIndexes(database: DatabaseSync, table: string): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all(table)
    .map((row) => String(row['name']));
}
