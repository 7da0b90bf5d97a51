/** What one subgraph over HTTP may cost the gateway, by name. */
export interface SubgraphLimits {
  /** Sockets to the subgraph. */
  readonly connectionsMax: number;
  /** Fetches under way or waiting for a socket; the next one is turned away. */
  readonly fetchesMax: number;
  /** How long one attempt may wait for the answer to begin, and for each further part of it. */
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How long an unused socket is kept. Below what servers commonly keep it, so that it is ours to close. */
  readonly keepAliveMs: number;
  /** The largest answer that is read. */
  readonly responseBytesMax: number;
  /** How often a query is sent that found nobody to answer it. A mutation is sent once. */
  readonly queryAttemptsMax: number;
  /** The first wait before another attempt; it doubles, with jitter, up to `retryDelayMsMax`. */
  readonly retryDelayMs: number;
  readonly retryDelayMsMax: number;
  /** Failures one after the other that cut the subgraph off. */
  readonly breakerFailures: number;
  /** How long it stays cut off before one fetch may try again. */
  readonly breakerOpenMs: number;
}

export const DEFAULT_SUBGRAPH_LIMITS: SubgraphLimits = {
  connectionsMax: 64,
  fetchesMax: 2_048,
  timeoutMs: 5_000,
  connectTimeoutMs: 1_000,
  keepAliveMs: 4_000,
  responseBytesMax: 16_777_216,
  queryAttemptsMax: 3,
  retryDelayMs: 10,
  retryDelayMsMax: 250,
  breakerFailures: 20,
  breakerOpenMs: 1_000,
};
