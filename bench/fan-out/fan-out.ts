import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { count } from '../measure/report.ts';
import { measureCommitToClient } from './commit-to-client.ts';
import { measureConnectionMemory } from './connection-memory.ts';
import { measureIdentical } from './identical.ts';
import { measureLoopTurns } from './loop-turns.ts';
import { socketsMax } from './open-files.ts';
import { measurePersonalised } from './personalised.ts';
import { measureResumeStorm } from './resume-storm.ts';

const CLIENTS_MAX = 10_000;
const QUICK_CLIENTS_MAX = 1_000;

type Part = (options: BenchmarkOptions, clientsMax: number) => Promise<string>;

const PARTS: readonly Part[] = [
  measureIdentical,
  measurePersonalised,
  measureCommitToClient,
  measureLoopTurns,
  measureResumeStorm,
  measureConnectionMemory,
];

/** Changes of availability to many clients over real sockets, against plain GraphQL servers and the limits. */
export const fanOut: Benchmark = {
  name: 'fan-out',
  run: async (options) => {
    const sockets = socketsMax();
    const clientsMax = Math.min(options.isQuick ? QUICK_CLIENTS_MAX : CLIENTS_MAX, sockets);
    const tables: string[] = [];
    if (sockets < CLIENTS_MAX) {
      tables.push(`This machine allows a process ${count(sockets)} sockets (ulimit -n); what needs more is left out.`);
    }
    for (const part of PARTS) {
      try {
        tables.push(await part(options, clientsMax));
      } catch (error) {
        // The others are worth their time all the same.
        tables.push(`${part.name} failed: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
    return tables.join('\n\n');
  },
};
