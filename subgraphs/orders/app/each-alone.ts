import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';

export interface Look {
  readonly signal: AbortSignal;
  readonly telemetry: Telemetry;
  /** What the log says of one that fails. */
  readonly failed: string;
}

/**
 * Does something for each of what is due, one after the other. One that fails for reasons of its own keeps no other back;
 * it is told of, and comes again with the next look.
 * @throws {Obstacle} what is in the way of all
 */
export async function eachAlone<Item extends { readonly id: string }>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
  { signal, telemetry, failed }: Look,
): Promise<void> {
  for (const item of items) {
    if (signal.aborted) return;
    try {
      await act(item);
    } catch (error) {
      if (error instanceof Obstacle) throw error;
      telemetry.count('orders_due_failures_total');
      telemetry.log('error', failed, { id: item.id, error: String(error) });
    }
  }
}
