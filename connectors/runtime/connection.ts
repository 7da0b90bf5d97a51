import type { BalanceSource } from './balance-source.ts';
import type { CommandHandlers } from './command-handler.ts';
import type { Feed } from './feed.ts';
import type { WebhookReceiver } from './inbound.ts';
import type { ReadAgain } from './replay-quarantined.ts';
import type { VendorPace } from './vendor-pace.ts';

/** One outside system that the hub has to ask for everything. */
export interface PolledConnection<Port> {
  readonly port: Port;
  /** Each wants a poller of its own. */
  readonly feeds: readonly Feed[];
  /** What its words mean: each member that is a mapping of codes is a mapping set of that name. Absent: it has none. */
  readonly mapping?: object;
  /** Reads what came from it again, for what waits and for dry runs. */
  readonly readAgain?: ReadAgain;
  /** What the system can be told to do, by way of its queue. Absent: nothing. */
  readonly commands?: CommandHandlers;
  /** What the system says lies where, to be compared. Absent: it cannot be asked. */
  readonly balances?: BalanceSource;
  /** How often the system may be asked, as far as it says so. */
  readonly pace?: VendorPace;
  /** Lets go of the sockets. */
  close(): Promise<void>;
}

/** One outside system, connected: what the hub asks of it, and the two ways in which it tells the hub. */
export interface Connection<Port> extends PolledConnection<Port> {
  readonly receiver: WebhookReceiver;
}
