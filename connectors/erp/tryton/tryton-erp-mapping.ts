import type { ItemRecorded, LocationRecorded } from '../../../schema/events/inbox.ts';
import type { CodeMapping } from '../../runtime/code-mapping.ts';

/** What one company's words mean to the hub. Data of the operator. */
export interface TrytonErpMapping {
  /** Symbols of units of measure, such as `u` to `EA`. */
  readonly units: CodeMapping<string>;
  /** Warehouses by their codes; Tryton knows neither what a warehouse is used for nor where its day begins. */
  readonly warehouses: CodeMapping<TrytonWarehouse>;
  /** By the text `true` or `false` of the field `active`. */
  readonly lifecycleByActive: CodeMapping<ItemRecorded['lifecycle']>;
  /** The currency of list prices, which is the company's. */
  readonly companyCurrency: string;
}

export type TrytonWarehouse = Omit<LocationRecorded, 'name'>;
