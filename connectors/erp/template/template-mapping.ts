import type { ItemRecorded, LocationRecorded } from '../../../schema/events/inbox.ts';
import type { CodeMapping } from '../../runtime/code-mapping.ts';

/** What one ERP's words mean to the hub. Data of the operator; each member of words is a mapping set of its name. */
export interface TemplateMapping {
  readonly units: CodeMapping<string>;
  readonly locationTypes: CodeMapping<LocationRecorded['type']>;
  /** What a location can do, by its type in the words of the ERP. */
  readonly capabilities: CodeMapping<LocationRecorded['capabilities']>;
  /** By what the ERP calls the state of an item. */
  readonly lifecycles: CodeMapping<ItemRecorded['lifecycle']>;
}
