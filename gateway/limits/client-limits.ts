/** What one client may ask for over time. A client is who a token names, or an address without one. */
export interface ClientLimits {
  /** The time over which the following are counted; they come back evenly over it. */
  readonly windowMs: number;
  /** Requests in a window, subscriptions included. Infinity: any number. */
  readonly requestsPerWindowMax: number;
  /** Subscriptions that are begun in a window, those of clients that come again included. Infinity: any number. */
  readonly subscriptionStartsPerWindowMax: number;
  /** Estimated cost of all operations in a window. Infinity: any. */
  readonly costPerWindowMax: number;
  /** Clients that are counted at a time; the one heard of longest ago begins anew. */
  readonly clientsMax: number;
}

export const DEFAULT_CLIENT_LIMITS: ClientLimits = {
  windowMs: 60_000,
  requestsPerWindowMax: Infinity,
  subscriptionStartsPerWindowMax: Infinity,
  costPerWindowMax: Infinity,
  clientsMax: 10_000,
};

/** Other bounds for some clients, by the `client_id` of their tokens. */
export type ClientOverrides = Readonly<
  Record<
    string,
    Partial<Pick<ClientLimits, 'requestsPerWindowMax' | 'subscriptionStartsPerWindowMax' | 'costPerWindowMax'>>
  >
>;
