import type { BinStock, PositionKey, Wms } from '../../../connectors/wms/port.ts';
import { createLoader, type Loader } from '../../../kernel/graphql/create-loader.ts';
import { DomainError } from '../../../kernel/model/errors.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';

export type BinLoader = Loader<PositionKey, readonly BinStock[]>;
type Bins = ReadonlyMap<string, readonly BinStock[] | DomainError>;

const keyOf = ({ sku, location }: PositionKey) => `${sku}|${location}`;

/** Bins of positions for one client operation: one call per warehouse system for all positions that it shows. */
export function createBinLoader(
  systems: readonly Wms[],
  { batchKeysMax, telemetry }: { readonly batchKeysMax: number; readonly telemetry: Telemetry },
): BinLoader {
  return createLoader({
    name: 'wms-bins',
    batchKeysMax,
    telemetry,
    keyOf,
    load: async (keys) => {
      const answers = await Promise.all(systems.map((wms) => lookUp(wms, keys)));
      return new Map(answers.flatMap((bins) => [...bins]));
    },
  });
}

/** A warehouse system that is away fails its own positions and no others. */
async function lookUp(wms: Wms, keys: readonly PositionKey[]): Promise<Bins> {
  const served = keys.filter(({ location }) => wms.locations.includes(location));
  if (served.length === 0) return new Map();
  try {
    return await wms.lookUpBins(served);
  } catch (error) {
    if (error instanceof DomainError) return new Map(served.map((key) => [keyOf(key), error]));
    throw error;
  }
}
