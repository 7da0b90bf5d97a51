import type { Erp } from '../../connectors/erp/port.ts';
import type { Pos } from '../../connectors/pos/port.ts';
import type { Connection } from '../../connectors/runtime/connection.ts';
import type { Wms } from '../../connectors/wms/port.ts';

/** The outside systems of one deployment, connected. */
export interface ConnectedSystems {
  readonly erp?: Connection<Erp>;
  readonly wms: readonly Connection<Wms>[];
  readonly pos: readonly Connection<Pos>[];
}

export const NO_SYSTEMS: ConnectedSystems = { wms: [], pos: [] };

export function connectionsOf(systems: ConnectedSystems): readonly Connection<unknown>[] {
  return [...(systems.erp ? [systems.erp] : []), ...systems.wms, ...systems.pos];
}
