import type { Erp } from '../../connectors/erp/port.ts';
import type { OutboundSystem } from '../../connectors/outbound/open-outbound.ts';
import type { Pos } from '../../connectors/pos/port.ts';
import type { Connection } from '../../connectors/runtime/connection.ts';
import type { Wms } from '../../connectors/wms/port.ts';

/** The outside systems of one deployment, connected. */
export interface ConnectedSystems {
  readonly erp?: Connection<Erp>;
  readonly wms: readonly Connection<Wms>[];
  readonly pos: readonly Connection<Pos>[];
  /**
   * Asks the systems to send their messages here; called once the hub can be reached, and again every
   * RENEW_SUBSCRIPTIONS_MS, because vendors let subscriptions end.
   */
  readonly ensureSubscribed?: () => Promise<void>;
}

export const RENEW_SUBSCRIPTIONS_MS = 4 * 3_600_000;

export const NO_SYSTEMS: ConnectedSystems = { wms: [], pos: [] };

/** The systems that can be told to do something, each with all that it does, however many ports it has. */
export function commandedSystems(systems: ConnectedSystems): readonly OutboundSystem[] {
  const commanded = new Map<string, OutboundSystem>();
  for (const { receiver, commands, pace } of connectionsOf(systems)) {
    if (!commands) continue;
    const { system } = receiver;
    const handlers = { ...commanded.get(system)?.handlers, ...commands };
    commanded.set(system, { ...commanded.get(system), system, handlers, ...(pace && { pace }) });
  }
  return [...commanded.values()];
}

export function connectionsOf(systems: ConnectedSystems): readonly Connection<unknown>[] {
  return [...(systems.erp ? [systems.erp] : []), ...systems.wms, ...systems.pos];
}
