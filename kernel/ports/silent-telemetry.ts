import type { Telemetry } from './telemetry.ts';

/** Tells nothing to anybody: for tools and tests that have no use for telemetry. */
export const silentTelemetry: Telemetry = {
  log: () => undefined,
  count: () => undefined,
  gauge: () => undefined,
  observe: () => undefined,
};
