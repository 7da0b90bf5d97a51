import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { INVENTORY_LIMITS } from '../../subgraphs/inventory/app/inventory-limits.ts';
import { Ledger } from '../../subgraphs/inventory/app/ledger.ts';
import { freePort } from '../harness/free-port.ts';
import { startProcess } from '../harness/start-process.ts';

const SKUS = ['A', 'B', 'C', 'D'];
const DAMAGED = 4;

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory();
  const platform = await openEmbeddedPlatform({ directory: directory.path });
  const ledger = await Ledger.open(platform, INVENTORY_LIMITS);
  for (const sku of SKUS) {
    await ledger.execute({ type: 'register-sku', request: { sku, step: '1', categories: [] } });
  }
  // The platform is closed under the ledger, as by a kill: a snapshot would stand in for the log.
  await platform.close();
  const database = new DatabaseSync(join(directory.path, 'stockwire.db'));
  database.exec(`UPDATE journal_inventory SET events = replace(events, '"D"', '"E"') WHERE seq = ${DAMAGED}`);
  database.close();
});
afterEach(() => directory.remove());

test('a hub over a log that was altered does not start, and names the batch in one sentence', async () => {
  const hub = startProcess({
    STOCKWIRE_PORT: String(await freePort()),
    STOCKWIRE_DATA_DIR: directory.path,
  });
  try {
    expect(await hub.ended()).toBe(1);
    expect(hub.errorOutput()).toContain(`Batch ${DAMAGED} of The journal of inventory does not fit its checksum.`);
    expect(hub.errorOutput()).toContain('npm run ledger -- verify');
    expect(hub.output()).not.toContain('/graphql');
  } finally {
    if (hub.exitCode() === undefined) await hub.stop('SIGKILL');
  }
});
