import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, startServer, type ServerProcess } from '../server-process.ts';
import { TRYTON_MODULES, type TrytonPrograms } from './install-tryton.ts';
import { openPostgresCluster, type PostgresCluster } from './postgres-cluster.ts';

/** A Tryton of its own with one database, as it was after its seed. */
export interface Tryton {
  readonly baseUrl: string;
  readonly database: string;
  readonly login: { readonly user: string; readonly password: string };
  /** Keeps the state that `reset` goes back to. */
  keep(): Promise<void>;
  /** Back to what was kept; a matter of seconds. Sessions end with it. */
  reset(): Promise<void>;
  /** Another database that is what this one is now, served beside it. */
  copyAs(database: string): Promise<void>;
  /** Does something while the server is ended; then it starts again, over what the database holds. */
  withoutServer(during: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const DATABASE = 'retailer';
const KEPT = 'kept';
/** Tryton refuses passwords that are easy to guess. */
const LOGIN = { user: 'admin', password: 'Loopback-only-4711' };
const SESSION_SECONDS = 3_600;
const CREATE_MS_MAX = 600_000;

/** Makes the database with all modules, which takes a minute, and starts the server. */
export async function openTryton(programs: TrytonPrograms, directory: string): Promise<Tryton> {
  const postgres = await openPostgresCluster(programs, directory);
  try {
    const port = await freePort();
    const configuration = await writeConfiguration(directory, { postgres, port });
    await postgres.sql(`CREATE DATABASE ${DATABASE}`);
    await createTables(programs, { directory, configuration });
    return await serve(programs, { directory, configuration, postgres, port });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

interface Parts {
  readonly directory: string;
  readonly configuration: string;
  readonly postgres: PostgresCluster;
  readonly port: number;
}

async function writeConfiguration(directory: string, { postgres, port }: Pick<Parts, 'postgres' | 'port'>) {
  const path = join(directory, 'trytond.conf');
  const sections = {
    database: `uri=postgresql://${postgres.user}@127.0.0.1:${postgres.port}/`,
    web: `listen=127.0.0.1:${port}`,
    session: `timeout=${SESSION_SECONDS}`,
  };
  await writeFile(
    path,
    Object.entries(sections)
      .map(([name, setting]) => `[${name}]\n${setting}\n`)
      .join(''),
  );
  return path;
}

async function createTables(
  { trytondAdmin }: TrytonPrograms,
  { directory, configuration }: Pick<Parts, 'directory' | 'configuration'>,
): Promise<void> {
  const password = join(directory, 'password');
  await writeFile(password, `${LOGIN.password}\n`, { mode: 0o600 });
  const modules = ['-u', 'ir', 'res', ...TRYTON_MODULES, '--activate-dependencies'];
  const child = spawn(trytondAdmin, ['-c', configuration, '-d', DATABASE, ...modules, '--email', 'admin@example.com'], {
    env: { ...process.env, TRYTONPASSFILE: password },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: CREATE_MS_MAX,
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`trytond-admin ended with ${String(code)}: ${errors.slice(-2_000)}`);
}

async function serve(programs: TrytonPrograms, { directory, configuration, postgres, port }: Parts): Promise<Tryton> {
  const baseUrl = `http://127.0.0.1:${port}`;
  const start = (): Promise<ServerProcess> =>
    startServer(programs.trytond, ['-c', configuration, '-d', DATABASE], {
      user: undefined,
      cwd: directory,
      isReady: () => fetch(baseUrl),
    });
  let server = await start();
  const copy = async (from: string, to: string): Promise<void> => {
    // A database with connections cannot be copied.
    await server.stop();
    await postgres.sql(`DROP DATABASE IF EXISTS ${to} WITH (FORCE)`);
    await postgres.sql(`CREATE DATABASE ${to} TEMPLATE ${from}`);
    server = await start();
  };
  return {
    baseUrl,
    database: DATABASE,
    login: LOGIN,
    keep: () => copy(DATABASE, KEPT),
    reset: () => copy(KEPT, DATABASE),
    copyAs: (database) => copy(DATABASE, database),
    withoutServer: async (during) => {
      await server.stop();
      try {
        await during();
      } finally {
        server = await start();
      }
    },
    stop: async () => {
      await server.stop();
      await postgres.stop();
    },
  };
}
