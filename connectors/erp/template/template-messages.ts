import { locationId, skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import {
  itemRecorded,
  locationRecorded,
  type ItemRecorded,
  type LocationRecorded,
} from '../../../schema/events/inbox.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText, minorUnits } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { readable, Unreadable } from '../../runtime/unreadable.ts';
import type { TemplateMapping } from './template-mapping.ts';
import { TemplateItem, TemplateLocation, type RawChange } from './template-objects.ts';

/**
 * What the ERP holds about an item or a location since a change, under the version of that change: whatever tells it, a
 * webhook or the feed, it is the same message. What cannot be read is kept as it came, with the reason.
 */
export function changeMessage(raw: RawChange, mapping: TemplateMapping): Inbound {
  const eventId = `change:${raw.version}`;
  const told = { eventId, occurredAtMs: Date.parse(raw.changed_at) };
  const read = (): Inbound => {
    if (raw.item) return messageOf(itemRecorded, told, itemOf(parseAs(TemplateItem, raw.item, 'item'), mapping));
    if (!raw.location) throw new Unreadable('The change is of nothing that the hub knows.');
    const location = parseAs(TemplateLocation, raw.location, 'location');
    return messageOf(locationRecorded, told, locationOf(location, mapping));
  };
  // Bodies of one kind have one schema, from which the hub learns what is unusual.
  return readable(eventId, raw, read, { kind: raw.item ? 'item' : 'location', body: raw });
}

/** @throws {Unreadable} for an unmapped value or an amount that cannot be told exactly */
export function itemOf(item: TemplateItem, mapping: TemplateMapping): ItemRecorded {
  const sku = skuId(item.sku);
  const data: ItemRecorded = {
    sku,
    title: item.name,
    product: { id: sku, title: item.name },
    baseUnit: mapped(mapping.units, item.unit, 'unit'),
    step: decimalText(item.step, 'step') as ItemRecorded['step'],
    tracking: 'NONE',
    categories: [item.category],
    attributes: [],
    lifecycle: mapped(mapping.lifecycles, item.state, 'state of an item'),
    prices: item.prices.map(({ currency, price, valid_from: from }) => ({
      amount: { amountMinor: minorUnits(price, currency, 'price'), currencyCode: currency },
      effectiveFrom: new Date(from).toISOString(),
    })),
  };
  return parseAs(itemRecorded.data, data, `item ${sku}`);
}

/** @throws {Unreadable} for an unmapped value */
export function locationOf(location: TemplateLocation, mapping: TemplateMapping): LocationRecorded {
  const data: LocationRecorded = {
    location: locationId(location.code),
    name: location.name,
    type: mapped(mapping.locationTypes, location.type, 'type of a location'),
    timeZone: location.time_zone,
    capabilities: [...mapped(mapping.capabilities, location.type, 'type of a location')],
  };
  return parseAs(locationRecorded.data, data, `location ${location.code}`);
}
