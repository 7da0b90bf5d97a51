import { EventStreamUpstream } from './event-stream-upstream.ts';
import { SocketUpstream, type UpstreamOptions } from './socket-upstream.ts';
import { DEFAULT_UPSTREAM_LIMITS, type UpstreamLimits } from './upstream-limits.ts';
import type { LateSubscribers, Upstream } from './upstream.ts';

export interface ReachUpstreamOptions extends Omit<UpstreamOptions, 'limits' | 'propagated' | 'lateSubscribers'> {
  /** Names, in lower case, of the client's headers that the subgraph gets as well. Default: none. */
  readonly propagatedHeaders?: readonly string[] | undefined;
  /** What differs from `DEFAULT_UPSTREAM_LIMITS`. */
  readonly limits?: Partial<UpstreamLimits> | undefined;
  /** Default: `apart`, which is right for every subgraph. */
  readonly lateSubscribers?: LateSubscribers | undefined;
}

/**
 * By the scheme of `url`: graphql-transport-ws at `ws:` and `wss:`, server-sent events at `http:` and `https:`.
 */
export function reachUpstream(options: ReachUpstreamOptions): Upstream {
  const { propagatedHeaders: propagated = [], limits: given, lateSubscribers = 'apart', ...rest } = options;
  const known = { ...rest, propagated, lateSubscribers, limits: { ...DEFAULT_UPSTREAM_LIMITS, ...given } };
  return /^wss?:/.test(options.url) ? new SocketUpstream(known) : new EventStreamUpstream(known);
}

/** Where a subgraph at `url` is subscribed at unless its owner says otherwise: at the same place over WebSocket. */
export function socketUrlOf(url: string): string {
  return url.replace(/^http/, 'ws');
}
