import { setTimeout as sleep } from 'node:timers/promises';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';

/** How long a process that starts waits for a server that may be starting as well. */
const WAIT_MS_MAX = 60_000;
const REST_MS = 500;

/**
 * Connects, again and again while the server is away: machines and containers start in any order.
 * @throws what connecting threw last, after WAIT_MS_MAX; at once when it is no obstacle
 */
export async function awaitServer<Connected>(
  connect: () => Promise<Connected>,
  { telemetry, name }: { readonly telemetry: Telemetry; readonly name: string },
): Promise<Connected> {
  const sinceMs = performance.now();
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof Obstacle) || performance.now() - sinceMs > WAIT_MS_MAX) throw error;
      telemetry.log('warn', 'a server cannot be reached yet', { name, error: error.message });
    }
    await sleep(REST_MS);
  }
}
