import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { INVENTORY_LIMITS } from '../../subgraphs/inventory/app/inventory-limits.ts';
import { Ledger } from '../../subgraphs/inventory/app/ledger.ts';
import { openPositionChains, PositionLog } from '../../subgraphs/inventory/app/position-log.ts';
import { exportEvents } from './export-events.ts';
import { rebuild } from './rebuild.ts';
import { describeReport, verify } from './verify.ts';

const SCRIPT = join(import.meta.dirname, '..', 'ledger.ts');
const RECEIPTS = 6;

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory();
  await withLedger(trade);
});
afterEach(() => directory.remove());

async function withLedger(work: (ledger: Ledger) => Promise<void>): Promise<void> {
  const platform = await openEmbeddedPlatform({ directory: directory.path });
  try {
    const ledger = await Ledger.open(platform, INVENTORY_LIMITS);
    const stop = (await PositionLog.open(platform, ledger)).start();
    await work(ledger);
    await stop();
    await ledger.close();
  } finally {
    await platform.close();
  }
}

/** One batch for each command: a location, a SKU, a channel, receipts, a reservation. */
async function trade(ledger: Ledger): Promise<void> {
  const place = {
    location: 'S1',
    name: 'S1',
    type: 'STORE',
    timeZone: 'Europe/London',
    capabilities: ['SHIP'],
  } as const;
  await ledger.execute({ type: 'register-location', request: { ...place, capabilities: ['SHIP'] } });
  await ledger.execute({ type: 'register-sku', request: { sku: 'A', step: '1', categories: [] } });
  await ledger.execute({ type: 'register-network', request: { id: 'ALL', locations: ['S1'] } });
  const channel = { id: 'WEB', network: 'ALL', currency: 'GBP', publishes: 'ATS' } as const;
  await ledger.execute({ type: 'register-channel', request: channel });
  for (let n = 0; n < RECEIPTS; n++) {
    const data = { location: 'S1', reference: 'po', lines: [{ lineId: '1', sku: 'A', quantity: '5' }] };
    const source = { system: 'wms', eventId: `receipt-${n}` };
    await ledger.execute({ type: 'record-fact', fact: { type: 'goods-received', source, occurredAtMs: 1_000, data } });
  }
  const lines = [{ lineRef: '1', sku: 'A', quantity: '2' }];
  const request = { commandId: 'cart', kind: 'CART', channel: 'WEB', lines } as const;
  await ledger.execute({ type: 'reserve-stock', request: { ...request, lines } }, { commandId: 'cart' });
}

function damage(file: string, sql: string): void {
  const database = new DatabaseSync(join(directory.path, file));
  database.exec(sql);
  database.close();
}

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [SCRIPT, ...args, '--data', directory.path]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

