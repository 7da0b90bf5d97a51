/** What the subscriptions at one subgraph may cost the gateway, by name. */
export interface UpstreamLimits {
  /** Connections to the subgraph: one for callers whom it cannot tell apart; for server-sent events one for each subscription. */
  readonly connectionsMax: number;
  /** Different subscriptions at the subgraph. */
  readonly subscriptionsMax: number;
  /** How long a connection may take until the subgraph has accepted it. */
  readonly connectTimeoutMs: number;
  /** How often an idle socket is pinged; one that has not answered by the next time is given up. */
  readonly keepAliveMs: number;
  /** The largest event that is read. */
  readonly eventBytesMax: number;
  /** Events of one subscription that wait to be completed from other subgraphs; beyond it the subscription ends. */
  readonly waitingEventsMax: number;
  /** Events that wait for one slow client; beyond it the client is sent away to come again. */
  readonly unsentEventsMax: number;
}

export const DEFAULT_UPSTREAM_LIMITS: UpstreamLimits = {
  connectionsMax: 1_000,
  subscriptionsMax: 10_000,
  connectTimeoutMs: 5_000,
  keepAliveMs: 12_000,
  eventBytesMax: 1_048_576,
  waitingEventsMax: 1_000,
  unsentEventsMax: 100,
};
