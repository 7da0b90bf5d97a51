import type { Platform } from '../../../kernel/ports/platform.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

/** How often it is measured. */
const INTERVAL_MS = 10_000;

/** How old the stock of each channel is, in seconds: the age of what was heard longest ago of its watched locations. */
export function freshnessOf({ territory, feeds }: LedgerState, nowMs: number): ReadonlyMap<string, number> {
  const heard = feeds.toEntries();
  const found = new Map<string, number>();
  for (const channel of territory.channels.values()) {
    const network = territory.networkOf(channel);
    for (const { location, heardUntilMs } of heard) {
      if (!territory.includes(network, location)) continue;
      const seconds = Math.max(0, nowMs - heardUntilMs) / 1_000;
      found.set(channel.id, Math.max(found.get(channel.id) ?? 0, seconds));
    }
  }
  return found;
}

/** Tells it as a metric. @returns stops it */
export function measureFreshness(
  state: LedgerState,
  { clock, telemetry }: Pick<Platform, 'clock' | 'telemetry'>,
): () => void {
  let cancel = (): void => undefined;
  const measure = (): void => {
    for (const [channel, seconds] of freshnessOf(state, clock.nowMs())) {
      telemetry.gauge('channel_freshness_seconds', seconds, { channel });
    }
    cancel = clock.after(INTERVAL_MS, measure);
  };
  measure();
  return () => cancel();
}
