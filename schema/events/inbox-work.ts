import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, oneOf, PositiveQuantityText, Text, trackedUnits, UnitCode } from './fields.ts';

/* Facts about released work, as locations tell them; a part of the facts of the inbox. */

const WorkLine = closed({
  lineId: Id,
  orderLine: Id,
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  ...trackedUnits,
});

/** What every fact about units of an order at a location tells. */
export const work = { order: Id, location: Code, lines: Type.Array(WorkLine, { minItems: 1, maxItems: 500 }) };

export const pickRecorded = defineEvent({
  context: 'inbox',
  type: 'pick-recorded',
  version: 1,
  meaning: 'Released units were taken from the shelf.',
  data: closed(work),
});

export const shortPickRecorded = defineEvent({
  context: 'inbox',
  type: 'short-pick-recorded',
  version: 1,
  meaning: 'Released units were not found on the shelf.',
  data: closed(work),
});

export const packRecorded = defineEvent({
  context: 'inbox',
  type: 'pack-recorded',
  version: 1,
  meaning: 'Picked units were put in a parcel.',
  data: closed(work),
});

export const shipmentRecorded = defineEvent({
  context: 'inbox',
  type: 'shipment-recorded',
  version: 1,
  meaning: 'Units of an order left the location.',
  data: closed({ ...work, shipment: Id, carrier: Type.Optional(Text), trackingNumber: Type.Optional(Text) }),
});

export const deliveryRecorded = defineEvent({
  context: 'inbox',
  type: 'delivery-recorded',
  version: 1,
  meaning: 'A shipment arrived.',
  data: closed({ order: Id, shipment: Id }),
});

export const releaseEnded = defineEvent({
  context: 'inbox',
  type: 'release-ended',
  version: 1,
  meaning: 'A location will not do released work: it refused it, or it agreed to stop.',
  data: closed({ ...work, outcome: oneOf('REJECTED', 'CANCELLED'), reason: Text }),
});

export const cancellationRefused = defineEvent({
  context: 'inbox',
  type: 'cancellation-refused',
  version: 1,
  meaning: 'A location was asked to stop too late and goes on.',
  data: closed({ order: Id, location: Code, reason: Text }),
});

export const WORK_EVENTS = [
  pickRecorded,
  shortPickRecorded,
  packRecorded,
  shipmentRecorded,
  deliveryRecorded,
  releaseEnded,
  cancellationRefused,
] as const;

export type PickRecorded = DataOf<typeof pickRecorded>;
export type ShortPickRecorded = DataOf<typeof shortPickRecorded>;
export type PackRecorded = DataOf<typeof packRecorded>;
export type ShipmentRecorded = DataOf<typeof shipmentRecorded>;
export type DeliveryRecorded = DataOf<typeof deliveryRecorded>;
export type ReleaseEnded = DataOf<typeof releaseEnded>;
export type CancellationRefused = DataOf<typeof cancellationRefused>;
