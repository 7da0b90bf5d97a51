import { DateTime } from 'luxon';
import { Type, type Static } from '@sinclair/typebox';
import { locationId, skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { supplyAnnounced, supplyCancelled } from '../../../schema/events/inbox-supply.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { readable } from '../../runtime/unreadable.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { AnyRow } from './business-central-rows.ts';

const Line = Type.Object({
  sequence: Type.Integer(),
  lineType: Type.String(),
  lineObjectNumber: Type.String(),
  quantity: Type.Union([Type.String(), Type.Number()]),
  unitOfMeasureCode: Type.String(),
  expectedReceiptDate: Type.String(),
});
const PurchaseOrder = Type.Object({
  number: Type.String({ minLength: 1 }),
  status: Type.String(),
  fullyReceived: Type.Boolean(),
  locationCode: Type.String({ minLength: 1 }),
  purchaseOrderLines: Type.Array(Line),
});

/** Released to the vendor: what is before that promises nothing. */
const RELEASED = 'Open';
const ITEM = 'Item';
/** How the product writes a day that nobody has named. */
const NO_DAY = '0001-01-01';

/**
 * What a purchase order promises now: of a line all that was ordered, what came already included. An order that was
 * received in full, or is not released (any more), brings nothing.
 */
export function purchaseOrderMessage(row: unknown, mapping: BusinessCentralMapping): Inbound {
  const { id, '@odata.etag': etag, lastModifiedDateTime } = parseAs(AnyRow, row, 'purchase order');
  const eventId = `purchase:${id}:${etag}`;
  const occurredAtMs = Date.parse(lastModifiedDateTime);
  const read = (): Inbound => ({
    eventId,
    facts: factsOf(row, mapping).map((fact) => ({ ...fact, occurredAtMs })),
  });
  return readable(eventId, row, read, { kind: 'purchase', body: row });
}

function factsOf(row: unknown, mapping: BusinessCentralMapping) {
  const order = parseAs(PurchaseOrder, row, 'purchase order');
  const { number: document, status, fullyReceived, locationCode } = order;
  const goods = order.purchaseOrderLines.filter(({ lineType, quantity }) => lineType === ITEM && Number(quantity) > 0);
  if (goods.length === 0) return [];
  const about = { document, location: locationId(locationCode) };
  if (fullyReceived || status !== RELEASED) {
    const over = goods.map((line) => nameOf(line));
    return [{ part: 'cancelled', definition: supplyCancelled, data: { ...about, lines: over } }];
  }
  const promised = goods.map((line) => ({
    ...nameOf(line),
    quantity: decimalText(line.quantity, 'quantity'),
    unit: mapped(mapping.units, line.unitOfMeasureCode, 'unit of measure'),
    ...expected(line.expectedReceiptDate, mapping.timeZone),
  }));
  return [{ part: 'announced', definition: supplyAnnounced, data: { ...about, lines: promised } }];
}

function nameOf({ sequence, lineObjectNumber }: Static<typeof Line>) {
  const line = String(sequence);
  return { lineId: line, documentLine: line, sku: skuId(lineObjectNumber) };
}

/** A day is expected to bring it by its end. */
function expected(day: string, timeZone: string): { readonly expectedAt?: string } {
  if (day === '' || day === NO_DAY) return {};
  const end = DateTime.fromISO(day, { zone: timeZone }).endOf('day');
  return { expectedAt: new Date(end.toMillis()).toISOString() };
}
