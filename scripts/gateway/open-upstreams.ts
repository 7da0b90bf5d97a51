import type { EdgeConfig } from '../../gateway/edge-config.ts';
import { reachUpstream, socketUrlOf } from '../../gateway/subscriptions/upstream/reach-upstream.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { UpstreamPool } from './upstream-pool.ts';

/** The ways in which subgraphs are subscribed at, as the configuration has them. */
export function openUpstreams(
  { subgraphs }: Pick<EdgeConfig, 'subgraphs'>,
  parts: { readonly clock: Clock; readonly identitySecret?: string },
): UpstreamPool {
  return new UpstreamPool(({ name, url }) => {
    const { subscriptionsUrl = socketUrlOf(url), subscriptionLimits: limits, ...reach } = subgraphs[name] ?? {};
    const { propagatedHeaders, lateSubscribers } = reach;
    return reachUpstream({ ...parts, name, url: subscriptionsUrl, limits, propagatedHeaders, lateSubscribers });
  });
}

/** Every header of clients that any subgraph gets. */
export function propagatedBy({ subgraphs }: Pick<EdgeConfig, 'subgraphs'>): readonly string[] {
  return [...new Set(Object.values(subgraphs).flatMap(({ propagatedHeaders = [] }) => propagatedHeaders))];
}
