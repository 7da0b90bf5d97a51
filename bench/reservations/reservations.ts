import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { count, micros, millis, ratio, table } from '../measure/report.ts';
import type { HubAccess } from './hub-access.ts';
import { openPostgres } from './open-postgres.ts';
import { openRedis } from './open-redis.ts';
import type { Distribution, LoadArgument, ReservationLoad } from './reservation-load.ts';
import { SCARCE_STOCK, SPREAD_SKUS } from './reserver.ts';
import type { ServeClientsArgument } from './serve-clients.ts';
import type { InProcessLoad, ScarceArgument, ServeReserverArgument } from './serve-reserver.ts';
import { STOCK_ROWS, type StockServer } from './stock-server.ts';

interface Case {
  readonly distribution: Distribution;
  readonly lines: number;
}

const CASES: readonly Case[] = [
  { distribution: 'hot', lines: 1 },
  { distribution: 'spread', lines: 1 },
  { distribution: 'hot', lines: 3 },
  { distribution: 'spread', lines: 3 },
];

/** So many clients ask over a socket, each one question at a time. */
const CLIENTS = 64;
const CROWD = 1_000;
/** The best counts. */
const ROUNDS = 2;
const INSTALL = 'apt-get install postgresql redis-server';

/** One way of reserving. */
interface Subject {
  readonly name: string;
  readonly callers: number;
  load(argument: LoadArgument): Promise<(ReservationLoad & { readonly reservationUs?: number }) | undefined>;
}

interface Measured {
  readonly subject: Subject;
  readonly full: ReservationLoad & { readonly reservationUs?: number };
  /** Its p99 when it is asked for half of what it can do, steadily. */
  readonly halfLoadP99Ms: number | undefined;
}

/** Durable reservations beside what one would pick instead, in process and over a socket. */
export const reservations: Benchmark = {
  name: 'reservations',
  run: async (options) => {
    const parts: string[] = [];
    for (const each of CASES) parts.push(await runCase(each, options));
    return parts.join('\n\n');
  },
};

