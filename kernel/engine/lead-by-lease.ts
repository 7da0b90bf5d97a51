import type { Clock } from '../ports/clock.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import type { Telemetry } from '../ports/telemetry.ts';

export interface LeadByLeaseOptions {
  readonly name: string;
  readonly platform: {
    readonly lease: Lease;
    readonly clock: Clock;
    readonly telemetry: Telemetry;
  };
  /**
   * Does the work for as long as this process leads; resolves when the work has begun. What it resolves to ends the work and
   * waits for what is under way.
   */
  lead(): Promise<() => void | Promise<void>>;
}

/** The rest after work that could not begin. */
const RETRY_MS = 1_000;

/**
 * Has one process at a time do something. Two may do it for a moment, when one hangs and does not know that it was
 * deposed, so the work itself must bear that. @returns stops it
 */
export function leadByLease(options: LeadByLeaseOptions): () => Promise<void> {
  const stopping = new AbortController();
  const running = campaign(options, stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}

async function campaign(options: LeadByLeaseOptions, signal: AbortSignal): Promise<void> {
  const { name, platform } = options;
  while (!signal.aborted) {
    try {
      await leadAs(await platform.lease.acquire(name, signal), options, signal);
    } catch (error) {
      if (signal.aborted) return;
      platform.telemetry.log('warn', 'work that one process leads was interrupted', { name, error: String(error) });
      await wait(platform.clock, RETRY_MS, signal);
    }
  }
}

async function leadAs(held: HeldLease, options: LeadByLeaseOptions, signal: AbortSignal): Promise<void> {
  const { name, platform } = options;
  platform.telemetry.gauge('lease_held', 1, { name });
  try {
    const stop = await options.lead();
    await whenAborted(AbortSignal.any([held.lost, signal]));
    await stop();
  } finally {
    platform.telemetry.gauge('lease_held', 0, { name });
    await held.release();
  }
}

export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(delayMs, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
