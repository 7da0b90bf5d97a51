import type { Feed } from './feed.ts';
import type { WebhookReceiver } from './inbound.ts';

/** One outside system, connected: what the hub asks of it, and the two ways in which it tells the hub. */
export interface Connection<Port> {
  readonly port: Port;
  readonly receiver: WebhookReceiver;
  /** Each wants a poller of its own. */
  readonly feeds: readonly Feed[];
  /** Lets go of the sockets. */
  close(): Promise<void>;
}
