import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface MongoEmulator {
  readonly version: string;
  /** What Java needs to find the launcher and all it uses. */
  readonly classPath: string;
}

const SOURCE = join(import.meta.dirname, 'mongo-emulator');
const POM = join(SOURCE, 'pom.xml');
const LAUNCHER = join(SOURCE, 'MongoEmulator.java');
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/stockwire');
const INSTALL_MS_MAX = 300_000;

/**
 * Fetches the server with Maven and compiles its launcher, once per version of both.
 * @returns what is missing when it cannot
 */
export function installMongoEmulator(): MongoEmulator | { readonly missing: string } {
  const sources = [readFileSync(POM, 'utf8'), readFileSync(LAUNCHER, 'utf8')];
  const version = /<artifactId>mongo-java-server.*?<version>([^<]+)</s.exec(sources[0] ?? '')?.[1] ?? 'unknown';
  const digest = createHash('sha256').update(sources.join('\0')).digest('hex').slice(0, 12);
  const folder = join(CACHE, `mongo-emulator-${digest}`);
  const emulator = { version, classPath: `${join(folder, 'classes')}:${join(folder, 'lib')}/*` };
  if (!isRunnable('java', '-version')) return { missing: 'there is no Java' };
  if (existsSync(folder)) return emulator;
  if (!isRunnable('mvn', '-version') || !isRunnable('javac', '-version'))
    return { missing: 'there is no Maven or JDK' };
  const missing = build(folder);
  return missing === undefined ? emulator : { missing };
}

/** In a folder beside it first, so that half an installation is never taken for a whole one. */
function build(folder: string): string | undefined {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  const library = join(draft, 'lib');
  try {
    const fetched = run('mvn', ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${library}`]);
    if (fetched !== undefined) return `Maven could not fetch it: ${fetched}`;
    const compiled = run('javac', ['-cp', `${library}/*`, '-d', join(draft, 'classes'), LAUNCHER]);
    if (compiled !== undefined) return `its launcher does not compile: ${compiled}`;
    if (!existsSync(folder)) renameSync(draft, folder);
    return undefined;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @returns what it said if it failed */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_MS_MAX });
  return status === 0 ? undefined : `${stdout}${stderr}`.trim().slice(-500);
}

const isRunnable = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;
