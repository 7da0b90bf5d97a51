import '../scripts/require-node.cjs';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { runDistributedSoak, type Recovery } from './faults/distributed-soak.ts';
import type { PlantedLiveFault } from './harness/plant-live-fault.ts';
import { runStockKills } from './harness/stock-kills.ts';
import { runSubscriptionSoak } from './harness/subscription-soak.ts';

const USAGE = `Usage: npm run soak [-- --kills 50 --seed N]
       npm run soak -- subscriptions [--minutes 10 --clients 2000 --seed N --fault drop-change|tell-twice|tell-late]
       npm run soak -- distributed [--faults 100 --seed N --log FILE]

Kills a hub with SIGKILL while clients reserve and move stock through its public API, and checks what it had answered; or
lets thousands of clients follow stock over real sockets that break and stall, and checks what they make of it; or
runs the hub as several processes over NATS and MongoDB, whose processes are killed and paused and whose networks are cut.
With a fault planted it has to fail.`;

async function soak(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: '50' },
      minutes: { type: 'string', default: '10' },
      clients: { type: 'string', default: '2000' },
      seed: { type: 'string' },
      fault: { type: 'string' },
      faults: { type: 'string', default: '100' },
      log: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (positionals[0] === 'subscriptions' && !values.help) return soakSubscriptions(values);
  if (positionals[0] === 'distributed' && !values.help) return soakDistributed(values);
  const rounds = Number(values.kills);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (values.help || !Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const result = await runStockKills({
    rounds,
    seed,
    onKill: (round) => {
      if (round % 10 === 0) console.error(`${round} of ${rounds} kills`);
    },
  });
  const { faults, ...counts } = result;
  for (const fault of faults) console.log(fault);
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  const verdict = faults.length === 0 ? 'sound' : `${faults.length} FAULTS`;
  console.log(`${verdict}: ${told.join(', ')} (npm run soak -- --kills ${rounds} --seed ${seed})`);
  if (faults.length > 0) process.exitCode = 1;
}

async function soakDistributed(given: { faults: string; seed?: string; log?: string }): Promise<void> {
  const [count = 0, seed = 0] = [given.faults, given.seed ?? Date.now() % 1_000_000].map(Number);
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
    console.log(USAGE);
    process.exitCode = 2;
    return;
  }
  const tell = (line: string) => console.error(line);
  const log = given.log === undefined ? undefined : createWriteStream(given.log);
  const onLine = (name: string, line: string) => log?.write(`${name} ${line}\n`);
  const { faults, recoveries, servers, ...counts } = await runDistributedSoak({ faults: count, seed, tell, onLine });
  for (const fault of faults.slice(0, 20)) console.log(fault);
  console.log(`over ${servers}`);
  for (const line of describeRecoveries(recoveries)) console.log(line);
  const told = Object.entries(counts).map(([what, number]) => `${number} ${what}`);
  const verdict = faults.length === 0 ? 'sound' : `${faults.length} FAULTS`;
  console.log(`${verdict}: ${told.join(', ')} (npm run soak -- distributed --faults ${count} --seed ${seed})`);
  if (faults.length > 0) process.exitCode = 1;
}

/** By kind, from the fault to the answer of a reservation that was asked for after it. */
function describeRecoveries(recoveries: readonly Recovery[]): readonly string[] {
  const byKind = Map.groupBy(recoveries, ({ kind }) => kind);
  return [...byKind].map(([kind, all]) => {
    const times = all.map(({ firstAnswerMs }) => firstAnswerMs).sort((a, b) => a - b);
    const median = times[Math.floor((times.length - 1) / 2)];
    return `${kind}: ${times.length} times, first answer after ${median} ms (median), ${times.at(-1)} ms (longest)`;
  });
}

const LIVE_FAULTS: readonly (PlantedLiveFault | undefined)[] = [undefined, 'drop-change', 'tell-twice', 'tell-late'];

async function soakSubscriptions(given: {
  minutes: string;
  clients: string;
  seed?: string;
  fault?: string;
}): Promise<void> {
  const [minutes, clients, seed] = [given.minutes, given.clients, given.seed ?? Date.now() % 1_000_000].map(Number);
  const fault = given.fault as PlantedLiveFault | undefined;
  if (!(Number(minutes) > 0) || !(Number(clients) > 0) || !Number.isInteger(seed) || !LIVE_FAULTS.includes(fault)) {
    console.log(USAGE);
    process.exitCode = 2;
    return;
  }
  const settings = { minutes: Number(minutes), clients: Number(clients), seed: Number(seed) };
  const { faults, heapMb, ...counts } = await runSubscriptionSoak({
    ...settings,
    ...(fault && { fault }),
    onRest: ({ heapMb: heap, frames }) => console.error(`${frames} frames, heap ${heap} MB`),
  });
  for (const fault of faults.slice(0, 20)) console.log(fault);
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  const command = `npm run soak -- subscriptions --minutes ${minutes} --clients ${clients} --seed ${seed}`;
  console.log(`${faults.length === 0 ? 'sound' : `${faults.length} FAULTS`}: ${told.join(', ')} (${command})`);
  console.log(`heap after garbage collection, MB: ${heapMb.join(' ')}`);
  if (faults.length > 0) process.exitCode = 1;
}

soak().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
