import type { MovementReason, ReturnReason } from '../../../schema/events/fields.ts';
import type { LocationMapping } from '../../runtime/code-mapping.ts';

/** What one company's warehouses mean to the hub. Data of the operator. */
export interface TrytonWmsMapping {
  /** Warehouse codes, each with the id of the hub's location. Others are nobody's. */
  readonly locations: LocationMapping;
  /** Why goods are lost or found where nobody counted; Tryton keeps no reason. */
  readonly lost: MovementReason;
  readonly found: MovementReason;
  /** The channel of what Tryton sells and takes back by itself. Absent: such is put aside for a person. */
  readonly ownChannel?: string;
  /** Why goods came back that nobody had announced; Tryton keeps no reason. Default: OTHER. */
  readonly ownReturnReason?: ReturnReason;
}
