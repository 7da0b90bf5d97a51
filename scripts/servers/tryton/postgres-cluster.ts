import { chown, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findUser, freePort, output, startServer } from '../server-process.ts';
import type { TrytonPrograms } from './install-tryton.ts';

/** A PostgreSQL of its own, on loopback, for one user without a password. */
export interface PostgresCluster {
  readonly port: number;
  readonly user: string;
  /** Runs SQL in the maintenance database. */
  sql(statement: string): Promise<void>;
  stop(): Promise<void>;
}

const USER = 'tryton';
/** Not synced: its data are made anew for every run. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=50'];

export async function openPostgresCluster(programs: TrytonPrograms, directory: string): Promise<PostgresCluster> {
  // The server refuses to run as root.
  const user = process.getuid?.() === 0 ? findUser('postgres') : undefined;
  const cwd = join(directory, 'postgres');
  await mkdir(cwd, { recursive: true });
  for (const folder of user ? [dirname(cwd), cwd] : []) await chown(folder, user?.uid ?? 0, user?.gid ?? 0);
  const data = join(cwd, 'data');
  const rights = ['--auth=trust', `--username=${USER}`, '--encoding=UTF8', '--locale=C.UTF-8'];
  await output(programs.initdb, ['-D', data, ...rights], { user, cwd });
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-k', cwd, ...SETTINGS.flatMap((setting) => ['-c', setting])];
  const login = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', 'postgres'];
  const sql = async (statement: string): Promise<void> => {
    await output(programs.psql, [...login, '-v', 'ON_ERROR_STOP=1', '-c', statement]);
  };
  const server = await startServer(programs.postgres, args, { user, cwd, isReady: () => sql('SELECT 1') });
  return { port, user: USER, sql, stop: () => server.stop() };
}
