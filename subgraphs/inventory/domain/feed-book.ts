/** The system whose messages tell what happens at a location. Times are epoch milliseconds. */
export interface LocationFeed {
  /** Index. */
  readonly location: number;
  readonly system: string;
  /** It is stale when nothing was heard of the time since then. */
  readonly staleAfterMs: number;
  /** Everything up to this instant has been heard. */
  readonly heardUntilMs: number;
  /** Since when it is stale; null while it is fresh. */
  readonly staleSinceMs: number | null;
}

/** Which system feeds which location, and how far it has been heard. */
export class FeedBook {
  readonly #feeds = new Map<number, LocationFeed>();

  constructor(feeds: Iterable<LocationFeed> = []) {
    for (const feed of feeds) this.set(feed);
  }

  of(location: number): LocationFeed | undefined {
    return this.#feeds.get(location);
  }

  set(feed: LocationFeed): void {
    this.#feeds.set(feed.location, feed);
  }

  delete(location: number): void {
    this.#feeds.delete(location);
  }

  /** When the next fresh feed becomes stale if nothing more is heard, or undefined. */
  nextStaleMs(): number | undefined {
    let next: number | undefined;
    for (const feed of this.#feeds.values()) {
      if (feed.staleSinceMs === null) next = Math.min(next ?? Infinity, staleAtMs(feed));
    }
    return next;
  }

  /** Fresh feeds whose time is up. */
  due(nowMs: number): readonly LocationFeed[] {
    return [...this.#feeds.values()].filter((feed) => feed.staleSinceMs === null && staleAtMs(feed) <= nowMs);
  }

  toEntries(): readonly LocationFeed[] {
    return [...this.#feeds.values()];
  }
}

export const staleAtMs = ({ heardUntilMs, staleAfterMs }: LocationFeed): number => heardUntilMs + staleAfterMs;
