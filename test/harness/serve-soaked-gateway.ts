import { readFileSync } from 'node:fs';
import { createSeededRandom } from '../../connectors/simulators/runtime/seeded-random.ts';
import { ANONYMOUS } from '../../gateway/auth/authenticator.ts';
import { createGateway } from '../../gateway/main.ts';
import { createSubscriptions } from '../../gateway/subscriptions/create-subscriptions.ts';
import { FakeOwner } from '../../gateway/subscriptions/testing/fake-owner.ts';
import { EmbeddedChangeFeed } from '../../kernel/adapters/embedded/embedded-change-feed.ts';
import { EMBEDDED_LIMITS } from '../../kernel/adapters/embedded/embedded-limits.ts';
import { EmbeddedRpc } from '../../kernel/adapters/embedded/embedded-rpc.ts';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';

/* Runs a gateway whose stock never rests alone in this process, and answers its parent's questions. */

export interface SoakedGatewayOptions {
  readonly seed: number;
  readonly skus: number;
  readonly changesPerSecond: number;
}

/** What the parent may say. */
export type SoakOrder = 'go' | 'rest' | 'measure';

/** What it is answered. */
export type SoakReport =
  | { readonly kind: 'listening'; readonly url: string }
  /** Resting; what every SKU stands at, by key, and the last change. */
  | { readonly kind: 'resting'; readonly seq: number; readonly available: Readonly<Record<string, string>> }
  | { readonly kind: 'measured'; readonly heapBytes: number; readonly asked: number };

const RECORDS_PER_CHANGE = 4;
/** So few that clients who stay away long enough are given a snapshot. */
const RETAINED_CHANGES = 300;
const HEARTBEAT_MS = 500;

const { seed, skus, changesPerSecond } = JSON.parse(process.argv[2] ?? '{}') as SoakedGatewayOptions;
const random = createSeededRandom(seed);
const clock = new SystemClock();
const wires = {
  changeFeed: new EmbeddedChangeFeed(silentTelemetry, EMBEDDED_LIMITS),
  rpc: new EmbeddedRpc(clock, EMBEDDED_LIMITS),
};
const owner = new FakeOwner(
  { context: 'inventory', event: 'availability-changed', keyFields: ['sku', 'channel'] },
  wires,
);
let asked = 0;
const stock = (index: number) => ({
  sku: `SKU-${index}`,
  channel: 'WEB',
  categories: [],
  available: String(Math.floor(random() * 1_000)),
  band: 'OK',
});

function change(): void {
  const at = new Set(Array.from({ length: RECORDS_PER_CHANGE }, () => Math.floor(random() * skus)));
  // Some are lost on the way and have to be noticed.
  owner.change([...at].map(stock), { isLost: random() < 0.002 });
  owner.forgetBut(RETAINED_CHANGES);
  asked += owner.asked.splice(0).length;
}

async function serve(): Promise<void> {
  const supergraphSdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
  const limits = { unreadBytesMax: 2_000, stalledMsMax: 3_000, ringMessagesMax: 100 };
  const budget = { requestsPerWindowMax: 1e9, costPerWindowMax: 1e12, subscriptionsPerWindowMax: 1e9 };
  const gateway = createGateway({
    supergraphSdl,
    clients: [],
    authenticator: { authenticate: async () => ANONYMOUS },
    clock,
    ids: new UuidV7Ids(),
    telemetry: silentTelemetry,
    clientLimits: budget,
    createSubscriptions: (host) =>
      createSubscriptions({
        host,
        supergraphSdl,
        clients: [],
        ...wires,
        limits: { ...limits, subscriptionsPerClientMax: 1e6 },
      }),
  });
  for (let index = 0; index < skus; index++) owner.change([stock(index)]);
  setInterval(() => owner.heartbeat(), HEARTBEAT_MS);
  let going: NodeJS.Timeout | undefined;
  process.on('message', (order: SoakOrder) => {
    if (order === 'go') going = setInterval(change, 1_000 / changesPerSecond);
    else if (order === 'rest') {
      clearInterval(going);
      const available = Object.fromEntries(
        [...owner.state({})].map(([key, { value }]) => [key, String(value['available'])]),
      );
      report({ kind: 'resting', seq: owner.seq, available });
    } else {
      globalThis.gc?.();
      globalThis.gc?.();
      report({ kind: 'measured', heapBytes: process.memoryUsage().heapUsed, asked });
    }
  });
  process.on('disconnect', () => process.exit());
  report({ kind: 'listening', url: await gateway.listen(0) });
}

function report(told: SoakReport): void {
  process.send?.(told);
}

await serve();