/** Each case begins with fresh stores, so that none bears the reservations of the one before. */
async function runCase(each: Case, options: BenchmarkOptions): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
  const stops: (() => Promise<void>)[] = [];
  const start = async (file: string, argument: unknown) => {
    const child = await startMeasuredProcess(join(import.meta.dirname, file), argument);
    stops.push(() => child.stop());
    return child;
  };
  try {
    options.progress('opening stock');
    const inFolder = async (): Promise<ServeReserverArgument> => ({
      directory: await mkdtemp(join(directory, 'data-')),
    });
    const hub = await start('serve-hub.ts', await inFolder());
    const sqlite = await start('serve-table.ts', await inFolder());
    const clientsArgument: ServeClientsArgument = {
      url: hub.url,
      access: (await hub.ask('access')) as HubAccess,
      clients: CLIENTS,
    };
    const clients = await start('serve-clients.ts', clientsArgument);
    const servers = await openServers(directory);
    for (const { server } of servers) stops.push(() => server.stop());
    const notes = [...(await soldOut(hub, sqlite)), ...missing(servers)];
    const subjects = [...subjectsOf({ hub, sqlite, clients }), ...servers.map(toSubject)];
    const measured: Measured[] = [];
    for (const subject of subjects) measured.push(await measure(subject, each, options));
    notes.push(`one durable write of 4 KiB: ${millis((await hub.ask('durableWriteMs')) as number)} at the median`);
    return [titleOf(each), tableOf(measured), ...notes].join('\n');
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function openServers(directory: string) {
  const [postgres, redis] = [await openPostgres(directory), await openRedis(directory)];
  return [
    ...(postgres ? [{ name: 'PostgreSQL', server: postgres }] : []),
    ...(redis ? [{ name: 'Redis', server: redis }] : []),
  ];
}

const toSubject = ({ name, server }: { readonly name: string; readonly server: StockServer }): Subject => ({
  name: `${name}, loopback TCP`,
  callers: CLIENTS,
  load: (argument) => server.load(argument),
});

function missing(servers: readonly { readonly name: string }[]): readonly string[] {
  return ['PostgreSQL', 'Redis']
    .filter((name) => !servers.some((server) => server.name === name))
    .map((name) => `${name} is not installed and was not measured: ${INSTALL}`);
}

function subjectsOf(children: Readonly<Record<'hub' | 'sqlite' | 'clients', MeasuredProcess>>): readonly Subject[] {
  const { hub, sqlite, clients } = children;
  const inProcess = (name: string, callers: number, child: MeasuredProcess, way: string): Subject => ({
    name: `${name}, in process`,
    callers,
    load: async (argument) => (await child.ask('load', { ...argument, way })) as InProcessLoad,
  });
  const overSocket = (name: string, way: string): Subject => ({
    name,
    callers: CLIENTS,
    load: async (argument) => {
      const before = (await hub.ask('units', { way: 'command' })) as number;
      const load = (await clients.ask(way, argument)) as ReservationLoad;
      const gone = before - ((await hub.ask('units', { way: 'command' })) as number);
      const reserved = load.reservations * argument.lines;
      if (gone !== reserved) throw new Error(`${reserved} units were reserved and ${gone} are gone.`);
      return load;
    },
  });
  return [
    inProcess('hub, command', 1, hub, 'command'),
    inProcess('hub, command', CLIENTS, hub, 'command'),
    inProcess('hub, command', CROWD, hub, 'command'),
    inProcess('hub, GraphQL mutation', CLIENTS, hub, 'graphql'),
    inProcess('hub, GraphQL mutation', CROWD, hub, 'graphql'),
    inProcess('SQLite table', CLIENTS, sqlite, 'table'),
    overSocket('hub, command over TCP', 'tcp'),
    overSocket('hub, command over a socket file', 'file'),
    overSocket('hub, command over TCP, one connection', 'shared'),
    overSocket('hub, GraphQL over HTTP', 'http'),
    overSocket('hub, GraphQL over WebSocket', 'websocket'),
  ];
}

async function soldOut(hub: MeasuredProcess, sqlite: MeasuredProcess): Promise<readonly string[]> {
  const sellers = [
    { name: 'hub', child: hub, way: 'command' },
    { name: 'SQLite table', child: sqlite, way: 'table' },
  ];
  const notes: string[] = [];
  for (const { name, child, way } of sellers) {
    const argument: ScarceArgument = { way, callers: CLIENTS, attempts: SCARCE_STOCK + 1_000 };
    const reserved = (await child.ask('sellOut', argument)) as number;
    notes.push(
      `${name}: ${count(argument.attempts)} attempts at ${count(SCARCE_STOCK)} units reserved ${count(reserved)}`,
    );
  }
  return notes;
}

async function measure(subject: Subject, each: Case, { seconds, progress }: BenchmarkOptions): Promise<Measured> {
  const argument: LoadArgument = { ...each, callers: subject.callers, durationMs: seconds * 1_000 };
  let full: Measured['full'] | undefined;
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`${titleOf(each)}: ${subject.name}, ${subject.callers} callers, round ${round} of ${ROUNDS}`);
    const load = await subject.load(argument);
    if (load && load.reservationsPerSecond > (full?.reservationsPerSecond ?? 0)) full = load;
  }
  if (!full) throw new Error(`${subject.name} was not measured.`);
  // One caller at a time has no half load.
  const half =
    subject.callers === 1 ? undefined : await subject.load({ ...argument, perSecond: full.reservationsPerSecond / 2 });
  return { subject, full, halfLoadP99Ms: half?.p99Ms };
}

function tableOf(measured: readonly Measured[]): string {
  const rateOf = (name: string) =>
    measured.find(({ subject }) => subject.name.startsWith(name))?.full.reservationsPerSecond;
  const against = (rate: number, peer: number | undefined) => (peer === undefined ? '-' : ratio(rate / peer));
  const [postgres, redis] = [rateOf('PostgreSQL'), rateOf('Redis')];
  const rows = measured.map(({ subject, full, halfLoadP99Ms }) => [
    subject.name,
    count(subject.callers),
    count(full.reservationsPerSecond),
    against(full.reservationsPerSecond, postgres),
    against(full.reservationsPerSecond, redis),
    millis(full.p50Ms),
    millis(full.p99Ms),
    halfLoadP99Ms === undefined ? '-' : millis(halfLoadP99Ms),
    full.reservationUs === undefined ? '-' : micros(full.reservationUs),
  ]);
  const head = [
    'way',
    'callers',
    'reservations/s',
    '/ PostgreSQL',
    '/ Redis',
    'p50',
    'p99',
    'p99 at half load',
    'CPU each',
  ];
  return table(head, rows);
}

function titleOf({ distribution, lines }: Case): string {
  const where =
    distribution === 'hot'
      ? lines === 1
        ? 'one hot SKU'
        : `${lines} hot SKUs`
      : `${count(SPREAD_SKUS.length)} SKUs at 4 locations, or ${count(STOCK_ROWS)} rows or keys`;
  return `${where}, ${lines} ${lines === 1 ? 'line' : 'lines'} each`;
}
