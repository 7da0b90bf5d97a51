/** One request as the simulator saw it. `status` is 0 when the connection was cut. */
export interface LoggedRequest {
  /** Method and path pattern, such as `GET /v2/locations/:location_id`; `UNKNOWN` for a path that no route has. */
  readonly route: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly status: number;
}

const LOGGED_MAX = 10_000;

/** Counts every request; keeps the newest 10,000 for reading. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #counts = new Map<string, number>();

  add(entry: LoggedRequest): void {
    this.#counts.set(entry.route, this.countOf(entry.route) + 1);
    this.#entries.push(entry);
    if (this.#entries.length > 2 * LOGGED_MAX) this.#entries = this.#entries.slice(-LOGGED_MAX);
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-LOGGED_MAX);
  }

  countOf(route: string): number {
    return this.#counts.get(route) ?? 0;
  }

  reset(): void {
    this.#entries = [];
    this.#counts = new Map();
  }
}
