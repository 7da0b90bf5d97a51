import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { CHANNEL_ID, OPENING_STOCK } from './reserver.ts';
import type { Reserver } from './reserver.ts';
import { serveReserver } from './serve-reserver.ts';

/* What one would write first: a row of stock that is taken from under a condition, in a transaction per reservation. */
await serveReserver(async (directory) => ({ ways: { table: openTable(join(directory, 'stock.db')) }, url: '' }));

function openTable(file: string): Reserver {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE stock (sku TEXT PRIMARY KEY, available INTEGER NOT NULL);
    CREATE TABLE reservation (
      id TEXT PRIMARY KEY, sku TEXT NOT NULL, channel TEXT NOT NULL, quantity INTEGER NOT NULL, reserved_at INTEGER NOT NULL
    );
  `);
  fill(database);
  const ids = new UuidV7Ids();
  const begin = database.prepare('BEGIN IMMEDIATE');
  const take = database.prepare('UPDATE stock SET available = available - ? WHERE sku = ? AND available >= ?');
  const insert = database.prepare('INSERT INTO reservation VALUES (?, ?, ?, ?, ?)');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const all = database.prepare('SELECT sku, available FROM stock');
  return {
    reserve: async (skus) => {
      begin.run();
      const isTaken = skus.every((sku) => take.run(1, sku, 1).changes === 1);
      for (const sku of isTaken ? skus : []) insert.run(ids.next(), sku, CHANNEL_ID, 1, Date.now());
      (isTaken ? commit : rollback).run();
      return isTaken;
    },
    available: async () => new Map(all.all().map((row) => [String(row['sku']), Number(row['available'])])),
  };
}

function fill(database: DatabaseSync): void {
  const insert = database.prepare('INSERT INTO stock VALUES (?, ?)');
  database.exec('BEGIN');
  for (const [sku, units] of OPENING_STOCK) insert.run(sku, units);
  database.exec('COMMIT');
}
