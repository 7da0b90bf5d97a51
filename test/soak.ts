import '../scripts/require-node.cjs';
import { parseArgs } from 'node:util';
import { runStockKills } from './harness/stock-kills.ts';

const USAGE = `Usage: npm run soak [-- --kills 50 --seed N]

Kills a hub with SIGKILL while clients reserve and move stock through its public API, and checks what it had answered.`;

async function soak(): Promise<void> {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '50' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
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

soak().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
