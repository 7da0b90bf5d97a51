import type { Inbox } from '../../connectors/runtime/inbox.ts';
import { createIngestEndpoint } from '../../connectors/runtime/ingest-endpoint.ts';
import { createWebhookEndpoint } from '../../connectors/runtime/webhook-endpoint.ts';
import { authenticateCaller } from '../../gateway/auth/authenticate-caller.ts';
import type { Authenticator } from '../../gateway/auth/authenticator.ts';
import type { EdgeConfig } from '../../gateway/edge-config.ts';
import { DEFAULT_CLIENT_LIMITS } from '../../gateway/limits/client-limits.ts';
import { TokenFailures } from '../../gateway/limits/token-failures.ts';
import type { Route } from '../../gateway/transport/route.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { mountEdgeRoute } from './mount-edge-route.ts';
import { connectionsOf, receiversOf, type ConnectedSystems } from './systems.ts';

export interface ConnectorDoors {
  readonly systems: ConnectedSystems;
  readonly inbox: Inbox;
  readonly authenticator: Authenticator;
  readonly edge: Pick<EdgeConfig, 'policy'>;
  readonly platform: Platform;
}

/** Where outside systems hand in what they have to say: `/webhooks/<system>` and `/ingest/<source>`. */
export function connectorRoutes({ systems, inbox, authenticator, edge, platform }: ConnectorDoors): readonly Route[] {
  const receivers = receiversOf(systems);
  const limits = { ...DEFAULT_CLIENT_LIMITS, ...edge.policy.clientLimits };
  const failures = new TokenFailures({ limits, clock: platform.clock });
  const ingest = createIngestEndpoint({
    inbox,
    platform,
    authenticate: ({ headers, address }) =>
      authenticateCaller({ authorization: headers['authorization'], address }, authenticator, failures),
    reservedSources: connectionsOf(systems).map(({ port }) => port.system),
  });
  return [mountEdgeRoute(createWebhookEndpoint({ receivers, inbox, platform })), mountEdgeRoute(ingest)];
}
