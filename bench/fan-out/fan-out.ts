import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { count } from '../measure/report.ts';
import { measureConnectionMemory } from './connection-memory.ts';
import { measureIdentical } from './identical.ts';
import { measureLoopTurns } from './loop-turns.ts';
import { socketsMax } from './open-files.ts';
import { measurePersonalised } from './personalised.ts';
import { measureResumeStorm } from './resume-storm.ts';

const CLIENTS_MAX = 10_000;

type Part = (options: BenchmarkOptions, clientsMax: number) => Promise<string>;

const PARTS: readonly Part[] = [
  measureIdentical,
  measurePersonalised,
  measureLoopTurns,
  measureResumeStorm,
  measureConnectionMemory,
];

/** Changes of availability to many clients over real sockets, against plain GraphQL servers and the limits. */
export const fanOut: Benchmark = {
  name: 'fan-out',
  run: async (options) => {
    const clientsMax = Math.min(CLIENTS_MAX, socketsMax());
    const tables: string[] = [];
    if (clientsMax < CLIENTS_MAX) {
      tables.push(
        `This machine allows a process ${count(clientsMax)} sockets (ulimit -n); what needs more is left out.`,
      );
    }
    for (const part of PARTS) tables.push(await part(options, clientsMax));
    return tables.join('\n\n');
  },
};
