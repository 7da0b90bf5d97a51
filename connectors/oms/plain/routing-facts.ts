import type { Static } from '@sinclair/typebox';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import {
  deliveryRecorded,
  packRecorded,
  pickRecorded,
  releaseEnded,
  shipmentRecorded,
} from '../../../schema/events/inbox-work.ts';
import { orderRouted, type OrderRouted } from '../../../schema/events/inbox-routing.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { InboundBundle, InboundFact } from '../../runtime/inbound.ts';
import { factOf } from '../../runtime/message-of.ts';
import type { NumberedEvent } from '../../runtime/numbered-events.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { PlainOmsMapping } from './plain-oms-mapping.ts';
import { OmsEventData } from './plain-oms-objects.ts';

type Data = Static<typeof OmsEventData>;

interface Told {
  readonly atMs: number;
  readonly data: Data;
  readonly mapping: PlainOmsMapping;
}

const STATUSES = {
  'units.allocated': 'ALLOCATED',
  'units.released': 'RELEASED',
  'units.cancelled': 'CANCELLED',
} as const;

const WORK = {
  'units.picked': pickRecorded,
  'units.packed': packRecorded,
} as const;

/** What an event tells; one of any other type tells the hub nothing. @throws {Unreadable | Refusal} */
export function routingFacts(event: NumberedEvent, mapping: PlainOmsMapping): InboundBundle['facts'] {
  const read = readerOf(event.type);
  if (!read) return [];
  const data = parseAs(OmsEventData, event.data, event.type);
  return [{ part: '1', key: data.reference, ...read({ atMs: Date.parse(event.created_at), data, mapping }) }];
}

type Read = (told: Told) => InboundFact;

function readerOf(type: string): Read | undefined {
  if (isIn(STATUSES, type)) return (told) => routed(told, STATUSES[type]);
  if (isIn(WORK, type)) return ({ atMs, ...told }) => factOf(WORK[type], atMs, workOf(told));
  if (type === 'parcel.shipped') return shipped;
  if (type === 'parcel.delivered') return delivered;
  return type === 'units.withdrawn' ? withdrawn : undefined;
}

const isIn = <Names extends object>(names: Names, type: string): type is Extract<keyof Names, string> =>
  Object.hasOwn(names, type);

function routed({ atMs, data, mapping }: Told, status: OrderRouted['status']): InboundFact {
  const { reference: order, channel, node, reason } = data;
  const location = node === null ? null : mapped(mapping.locations, node, 'node');
  return factOf(orderRouted, atMs, {
    order,
    channel,
    status,
    location,
    ...(reason && { reason }),
    lines: linesOf(data),
  });
}

function shipped({ atMs, data, mapping }: Told): InboundFact {
  const { id, carrier, tracking_number: trackingNumber } = parcelOf(data);
  const parcel = {
    shipment: id,
    ...(carrier !== null && { carrier }),
    ...(trackingNumber !== null && { trackingNumber }),
  };
  return factOf(shipmentRecorded, atMs, { ...workOf({ data, mapping }), ...parcel });
}

function delivered({ atMs, data }: Told): InboundFact {
  return factOf(deliveryRecorded, atMs, { order: data.reference, shipment: parcelOf(data).id });
}

/** The node will not do it; the OMS chooses another one. */
function withdrawn({ atMs, data, mapping }: Told): InboundFact {
  const reason = data.reason ?? 'No reason was told.';
  return factOf(releaseEnded, atMs, { ...workOf({ data, mapping }), outcome: 'REJECTED', reason });
}

function parcelOf({ parcel }: Data): NonNullable<Data['parcel']> {
  if (!parcel) throw new Unreadable('It names no parcel.');
  return parcel;
}

function workOf({ data, mapping }: Omit<Told, 'atMs'>) {
  if (data.node === null) throw new Unreadable('It names no node.');
  const location = mapped(mapping.locations, data.node, 'node');
  return { order: data.reference, location, lines: linesOf(data) };
}

const linesOf = ({ lines }: Data) =>
  lines.map(({ reference, sku, quantity }, index) => {
    return { lineId: String(index + 1), orderLine: reference, sku, quantity: decimalText(quantity, 'quantity') };
  });
