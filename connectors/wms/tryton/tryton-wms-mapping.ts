import type { MovementReason } from '../../../schema/events/fields.ts';
import type { LocationMapping } from '../../runtime/code-mapping.ts';

/** What one company's warehouses mean to the hub. Data of the operator. */
export interface TrytonWmsMapping {
  /** Warehouse codes, each with the id of the hub's location. Others are nobody's. */
  readonly locations: LocationMapping;
  /** Why goods are lost or found where nobody counted; Tryton keeps no reason. */
  readonly lost: MovementReason;
  readonly found: MovementReason;
}
