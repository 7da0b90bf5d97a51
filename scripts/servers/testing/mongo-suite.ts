import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { temporaryDirectory, type TemporaryDirectory } from '../../../kernel/testing/temporary-directory.ts';
import { findMongo, type FoundMongo } from '../find-mongo.ts';
import { startMongo, type RunningMongo } from './start-mongo.ts';

const found = findMongo();

/** Tests against a server, or one skipped test that says why there is none. */
export function describeMongo(title: string, define: (found: FoundMongo) => void): void {
  if (found.tier !== 'none') {
    describe(`${title} [${found.tier}]`, () => {
      define(found);
    });
    return;
  }
  if (process.env['MONGO_REQUIRED'] !== undefined) throw new Error(found.description);
  describe(title, () => {
    // oxlint-disable-next-line jest/no-disabled-tests
    test.skip(`skipped: ${found.description}`, () => undefined);
  });
}

/** Tests that kill the server, which is only done to one that they started. */
export function describeOwnMongo(title: string, define: (found: FoundMongo) => void): void {
  describeMongo(title, (own) => {
    if (!('url' in own)) define(own);
    // oxlint-disable-next-line jest/no-disabled-tests
    else test.skip('skipped: the server of MONGODB_URL is not ours to kill', () => undefined);
  });
}

/** One server for the tests of a file; each gets databases of its own. @returns the address of a new database */
export function sharedMongo(mongo: FoundMongo): () => string {
  let directory: TemporaryDirectory | undefined;
  let server: RunningMongo | undefined;
  let databases = 0;
  beforeAll(async () => {
    if ('url' in mongo) return;
    directory = await temporaryDirectory();
    server = await startMongo(mongo, { directory: directory.path });
  });
  afterAll(async () => {
    await server?.kill();
    await directory?.remove();
  });
  return () => {
    const name = `stockwire-test-${process.pid}-${++databases}`;
    if (server) return server.url(name);
    const url = new URL((mongo as { url: string }).url);
    url.pathname = `/${name}`;
    return url.href;
  };
}
