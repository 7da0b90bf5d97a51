import type { MovementReason } from '../../../schema/events/fields.ts';
import type { CodeMapping, LocationMapping } from '../../runtime/code-mapping.ts';

/** What one warehouse system's words mean to the hub. Data of the operator; each member is a mapping set of its name. */
export interface TemplateMapping {
  /** Warehouse codes, each with the id of the hub's location. */
  readonly locations: LocationMapping;
  /** Reasons of adjustments. */
  readonly reasons: CodeMapping<MovementReason>;
}
