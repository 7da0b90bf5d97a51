import { expect, test } from '@jest/globals';
import { createConnection } from 'mongoose';
import { temporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import type { FoundMongo } from '../../scripts/servers/find-mongo.ts';
import { describeMongo } from '../../scripts/servers/testing/mongo-suite.ts';
import { startMongo } from '../../scripts/servers/testing/start-mongo.ts';

const WRITES = 2_000;

// What the emulator is worth as a server to be killed. It says nothing about MongoDB.
describeMongo('the emulator', (mongo) => {
  if (mongo.tier !== 'emulated') {
    // oxlint-disable-next-line jest/no-disabled-tests
    test.skip('skipped: the server is a real one', () => undefined);
    return;
  }

  test('commits before each reply: SIGKILL takes no acknowledged write away', async () => {
    await expect(lostByKill(mongo, false)).resolves.toBe(0);
  });

  test('loses acknowledged writes when it commits in the background, as it would by itself', async () => {
    await expect(lostByKill(mongo, true)).resolves.toBeGreaterThan(0);
  });
});

/** @returns how many of the acknowledged writes are not there after the restart */
async function lostByKill(mongo: FoundMongo, commitsInBackground: boolean): Promise<number> {
  const directory = await temporaryDirectory();
  const options = { directory: directory.path, commitsInBackground };
  try {
    const server = await startMongo(mongo, options);
    await withWrites(server.url('durability'), async (writes) => {
      for (let n = 0; n < WRITES; n++) await writes.insertOne({ n });
    });
    await server.kill();
    const again = await startMongo(mongo, options);
    const kept = await withWrites(again.url('durability'), (writes) => writes.countDocuments());
    await again.kill();
    return WRITES - kept;
  } finally {
    await directory.remove();
  }
}

type Writes = ReturnType<ReturnType<typeof createConnection>['collection']>;

async function withWrites<Result>(url: string, use: (writes: Writes) => Promise<Result>): Promise<Result> {
  const connection = await createConnection(url).asPromise();
  try {
    return await use(connection.collection('writes'));
  } finally {
    // Only our side: what the server does not have by now it must not get by an orderly end.
    await connection.close(true);
  }
}
