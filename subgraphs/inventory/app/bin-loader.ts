import type { BinStock, PositionKey, Wms } from '../../../connectors/wms/port.ts';
import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';

export type BinLoader = Loader<PositionKey, readonly BinStock[]>;

/** Bins of positions for one client operation: one call for all positions that it shows. */
export function createBinLoader(
  wms: Wms | undefined,
  { batchKeysMax, telemetry }: { readonly batchKeysMax: number; readonly telemetry: Telemetry },
): BinLoader {
  return createLoader({
    name: 'wms-bins',
    batchKeysMax,
    telemetry,
    keyOf: ({ sku, location }) => `${sku}|${location}`,
    load: async (keys) => {
      const served = keys.filter(({ location }) => wms?.locations.includes(location));
      return wms && served.length > 0 ? wms.lookUpBins(served) : new Map<string, readonly BinStock[]>();
    },
  });
}
