import { readFileSync } from 'node:fs';
import type { BenchmarkOptions } from '../benchmark.ts';
import { count, ratio, table } from '../measure/report.ts';
import { HUB, MERCURIUS, PLAIN, RAW, Subject, type ServerKind } from './subject.ts';

const WARM_CLIENTS = 1_000;
const CLIENTS = 9_000;
const INTERESTS = { groups: 1, skusEach: 100 };
const BYTES_PER_KB = 1_000;
const PAGE_BYTES = 4_096;

interface Memory {
  readonly userBytes: number;
  /** Undefined where the kernel does not tell. */
  readonly kernelBytes: number | undefined;
}

/** What a connection with one subscription takes, from a thousand on. */
export async function measureConnectionMemory(options: BenchmarkOptions, clientsMax: number): Promise<string> {
  const warm = Math.min(WARM_CLIENTS, clientsMax / 2);
  const clients = Math.min(CLIENTS, clientsMax - warm);
  const rows: string[][] = [];
  let first: number | undefined;
  for (const kind of [HUB, PLAIN, MERCURIUS, RAW]) {
    options.progress(`memory of ${count(clients)} connections to ${kind.name}`);
    const { userBytes, kernelBytes } = await measure(kind, warm, clients);
    const total = userBytes + (kernelBytes ?? 0);
    first ??= total;
    rows.push([kind.name, ...[userBytes, kernelBytes, total].map(kilobytes), ratio(total / first)]);
  }
  const head = ['server', 'resident', 'kernel', 'together', 'ratio'];
  return `memory per connection with one subscription, ${count(clients)} connections\n${table(head, rows)}`;
}

async function measure(kind: ServerKind, warm: number, clients: number): Promise<Memory> {
  const subject = await Subject.start(kind, INTERESTS);
  try {
    await subject.clients.ask('connect', warm);
    await subject.deliver({ events: 20, changesPerEvent: 1, perSecond: 10 });
    const before = { resident: await residentBytes(subject), kernel: kernelSocketBytes() };
    await subject.clients.ask('connect', warm + clients);
    await subject.deliver({ events: 4, changesPerEvent: 1, perSecond: 2 });
    const after = { resident: await residentBytes(subject), kernel: kernelSocketBytes() };
    return {
      userBytes: (after.resident - before.resident) / clients,
      // The other half is that of the clients, on the same machine.
      kernelBytes:
        after.kernel === undefined || before.kernel === undefined
          ? undefined
          : (after.kernel - before.kernel) / clients / 2,
    };
  } finally {
    await subject.stop();
  }
}

async function residentBytes({ server }: Subject): Promise<number> {
  return (await server.ask('resident')) as number;
}

/** Slabs of sockets and their files. Other kinds of the same size may be counted among them by the kernel. */
const SLABS = new Set([
  'TCP',
  'sock_inode_cache',
  'filp',
  'dentry',
  'eventpoll_epi',
  'eventpoll_pwq',
  'tcp_bind_bucket',
]);

/** All sockets of the machine, with what waits in their buffers; undefined where only root may read it, or nobody. */
function kernelSocketBytes(): number | undefined {
  try {
    let bytes = 0;
    for (const line of readFileSync('/proc/slabinfo', 'utf8').split('\n')) {
      const [name = '', active, , size] = line.split(/\s+/);
      if (SLABS.has(name)) bytes += Number(active) * Number(size);
    }
    const [, pages = '0'] = /^TCP:.* mem (\d+)/m.exec(readFileSync('/proc/net/sockstat', 'utf8')) ?? [];
    return bytes + Number(pages) * PAGE_BYTES;
  } catch {
    return undefined;
  }
}

const kilobytes = (bytes: number | undefined): string =>
  bytes === undefined ? 'unknown' : `${(bytes / BYTES_PER_KB).toFixed(1)} KB`;
