import type { Inbox } from '../../connectors/runtime/inbox.ts';
import { createPoller, type Poller, type PollerLimits } from '../../connectors/runtime/poller.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { connectionsOf, type ConnectedSystems } from './systems.ts';

/** One poller per feed of each system: what no webhook brought is caught up. */
export async function openPollers(
  systems: ConnectedSystems,
  {
    inbox,
    platform,
    limits,
  }: { readonly inbox: Inbox; readonly platform: Platform; readonly limits?: Partial<PollerLimits> },
): Promise<readonly Poller[]> {
  const pollers = connectionsOf(systems).flatMap(({ port, feeds }) =>
    feeds.map((feed) => createPoller({ source: port.system, feed, inbox, platform, ...(limits && { limits }) })),
  );
  return Promise.all(pollers);
}
