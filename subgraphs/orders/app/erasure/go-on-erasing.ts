import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import { eachAlone } from '../each-alone.ts';
import type { OrdersServices } from '../orders-services.ts';
import { runErasure } from './run-erasure.ts';

/**
 * Goes on with erasures that are not complete: orders that were under way may have ended, a process may have died in the
 * middle, and somebody who was away may be back.
 * @returns stops it
 */
export function goOnErasing(services: OrdersServices): () => Promise<void> {
  const { erasures, clock, ids, telemetry, limits } = services;
  const failed = 'personal data could not be erased';
  return repeatTask({
    platform: { clock, telemetry },
    pauseMs: limits.erasurePollMs,
    failed,
    run: async (signal) => {
      const open = await erasures.open();
      const act = async (erasure: (typeof open)[number]): Promise<void> => {
        await runErasure(services, erasure, { correlationId: ids.next() });
      };
      await eachAlone(open, act, { signal, telemetry, failed });
    },
  });
}