describe('verify', () => {
  test('finds nothing wrong with what a hub has written, and says what it read', async () => {
    const report = await verify(directory.path);
    expect(report).toMatchObject({ batches: 11, positions: 1, snapshotSeq: 11, faults: [] });
    const { code, stdout } = await run('verify');
    expect([code, stdout.trim().split('\n')]).toEqual([0, describeReport(report)]);
  });

  test('names the batch that was altered, and ends with a failure', async () => {
    damage(
      'stockwire.db',
      `UPDATE journal_inventory SET events = replace(events, '"steps":5', '"steps":6') WHERE seq = 7`,
    );
    const { faults } = await verify(directory.path);
    expect(faults).toEqual([
      { in: 'LOG', seq: 7, message: 'Batch 7 of The journal of inventory does not fit its checksum.' },
    ]);
    const { code, stdout } = await run('verify');
    expect(code).toBe(1);
    expect(stdout).toContain('LOG, batch 7:');
  });

  test.each([
    ['a batch in the middle', 'DELETE FROM journal_inventory WHERE seq = 6', 6],
    ['the last batch, altered', `UPDATE journal_inventory SET recorded_at_ms = 5 WHERE seq = 11`, 11],
    ['batches at the end', 'DELETE FROM journal_inventory WHERE seq > 9', 10],
  ])('misses %s', async (_, sql, seq) => {
    damage('stockwire.db', sql);
    const { faults } = await verify(directory.path);
    expect(faults[0]).toMatchObject({ in: 'LOG', seq });
  });

  test('sees a fact that the index lacks and a snapshot that leads elsewhere; a rebuild mends both', async () => {
    damage('indexes/inventory-facts.db', `DELETE FROM entry WHERE key = 'wms|receipt-3'`);
    const platform = await openEmbeddedPlatform({ directory: directory.path });
    const journal = await platform.openJournal('inventory');
    const { epoch } = journal;
    const snapshot = await platform.snapshots.newest('inventory', epoch);
    const bytes = Buffer.from(snapshot?.bytes ?? []);
    // A snapshot that is whole and remembers another fact than the log.
    const at = bytes.indexOf('receipt-1');
    bytes.write('receipt-x', at);
    await platform.snapshots.save('inventory', { epoch, seq: 11, bytes });
    await platform.close();

    const { faults } = await verify(directory.path);
    expect(faults).toMatchObject([
      { in: 'CACHE', seq: 8, message: 'The index of facts lacks wms|receipt-3.' },
      { in: 'CACHE', message: 'The snapshot at batch 11 does not lead to what the whole log says.' },
    ]);
    expect(await rebuild(directory.path)).toBe(11);
    expect(await verify(directory.path)).toMatchObject({ snapshotSeq: 11, faults: [] });
  });

  test('sees an index of positions that tells of other batches than the log, or of more; a rebuild mends the first', async () => {
    const forge = async (seq: number): Promise<void> => {
      const platform = await openEmbeddedPlatform({ directory: directory.path });
      const journal = await platform.openJournal('inventory');
      const chains = await openPositionChains(platform, journal.epoch);
      expect(chains.completeSeq).toBeGreaterThanOrEqual(11);
      await chains.clear();
      chains.add([{ key: 0 }], seq);
      await chains.close();
      await platform.close();
    };
    await forge(11);
    expect(await verify(directory.path)).toMatchObject({
      faults: [{ in: 'CACHE', message: 'The index of positions tells another history of A at S1 than the log.' }],
    });
    await rebuild(directory.path);
    expect(await verify(directory.path)).toMatchObject({ faults: [] });
    await forge(12);
    expect((await verify(directory.path)).faults).toMatchObject([{ in: 'LOG', seq: 12 }]);
  });

  test('sees a state that cannot be, although every checksum fits', async () => {
    const platform = await openEmbeddedPlatform({ directory: directory.path });
    const journal = await platform.openJournal('inventory');
    const line = { order: 'o', orderLine: '1', sku: 'A', location: 'S1', steps: 1 };
    const event = { type: 'stock-picked', atMs: 1, lines: [line] };
    const record = { commandId: 'forged', payloadHash: '', events: [event], answer: {} };
    await journal.append({ batchId: 'forged', recordedAtMs: 1, events: [record] }, journal.head());
    await platform.close();
    const { faults } = await verify(directory.path);
    expect(faults).toContainEqual({
      in: 'STATE',
      message: 'picked of A at S1 is 1 steps; what is open sums to 0.',
    });
  });
});

describe('rebuild', () => {
  test('refuses to delete anything while the log itself is damaged', async () => {
    damage('stockwire.db', 'DELETE FROM journal_inventory WHERE seq > 9');
    await expect(rebuild(directory.path)).rejects.toThrow('Nothing was rebuilt.');
    expect(existsSync(join(directory.path, 'indexes', 'inventory-facts.db'))).toBe(true);
    expect((await run('rebuild')).code).toBe(1);
  });

  test('leaves a ledger that goes on where it was', async () => {
    const { code, stdout } = await run('rebuild');
    expect([code, stdout]).toEqual([0, 'The snapshot and the indexes now hold the log up to batch 11.\n']);
    await withLedger(async (ledger) => {
      expect(ledger.seq).toBe(11);
      expect(await ledger.knowsFact({ system: 'wms', eventId: 'receipt-3' })).toBe(true);
    });
  });
});

describe('export', () => {
  test('writes every event after a batch as a line of JSON', async () => {
    const parts: string[] = [];
    for await (const part of exportEvents(directory.path, 10)) parts.push(part);
    const events = parts
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(events).toMatchObject([{ seq: 11, commandId: 'cart', event: { type: 'stock-reserved', channel: 'WEB' } }]);
    const { code, stdout } = await run('export');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').length).toBeGreaterThan(11);
    expect(stdout.endsWith(parts.join(''))).toBe(true);
  });
});

describe('every task', () => {
  test('refuses in a sentence while a hub has the data open', async () => {
    await withLedger(async () => {
      for (const task of ['verify', 'rebuild', 'export']) {
        const { code, stderr } = await run(task);
        expect([code, stderr]).toEqual([1, `A hub has the data in ${directory.path} open: stop it first.\n`]);
      }
    });
  });

  test('refuses in a sentence where there is no data, and makes none', async () => {
    const elsewhere = join(directory.path, 'elsewhere');
    await expect(verify(elsewhere)).rejects.toThrow(`There is no data of a hub in ${elsewhere}.`);
    expect(existsSync(elsewhere)).toBe(false);
  });

  test('an unknown one is told how the tool is used', async () => {
    expect(await run('mend')).toMatchObject({ code: 2, stdout: expect.stringContaining('Usage:') });
  });
});
