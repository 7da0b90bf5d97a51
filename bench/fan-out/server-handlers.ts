import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Handlers } from '../measure/measured-process.ts';

/** The longest turns of the event loop while a server was watched. */
export interface LongestTurn {
  /** CPU time of the thread: what the server itself did. */
  readonly cpuMs: number;
  /** With whatever else the machine ran meanwhile. */
  readonly elapsedMs: number;
}

const MICROS_PER_MILLI = 1_000;
const watch = { isOn: false, longest: Promise.resolve<LongestTurn>({ cpuMs: 0, elapsedMs: 0 }) };

/** What every server in Node can be asked. */
export const SERVER_HANDLERS: Handlers = {
  /** Resident bytes after a collection, where the process was started with --expose-gc. */
  resident: () => {
    globalThis.gc?.();
    return process.memoryUsage.rss();
  },
  watch: () => {
    watch.isOn = true;
    watch.longest = watchTurns();
  },
  unwatch: () => {
    watch.isOn = false;
    return watch.longest;
  },
};

/** Comes by once in each turn; that keeps the loop turning, so it costs a core while it watches. */
async function watchTurns(): Promise<LongestTurn> {
  let cpuMs = 0;
  let elapsedMs = 0;
  let before = readTimes();
  while (watch.isOn) {
    await nextTurn();
    const now = readTimes();
    cpuMs = Math.max(cpuMs, now.cpuMs - before.cpuMs);
    elapsedMs = Math.max(elapsedMs, now.elapsedMs - before.elapsedMs);
    before = now;
  }
  return { cpuMs, elapsedMs };
}

function readTimes(): LongestTurn {
  const { user, system } = process.threadCpuUsage();
  return { cpuMs: (user + system) / MICROS_PER_MILLI, elapsedMs: performance.now() };
}
