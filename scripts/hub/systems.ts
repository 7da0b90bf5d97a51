import type { Carrier } from '../../connectors/carrier/port.ts';
import type { Erp } from '../../connectors/erp/port.ts';
import type { Marketplace } from '../../connectors/marketplace/port.ts';
import type { Messenger } from '../../connectors/notification/port.ts';
import type { Oms } from '../../connectors/oms/port.ts';
import type { OutboundSystem } from '../../connectors/outbound/open-outbound.ts';
import type { PaymentProvider } from '../../connectors/payment/port.ts';
import type { Pos } from '../../connectors/pos/port.ts';
import type { Connection, PolledConnection } from '../../connectors/runtime/connection.ts';
import type { WebhookReceiver } from '../../connectors/runtime/inbound.ts';
import type { MappingRegistry } from '../../connectors/runtime/mapping-registry.ts';
import type { TaxSystem } from '../../connectors/tax/port.ts';
import type { Wms } from '../../connectors/wms/port.ts';

/** The outside systems of one deployment, connected. */
export interface ConnectedSystems {
  readonly erp?: PolledConnection<Erp>;
  readonly wms: readonly PolledConnection<Wms>[];
  readonly pos: readonly PolledConnection<Pos>[];
  /** Providers of payments; absent: channels take the money themselves. */
  readonly payments?: readonly PolledConnection<PaymentProvider>[];
  /** Tax systems; absent: channels are taken at their word. */
  readonly taxes?: readonly PolledConnection<TaxSystem>[];
  /** Carriers, or platforms for several; absent: where parcels are is told by whoever sends them. */
  readonly carriers?: readonly PolledConnection<Carrier>[];
  /** Who sends messages to customers; absent: nobody. */
  readonly messengers?: readonly PolledConnection<Messenger>[];
  /** Marketplaces that sell in the retailer's name; absent: none does. */
  readonly marketplaces?: readonly PolledConnection<Marketplace>[];
  /** Systems that route the orders of some channels by themselves; absent: none does. */
  readonly oms?: readonly PolledConnection<Oms>[];
  /** What their words mean, as people decide it; absent: as they were connected. */
  readonly mappings?: MappingRegistry;
  /**
   * Asks the systems to send their messages here; called once the hub can be reached, and again every
   * RENEW_SUBSCRIPTIONS_MS, because vendors let subscriptions end.
   */
  readonly ensureSubscribed?: () => Promise<void>;
}

/** What every port tells: the name of its system as a source. */
interface NamedPort {
  readonly system: string;
}

export const RENEW_SUBSCRIPTIONS_MS = 4 * 3_600_000;

export const NO_SYSTEMS: ConnectedSystems = { wms: [], pos: [] };

/** The systems that can be told to do something, each with all that it does, however many ports it has. */
export function commandedSystems(systems: ConnectedSystems): readonly OutboundSystem[] {
  const commanded = new Map<string, OutboundSystem>();
  for (const { port, commands, pace } of connectionsOf(systems)) {
    if (!commands) continue;
    const { system } = port;
    const handlers = { ...commanded.get(system)?.handlers, ...commands };
    commanded.set(system, { ...commanded.get(system), system, handlers, ...(pace && { pace }) });
  }
  return [...commanded.values()];
}

/** Who tells what stores sell, and where it is posted. */
export function salesSystems({ erp, pos }: ConnectedSystems): {
  readonly erp: Erp | undefined;
  readonly pos: readonly Pos[];
} {
  return { erp: erp?.port, pos: pos.map(({ port }) => port) };
}

/** Who sells in the retailer's name. */
export function marketplacesOf({ marketplaces = [] }: ConnectedSystems): readonly Marketplace[] {
  return marketplaces.map(({ port }) => port);
}

export function connectionsOf(systems: ConnectedSystems): readonly PolledConnection<NamedPort>[] {
  const {
    erp,
    wms,
    pos,
    payments = [],
    taxes = [],
    carriers = [],
    messengers = [],
    marketplaces = [],
    oms = [],
  } = systems;
  const services = [...payments, ...taxes, ...carriers, ...messengers, ...marketplaces, ...oms];
  return [...(erp ? [erp] : []), ...wms, ...pos, ...services];
}

/** Those that send webhooks. */
export function receiversOf(systems: ConnectedSystems): readonly WebhookReceiver[] {
  return connectionsOf(systems)
    .map((connection) => ('receiver' in connection ? (connection as Connection<NamedPort>).receiver : undefined))
    .filter((receiver) => receiver !== undefined);
}
