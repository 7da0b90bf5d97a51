import type { MovementReason } from '../../../schema/events/fields.ts';
import type { CodeMapping, LocationMapping } from '../../runtime/code-mapping.ts';

/** What one warehouse system's words mean to the hub. Data of the operator. */
export interface ShipHeroMapping {
  /** Warehouse codes, each with the id of the hub's location. */
  readonly locations: LocationMapping;
  /**
   * Stock statuses whose units may be sold. A movement between the two kinds changes what may be sold; one inside a kind
   * changes nothing that the hub keeps.
   */
  readonly statuses: CodeMapping<'SELLABLE' | 'NOT_SELLABLE'>;
  /** Reasons of adjustments. */
  readonly reasons: CodeMapping<MovementReason>;
}

/** Begins the `partner_reference` of what the hub itself wrote, so that it is known again when it comes back. */
export const ECHO_PREFIX = 'stockwire:';
