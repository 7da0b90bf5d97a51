import type { Benchmark } from '../benchmark.ts';
import { measureIntake } from './intake.ts';
import { measureThrottled } from './throttled-erp.ts';

/** What stands between the hub and other systems: what comes in, a backlog that is worked off, an ERP that throttles. */
export const integration: Benchmark = {
  name: 'integration',
  run: async (options) => [await measureIntake(options), await measureThrottled(options)].join('\n\n'),
};
