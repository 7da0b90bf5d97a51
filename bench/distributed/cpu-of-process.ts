import { readFileSync } from 'node:fs';

/** What the kernel counts CPU time in, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const USER_FIELD = 11;

/** CPU time, user and system, of all threads of a process since it began, in microseconds. Linux alone. */
export function cpuUsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program may hold spaces; it ends with the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[USER_FIELD]) + Number(fields[USER_FIELD + 1]);
  return (ticks * 1_000_000) / TICKS_PER_SECOND;
}
