/** A request and what it was answered, before any fault altered the answer. */
export interface ObservedExchange {
  /** Method and pattern, as `countOf` names it; absent for a path that is not served. */
  readonly route?: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body as received; empty when it was too large to be read. */
  readonly text: string;
  readonly status: number;
  readonly answer: unknown;
}

/** Sees all that a simulator says and is told, so that tests can hold it against the vendor's word. */
export interface SimulatorObserver {
  exchanged(exchange: ObservedExchange): void;
  /** A webhook, once for all its copies and attempts, before any fault altered it. */
  sent(payload: unknown): void;
}
