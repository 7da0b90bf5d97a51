import type { Erp } from '../../connectors/erp/port.ts';
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

export function connectionsOf(systems: ConnectedSystems): readonly Connection<unknown>[] {
  return [...(systems.erp ? [systems.erp] : []), ...systems.wms, ...systems.pos];
}
