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
  /** Tokens from one address that are not valid here, in a window. Infinity: any number. */
  readonly tokenFailuresPerWindowMax: number;
  /** Clients that are counted at a time; the one heard of longest ago begins anew. */
  readonly clientsMax: number;
}

export const DEFAULT_CLIENT_LIMITS: ClientLimits = {
  windowMs: 60_000,
  requestsPerWindowMax: Infinity,
  subscriptionStartsPerWindowMax: Infinity,
  costPerWindowMax: Infinity,
  tokenFailuresPerWindowMax: 600,
  clientsMax: 10_000,
};

/** Other bounds for some clients, by the `client_id` of their tokens. */
export type ClientOverrides = Readonly<
  Record<
    string,
    Partial<Pick<ClientLimits, 'requestsPerWindowMax' | 'subscriptionStartsPerWindowMax' | 'costPerWindowMax'>>
  >
>;
