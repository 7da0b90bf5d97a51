import { createHash } from 'node:crypto';
import { locationId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { itemRecorded, locationRecorded, type LocationRecorded } from '../../../schema/events/inbox.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { Inbound, Origin } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { readable } from '../../runtime/unreadable.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { AnyRow, LocationRow } from './business-central-rows.ts';
import { itemOfRows } from './item-of-rows.ts';
import type { ItemRows } from './item-reader.ts';
import { purchaseOrderMessage } from './purchase-messages.ts';

/**
 * What the item master holds about an item now. The id names the versions of all rows that it is made of, so that a
 * webhook and a poll of the same rows are one message, and any change of any of them is another.
 */
export function itemMessage(rows: ItemRows, mapping: BusinessCentralMapping): Inbound {
  const { item: row, prices, units, bom, componentUnits } = rows;
  const told = [row, ...prices, ...units, ...bom, ...componentUnits].map((part) => parseAs(AnyRow, part, 'row'));
  const [item] = told;
  const eventId = `item:${item?.number ?? item?.id}:${fingerprint(told)}`;
  return readable(
    eventId,
    rows,
    () => messageOf(itemRecorded, { eventId, occurredAtMs: newestMs(told) }, itemOfRows(rows, mapping)),
    { kind: 'item', body: rows },
  );
}

/** What the location master holds about a location now. */
export function locationMessage(row: unknown, mapping: BusinessCentralMapping): Inbound {
  const told = parseAs(AnyRow, row, 'row');
  const eventId = `location:${told.id}:${fingerprint([told])}`;
  return readable(
    eventId,
    row,
    () => messageOf(locationRecorded, { eventId, occurredAtMs: newestMs([told]) }, locationOfRow(row, mapping)),
    { kind: 'location', body: row },
  );
}

/** Reads again what a message of master data was made of. */
export function readMasterAgain({ kind, body }: Origin, mapping: BusinessCentralMapping): Inbound {
  if (kind === 'purchase') return purchaseOrderMessage(body, mapping);
  return kind === 'location' ? locationMessage(body, mapping) : itemMessage(body as ItemRows, mapping);
}

export function locationOfRow(row: unknown, mapping: BusinessCentralMapping): LocationRecorded {
  const { code, displayName, locationType, timeZone } = parseAs(LocationRow, row, 'location');
  const data: LocationRecorded = {
    location: locationId(code),
    name: displayName,
    type: mapped(mapping.locationTypes, locationType, 'location type'),
    timeZone,
    capabilities: [...mapped(mapping.capabilities, locationType, 'location type')],
  };
  return parseAs(locationRecorded.data, data, `location ${code}`);
}

function fingerprint(rows: readonly AnyRow[]): string {
  const versions = rows.map((row) => `${row.id} ${row['@odata.etag']}`).sort();
  return createHash('sha256').update(versions.join('\n')).digest('base64url').slice(0, 22);
}

function newestMs(rows: readonly AnyRow[]): number {
  return Math.max(...rows.map(({ lastModifiedDateTime }) => Date.parse(lastModifiedDateTime)));
}
