import { parseAs } from '../../../kernel/model/json-schema.ts';
import { parcelTracked } from '../../../schema/events/inbox-parcels.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import { factOf } from '../../runtime/message-of.ts';
import type { NumberedEvent } from '../../runtime/numbered-events.ts';
import type { PlainCarrierMapping } from './plain-carrier-mapping.ts';
import { CarrierEventData } from './plain-carrier-objects.ts';

const SCANNED = 'tracker.updated';

/** What an event tells; one of any other type tells the hub nothing. @throws {Unreadable | Refusal} for one without its parcel */
export function trackingFacts(event: NumberedEvent, mapping: PlainCarrierMapping): InboundBundle['facts'] {
  if (event.type !== SCANNED) return [];
  const { tracker } = parseAs(CarrierEventData, event.data, event.type);
  const { id, carrier, tracking_number: trackingNumber, reference, status, status_detail: detail, location } = tracker;
  const told = {
    parcel: id,
    carrier,
    trackingNumber,
    ...(reference !== null && { reference }),
    status: mapped(mapping.parcelStatuses, status, 'parcel status'),
    ...(detail !== null && { detail }),
    ...(location !== null && { place: String(location) }),
  };
  return [{ part: '1', key: id, ...factOf(parcelTracked, Date.parse(event.created_at), told) }];
}
