import DataLoader from 'dataloader';
import type { DomainError } from '../model/errors.ts';
import type { Telemetry } from '../ports/telemetry.ts';

export interface LoaderOptions<Key, Value> {
  /** Names the loader in metrics, such as `erp-items`. */
  readonly name: string;
  /** The most keys of one call of `load`; more keys make more calls. */
  readonly batchKeysMax: number;
  /**
   * Looks up distinct keys in one go. A key that is not in the answer is unknown; an error in place of a value fails
   * that key alone; a rejection fails all keys of the call.
   */
  load(keys: readonly Key[]): Promise<ReadonlyMap<string, Value | DomainError>>;
  /** The text under which `load` answers a key; needed when keys are objects. Default: `String`. */
  readonly keyOf?: (key: Key) => string;
  readonly telemetry?: Telemetry;
}

/** Batches and remembers look-ups for as long as it lives, which is one client operation. Unknown keys are undefined. */
export type Loader<Key, Value> = DataLoader<Key, Value | undefined, string>;

export function createLoader<Key, Value>(options: LoaderOptions<Key, Value>): Loader<Key, Value> {
  const { name, batchKeysMax, keyOf = String, telemetry } = options;
  return new DataLoader<Key, Value | undefined, string>(
    async (keys) => {
      telemetry?.observe('loader_batch_keys', keys.length, { loader: name });
      const values = await options.load(keys);
      return keys.map((key) => values.get(keyOf(key)));
    },
    { name, maxBatchSize: batchKeysMax, cacheKeyFn: keyOf },
  );
}
