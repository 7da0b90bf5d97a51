import { repeatTask } from '../../../kernel/engine/repeat-task.ts';
import type { OrdersServices } from './orders-services.ts';

/**
 * Tells people of facts whose order has not come for long: an order that a platform changes or calls off, and that nobody
 * has placed, is no longer only late.
 * @returns stops it
 */
export function tellUnmetFacts(
  services: Pick<OrdersServices, 'parked' | 'clock' | 'telemetry' | 'limits'>,
): () => Promise<void> {
  return repeatTask({
    platform: services,
    pauseMs: services.limits.unmetPollMs,
    failed: 'facts without their order could not be told',
    run: () => services.parked.tellUnmet(),
  });
}
