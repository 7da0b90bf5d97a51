import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { installMongoEmulator, type MongoEmulator } from './install-mongo-emulator.ts';

/** The server that the tests of the documents on MongoDB run against. */
export type FoundMongo =
  | { readonly tier: 'real'; readonly url: string; readonly description: string }
  | { readonly tier: 'real'; readonly mongod: string; readonly description: string }
  | { readonly tier: 'emulated'; readonly emulator: MongoEmulator; readonly description: string };

export interface MissingMongo {
  readonly tier: 'none';
  /** Why the tests cannot run. */
  readonly description: string;
}

/** `MONGODB_URL`, else `mongod` of the PATH, else the emulator, installed when it is not there yet. */
export function findMongo(env: Readonly<Record<string, string | undefined>> = process.env): FoundMongo | MissingMongo {
  const url = env['MONGODB_URL'];
  if (url !== undefined) return { tier: 'real', url, description: 'real: the server of MONGODB_URL' };
  const mongod = spawnSync('mongod', ['--version'], { encoding: 'utf8' });
  if (mongod.status === 0) {
    const [version = ''] = mongod.stdout.split('\n');
    return { tier: 'real', mongod: 'mongod', description: `real: mongod of the PATH, ${version}` };
  }
  const emulator = installMongoEmulator();
  if ('missing' in emulator) {
    return { tier: 'none', description: `no MONGODB_URL, no mongod on the PATH, and no emulator: ${emulator.missing}` };
  }
  return {
    tier: 'emulated',
    emulator,
    description: `emulated: mongo-java-server ${emulator.version} on H2 tells wire version 9; it is not MongoDB`,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = findMongo();
  console.log(`MongoDB: ${found.description}`);
  if (found.tier === 'none' && process.env['MONGO_REQUIRED'] !== undefined) process.exitCode = 1;
}
