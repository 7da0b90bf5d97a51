import type { Inbox } from '../../connectors/runtime/inbox.ts';
import { createIngestEndpoint } from '../../connectors/runtime/ingest-endpoint.ts';
import { createWebhookEndpoint } from '../../connectors/runtime/webhook-endpoint.ts';
import type { Authenticator } from '../../gateway/auth/authenticator.ts';
import type { Route } from '../../gateway/transport/route.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { mountEdgeRoute } from './mount-edge-route.ts';
import { connectionsOf, receiversOf, type ConnectedSystems } from './systems.ts';

export interface ConnectorDoors {
  readonly systems: ConnectedSystems;
  readonly inbox: Inbox;
  readonly authenticator: Authenticator;
  readonly platform: Platform;
}

/** Where outside systems hand in what they have to say: `/webhooks/<system>` and `/ingest/<source>`. */
export function connectorRoutes({ systems, inbox, authenticator, platform }: ConnectorDoors): readonly Route[] {
  const receivers = receiversOf(systems);
  const ingest = createIngestEndpoint({
    inbox,
    platform,
    authenticate: ({ authorization }) => authenticator.authenticate(authorization),
    reservedSources: connectionsOf(systems).map(({ port }) => port.system),
  });
  return [mountEdgeRoute(createWebhookEndpoint({ receivers, inbox, platform })), mountEdgeRoute(ingest)];
}
