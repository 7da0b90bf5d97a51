import { staleAtMs } from './feed-book.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** How often, within the time after which a feed is stale, it is noted that it was heard: a busy feed must not fill the log. */
const NOTES_PER_STALE_TIME = 20;

/**
 * What it means for the feed of a location that a system has told something of it. How far a feed is known goes by when
 * things happened, not by when they arrived, so a backlog makes nothing fresh before its end. It does so in steps of a
 * twentieth of the time after which the feed is stale.
 */
export function hearFeed(
  state: Pick<LedgerState, 'feeds' | 'locationIds'>,
  heard: { readonly location: number; readonly system: string; readonly occurredAtMs: number },
  nowMs: number,
): readonly LedgerEvent[] {
  const feed = state.feeds.of(heard.location);
  if (feed?.system !== heard.system) return [];
  const untilMs = Math.min(heard.occurredAtMs, nowMs);
  const stepMs = feed.staleSinceMs === null ? Math.ceil(feed.staleAfterMs / NOTES_PER_STALE_TIME) : 1;
  if (untilMs - feed.heardUntilMs < stepMs) return [];
  const location = state.locationIds.textOf(heard.location);
  const noted: LedgerEvent = { type: 'feed-heard', location, untilMs };
  const isFresh = feed.staleSinceMs !== null && staleAtMs({ ...feed, heardUntilMs: untilMs }) > nowMs;
  return isFresh ? [noted, { type: 'feed-became-fresh', location, atMs: nowMs }] : [noted];
}
