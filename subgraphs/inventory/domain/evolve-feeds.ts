import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { skusConcerned } from './skus-concerned.ts';

export function evolveFeedSet(state: LedgerState, event: LedgerEventOf<'location-feed-set'>): void {
  const { feed, atMs } = event;
  const location = state.locationIds.intern(event.location);
  if (feed === null) state.feeds.delete(location);
  else state.feeds.set({ ...feed, location, heardUntilMs: atMs, staleSinceMs: null });
}

export function evolveFeedHeard(state: LedgerState, event: LedgerEventOf<'feed-heard'>): void {
  const feed = state.feeds.of(state.locationIds.intern(event.location));
  if (feed) state.feeds.set({ ...feed, heardUntilMs: Math.max(feed.heardUntilMs, event.untilMs) });
}

/** Without a buffer for stale feeds nobody's availability depends on it. */
export function evolveFeedFreshness(
  state: LedgerState,
  event: LedgerEventOf<'feed-became-stale' | 'feed-became-fresh'>,
  seq: number,
): void {
  const location = state.locationIds.intern(event.location);
  if (state.rules.has('STALE_BUFFER')) {
    state.observer?.settingsChange(() => skusConcerned(state, [{ location: event.location }]));
    state.territory.touchChannels(seq);
  }
  const isStale = event.type === 'feed-became-stale';
  if (isStale) state.staleLocations.add(location);
  else state.staleLocations.delete(location);
  if (state.rules.has('STALE_BUFFER')) state.nodeSums.forgetAll();
  const feed = state.feeds.of(location);
  if (feed) state.feeds.set({ ...feed, staleSinceMs: isStale ? (event.atMs ?? 0) : null });
}
