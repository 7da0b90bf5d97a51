import type { Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import type { Topology } from '../../scripts/topology/start-topology.ts';
import type { CutMode } from './cut-proxy.ts';
import type { FaultLinks } from './fault-links.ts';

export interface Fault {
  /** In words, such as `kill inventory-1`. */
  readonly name: string;
  /** Of which kind, for figures over several of them. */
  readonly kind: string;
  /** How long it lasts. */
  readonly holdMs: number;
  inject(): Promise<void> | void;
  heal(): Promise<void> | void;
}

export interface FaultSurroundings {
  readonly topology: Topology;
  readonly links: FaultLinks;
  readonly random: Random;
}

type Maker = (surroundings: FaultSurroundings) => Promise<Fault>;

const HOLD_MS_MAX = 3_000;
/** Beyond the time of a lease, so that somebody else leads meanwhile. */
const PAUSE_MS = 5_000;

/** One of each kind, in the order in which they come round again and again. */
export const FAULT_KINDS: readonly Maker[] = [
  async (all) => kill(all, 'the ledger leader', await leaderOf(all.topology)),
  async (all) => kill(all, 'a gateway', pick(all, 'gateway')),
  async (all) => kill(all, 'an orders process', pick(all, 'orders')),
  async (all) => cut(all, 'inventory', 'nats'),
  async (all) => kill(all, 'nats-server', 'nats'),
  async (all) => cut(all, 'gateway', 'subgraph'),
  async (all) => pause(await leaderOf(all.topology), all),
  async (all) => kill(all, 'the database', 'mongo'),
  async (all) => cut(all, 'orders', 'mongo'),
  async (all) => cut(all, 'gateway', 'nats'),
  async (all) => kill(all, 'a connectors process', pick(all, 'connectors')),
  async (all) => cut(all, 'orders', 'nats'),
  async (all) => cut(all, 'inventory', 'mongo'),
];

/** Restarted after a while, as a supervisor does. */
function kill({ topology, random }: FaultSurroundings, what: string, name: string): Fault {
  const process = topology.process(name);
  return {
    name: `kill ${name}`,
    kind: `SIGKILL of ${what}`,
    holdMs: random() * HOLD_MS_MAX,
    inject: () => process.kill('SIGKILL'),
    heal: () => process.start(),
  };
}

function pause(name: string, { topology }: FaultSurroundings): Fault {
  const process = topology.process(name);
  return {
    name: `pause ${name}`,
    kind: 'a paused ledger leader',
    holdMs: PAUSE_MS,
    inject: () => process.pause(),
    heal: () => process.resume(),
  };
}

function cut(all: FaultSurroundings, role: string, to: 'nats' | 'mongo' | 'subgraph'): Fault {
  const { links, random } = all;
  const name = pick(all, role);
  const mode: CutMode = random() < 0.5 ? 'broken' : 'silent';
  const cutLinks = links.of(name, to, random);
  return {
    name: `cut ${name} from ${to} (${mode})`,
    kind: `network cut between ${role} and ${to}`,
    holdMs: 500 + random() * HOLD_MS_MAX,
    inject: () => cutLinks.forEach((link) => link.cut(mode)),
    heal: () => cutLinks.forEach((link) => link.heal()),
  };
}

function pick({ topology, random }: FaultSurroundings, role: string): string {
  const named = topology.processes.map(({ name }) => name).filter((name) => name.startsWith(`${role}-`));
  return named[Math.floor(random() * named.length)] as string;
}

/** The process that writes the ledger. */
export async function leaderOf(topology: Topology): Promise<string> {
  const names = topology.processes.map(({ name }) => name).filter((name) => name.startsWith('inventory-'));
  for (const name of names) if (await isLeader(topology.urlOf(name))) return name;
  return names[0] as string;
}

async function isLeader(url: string): Promise<boolean> {
  try {
    const metrics = await (await fetch(new URL('/metrics', url), { signal: AbortSignal.timeout(1_000) })).text();
    return /^writer_leads\{[^}]*\} 1$/m.test(metrics);
  } catch {
    return false;
  }
}
