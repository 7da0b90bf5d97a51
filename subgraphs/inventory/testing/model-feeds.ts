interface ModelFeed {
  heardUntilMs: number;
  readonly staleAfterMs: number;
  isStale: boolean;
}

/** Of the time after which a feed is stale, the part that is not noted each time it is heard. */
const NOTES = 20;

/** Until when each location is known, as told by the one system of the model. */
export class ModelFeeds {
  readonly #feeds = new Map<string, ModelFeed>();

  /** @param staleAfterMs undefined: nobody feeds the location */
  set(location: string, staleAfterMs: number | undefined, nowMs: number): void {
    if (staleAfterMs === undefined) this.#feeds.delete(location);
    else if (this.#feeds.get(location)?.staleAfterMs !== staleAfterMs)
      this.#feeds.set(location, { heardUntilMs: nowMs, staleAfterMs, isStale: false });
  }

  hear(location: string, occurredAtMs: number, nowMs: number): void {
    const feed = this.#feeds.get(location);
    if (!feed) return;
    const untilMs = Math.min(occurredAtMs, nowMs);
    const worthNotingMs = feed.isStale ? 1 : Math.ceil(feed.staleAfterMs / NOTES);
    if (untilMs < feed.heardUntilMs + worthNotingMs) return;
    feed.heardUntilMs = untilMs;
    if (untilMs + feed.staleAfterMs > nowMs) feed.isStale = false;
  }

  markStale(nowMs: number): void {
    for (const feed of this.#feeds.values()) if (feed.heardUntilMs + feed.staleAfterMs <= nowMs) feed.isStale = true;
  }

  isStale(location: string): boolean {
    return this.#feeds.get(location)?.isStale === true;
  }
}
