import { openStockOffers } from '../../connectors/marketplace/open-stock-offers.ts';
import type { Outbound } from '../../connectors/outbound/open-outbound.ts';
import type { Inbox } from '../../connectors/runtime/inbox.ts';
import type { Poller } from '../../connectors/runtime/poller.ts';
import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { serveCatchUp } from './catch-up.ts';
import { keepSubscribed } from './keep-subscribed.ts';
import { openIntake } from './open-intake.ts';
import type { WatchedFolderConfig } from './read-folders.ts';
import { openPollers } from './open-pollers.ts';
import { connectionsOf, marketplacesOf, type ConnectedSystems } from './systems.ts';

export interface OpenConnectorsOptions {
  readonly platform: Platform;
  readonly systems: ConnectedSystems;
  readonly outbound: Outbound;
  readonly folders: readonly WatchedFolderConfig[];
  /** Gets the pollers, for whoever has reason to have them read now. */
  readonly pollers: Poller[];
  readonly opened: AsyncDisposableStack;
}

export interface OpenedConnectors {
  readonly systems: ConnectedSystems;
  readonly inbox: Inbox;
}

/** What any process of the role takes in, and what one of them does for all: reading feeds, asking for webhooks, offering stock. */
export async function openConnectors(options: OpenConnectorsOptions): Promise<OpenedConnectors> {
  const { platform, systems, outbound, opened } = options;
  opened.defer(async () => {
    await Promise.all(connectionsOf(systems).map((connection) => connection.close()));
  });
  const inbox = await openIntake({ ...options });
  const pollers = await openPollers(systems, { inbox, platform });
  options.pollers.push(...pollers);
  const stopLeading = leadByLease({
    name: 'connectors-pollers',
    platform,
    lead: async () => {
      for (const poller of pollers) poller.start();
      const stopServing = serveCatchUp(platform, pollers);
      const stopAsking = keepSubscribed(systems, platform);
      return async () => {
        stopAsking();
        stopServing();
        await stopAll(pollers);
      };
    },
  });
  opened.defer(stopLeading);
  const offers = await openStockOffers({ marketplaces: marketplacesOf(systems), platform, outbound });
  opened.defer(() => offers.close());
  return { systems, inbox };
}

async function stopAll(pollers: readonly Poller[]): Promise<void> {
  await Promise.all(pollers.map((poller) => poller.stop()));
}
