import type { MovementReason } from '../../../schema/events/fields.ts';
import type { CodeMapping } from '../../runtime/code-mapping.ts';
import type { PosMapping } from '../pos-mapping.ts';

/** What one Square account's words mean to the hub. Data of the operator. */
export interface SquareMapping extends PosMapping {
  /**
   * Why goods came to or left the shelf, by the states that they went between, such as `NONE>IN_STOCK` or `IN_STOCK>WASTE`.
   * Absent: the inventory of this account is not listened to, only its sales and returns.
   */
  readonly reasons?: CodeMapping<MovementReason>;
}

/** Begins the `reference_id` of what the hub itself wrote, so that it is known again when it comes back. */
export const ECHO_PREFIX = 'stockwire:';
