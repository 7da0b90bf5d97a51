import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createConnection } from 'mongoose';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { FoundMongo } from '../find-mongo.ts';
import type { MongoEmulator } from '../install-mongo-emulator.ts';

export interface StartMongoOptions {
  /** Where it keeps its files. */
  readonly directory: string;
  /** Default: a free one. */
  readonly port?: number;
  /** The emulator's own way, which loses acknowledged writes. */
  readonly commitsInBackground?: boolean;
}

export interface RunningMongo {
  readonly port: number;
  /** The address of a database on it. */
  url(database: string): string;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Stops the process without ending it, and lets it go on. */
  pause(): void;
  resume(): void;
}

/** Starts a server of our own; the one of `MONGODB_URL` is not ours to start. */
export async function startMongo(found: FoundMongo, options: StartMongoOptions): Promise<RunningMongo> {
  if ('url' in found) throw new Error('MONGODB_URL names a server that runs already');
  mkdirSync(options.directory, { recursive: true });
  return found.tier === 'emulated' ? startEmulator(found.emulator, options) : startMongod(found.mongod, options);
}

async function startEmulator(emulator: MongoEmulator, options: StartMongoOptions): Promise<RunningMongo> {
  const { directory, port = 0, commitsInBackground = false } = options;
  const virtualMachine = ['-Xmx2g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', emulator.classPath];
  const way = commitsInBackground ? 'commit-in-background' : 'commit-first';
  const launcher = ['MongoEmulator', join(directory, 'emulator.db'), String(port), way];
  const child = spawn('java', [...virtualMachine, ...launcher]);
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    const listening = /^listening (\d+)$/.exec(line);
    if (listening) return running(child, Number(listening[1]), (name) => `/${name}?directConnection=true`);
  }
  throw new Error(`The emulator ended before it listened: ${errors.join('')}`);
}

/** A replica set of one, because a server alone knows neither majorities nor retried writes. */
async function startMongod(command: string, { directory, port: wanted }: StartMongoOptions): Promise<RunningMongo> {
  const port = wanted ?? (await freePort());
  const args = ['--replSet', 'stockwire', '--dbpath', directory, '--port', String(port), '--bind_ip', '127.0.0.1'];
  const child = spawn(command, args, { stdio: 'ignore' });
  const server = running(child, port, (name) => `/${name}?replicaSet=stockwire`);
  const connection = createConnection(`mongodb://127.0.0.1:${port}/admin?directConnection=true`);
  try {
    await waitFor(() => connection.asPromise(), 'the first connection');
    const admin = connection.getClient().db('admin');
    const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
    await admin.command({ replSetInitiate: { _id: 'stockwire', members } }).catch((error: { codeName?: string }) => {
      if (error.codeName !== 'AlreadyInitialized') throw error;
    });
    await waitFor(async () => (await admin.command({ hello: 1 }))['isWritablePrimary'] === true, 'a primary');
  } finally {
    await connection.close(true);
  }
  return server;
}

function running(child: ChildProcess, port: number, path: (database: string) => string): RunningMongo {
  return {
    port,
    url: (database) => `mongodb://127.0.0.1:${port}${path(database)}`,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
