import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Handlers } from '../measure/measured-process.ts';

/** The longest turns of the event loop while a server was watched. */
export interface LongestTurn {
  /** CPU time of the thread: what the server itself did. */
  readonly cpuMs: number;
  /** With whatever else the machine ran meanwhile. */
  readonly elapsedMs: number;
  /** The longest that Node's own histogram of the delay of the event loop has. */
  readonly delayMs: number;
}

const MICROS_PER_MILLI = 1_000;
const NANOS_PER_MILLI = 1_000_000;
const DELAY_RESOLUTION_MS = 1;
const NONE: LongestTurn = { cpuMs: 0, elapsedMs: 0, delayMs: 0 };
const watch = { isOn: false, longest: Promise.resolve(NONE) };

/** What every server in Node can be asked. */
export const SERVER_HANDLERS: Handlers = {
  /**
   * Resident bytes, where the process was started with --expose-gc after all that is free was given back: what was only
   * in use on the way is no part of what is kept.
   */
  resident: () => {
    for (let round = 0; round < 2; round++)
      globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
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
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  let before = readTimes();
  while (watch.isOn) {
    await nextTurn();
    const now = readTimes();
    cpuMs = Math.max(cpuMs, now.cpuMs - before.cpuMs);
    elapsedMs = Math.max(elapsedMs, now.elapsedMs - before.elapsedMs);
    before = now;
  }
  delay.disable();
  return { cpuMs, elapsedMs, delayMs: delay.max / NANOS_PER_MILLI };
}

function readTimes(): Omit<LongestTurn, 'delayMs'> {
  const { user, system } = process.threadCpuUsage();
  return { cpuMs: (user + system) / MICROS_PER_MILLI, elapsedMs: performance.now() };
}
