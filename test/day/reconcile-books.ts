import { reconcile } from '../harness/reconcile.ts';
import type { DayClients } from './day-clients.ts';
import { DAY_SYSTEMS } from './open-day-world.ts';

/** Has the hub ask each system what lies where, and compare it. @returns what could not be compared */
export async function reconcileBooks({ operator }: DayClients): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const system of Object.values(DAY_SYSTEMS)) {
    const run = await reconcile(operator, system);
    if (run.status !== 'DONE') faults.push(`${system} could not be compared: ${run.failure}`);
    if (run.counts.notComparable > 0) faults.push(`${run.counts.notComparable} of ${system} could not be compared`);
  }
  return faults;
}
