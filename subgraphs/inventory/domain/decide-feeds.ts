import { refuse } from '../../../kernel/model/errors.ts';
import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import { hearFeed } from './hear-feed.ts';
import type { CommandOf, FeedSettings } from './ledger-command.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

const STALE_AFTER_MS_MIN = 1_000;
const STALE_AFTER_MS_MAX = 30 * 86_400_000;

/** Says which system feeds a location, or that none does. Idempotent. A new feed counts as heard up to now. */
export function decideSetFeed(
  state: LedgerState,
  { location: id, feed: asked }: FeedSettings,
  { nowMs }: DecisionMoment,
): Decision<'set-location-feed'> {
  const location = state.locations.get(id);
  if (!location) return refuse('UNKNOWN_LOCATION', `No location ${id} is registered.`, { location: id });
  const known = state.feeds.of(location.index);
  if (asked && !(asked.staleAfterMs >= STALE_AFTER_MS_MIN && asked.staleAfterMs <= STALE_AFTER_MS_MAX)) {
    const bounds = { field: 'staleAfterMs', min: STALE_AFTER_MS_MIN, max: STALE_AFTER_MS_MAX };
    return refuse('BAD_USER_INPUT', `staleAfterMs must be ${STALE_AFTER_MS_MIN} to ${STALE_AFTER_MS_MAX}.`, bounds);
  }
  const isSame = known?.system === asked?.system && known?.staleAfterMs === asked?.staleAfterMs;
  if (isSame) return { events: [], answer: NOTHING };
  const wasStale = known !== undefined && known.staleSinceMs !== null;
  const events: LedgerEvent[] = wasStale ? [{ type: 'feed-became-fresh', location: id, atMs: nowMs }] : [];
  return {
    events: [...events, { type: 'location-feed-set', location: id, atMs: nowMs, feed: asked }],
    answer: NOTHING,
  };
}

/** A sign of life of a feed; one of a system that does not feed the location says nothing. */
export function decideHearFeed(
  state: LedgerState,
  { location: id, system, occurredAtMs }: CommandOf<'hear-feed'>,
  { nowMs }: DecisionMoment,
): Decision<'hear-feed'> {
  const location = state.locations.get(id);
  if (!location) return { events: [], answer: NOTHING };
  return { events: hearFeed(state, { location: location.index, system, occurredAtMs }, nowMs), answer: NOTHING };
}

/** What time has made stale. */
export function decideMarkStaleFeeds(state: LedgerState, { nowMs }: DecisionMoment): Decision<'mark-stale-feeds'> {
  const events = state.feeds.due(nowMs).map(({ location }): LedgerEvent => {
    return { type: 'feed-became-stale', location: state.locationIds.textOf(location), atMs: nowMs };
  });
  return { events, answer: { stale: events.length } };
}
