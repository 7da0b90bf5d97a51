import { Type, type Static } from '@sinclair/typebox';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { locationRecorded, type LocationRecorded } from '../../../schema/events/inbox.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';

export const LOCATION_MODEL = 'stock.location';
export const WAREHOUSES = ['type', '=', 'warehouse'];
export const LOCATION_FIELDS = ['code', 'name', '_timestamp'];

export const AnyLocation = Type.Object({
  id: Type.Integer(),
  code: Type.Union([Type.String(), Type.Null()]),
  _timestamp: Type.String(),
});
export type AnyLocation = Static<typeof AnyLocation>;
const Location = Type.Object({ code: Type.String({ minLength: 1 }), name: Type.String() });

/** @throws {Unreadable} for a warehouse that is not mapped */
export function locationOf(row: unknown, mapping: TrytonErpMapping): LocationRecorded {
  const { code, name } = parseAs(Location, row, 'warehouse');
  const data: LocationRecorded = { ...mapped(mapping.warehouses, code, 'warehouse'), name };
  return parseAs(locationRecorded.data, data, `location ${code}`);
}
