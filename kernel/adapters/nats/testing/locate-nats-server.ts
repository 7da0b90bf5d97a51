import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { natsTestConfig } from './config.ts';

/** The release that `npm run test:nats` builds when there is none. */
export const NATS_SERVER_VERSION = '2.14.9';

/** Where Debian's package puts it, which is on the PATH of root alone. */
const DEBIAN_BINARY = '/usr/sbin/nats-server';

/** Where a server that was built for the tests is kept. */
export function builtServerFolder({ cacheFolder = join(homedir(), '.cache') } = natsTestConfig()): string {
  return join(cacheFolder, 'stockwire', `nats-server-${NATS_SERVER_VERSION}`);
}

/**
 * The server that tests start, found without installing anything: NATS_SERVER names it, or it is on the PATH, or it was
 * built before, or Debian's package is installed.
 */
export function locateNatsServer(config = natsTestConfig()): string | undefined {
  const folders = config.path.split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    config.binary,
    ...folders.map((folder) => join(folder, 'nats-server')),
    join(builtServerFolder(config), 'nats-server'),
    DEBIAN_BINARY,
  ];
  return candidates.find((candidate) => candidate !== undefined && existsSync(candidate));
}
