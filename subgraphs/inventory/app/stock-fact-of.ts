import { payloadHashOf } from '../../../kernel/engine/command-record.ts';
import { invariant } from '../../../kernel/model/errors.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { collectionRecorded } from '../../../schema/events/inbox-pickups.ts';
import { INBOX_EVENTS } from '../../../schema/events/inbox.ts';
import { shipmentRecorded } from '../../../schema/events/inbox-work.ts';
import type { StockFact } from '../domain/stock-fact.ts';
import type { OwnedQuantity } from '../../../schema/events/fields.ts';
import type { OwnershipView } from './ownership.ts';

const STOCK_FACTS: Readonly<Record<StockFact['type'], true>> = {
  'store-sale-recorded': true,
  'web-sale-recorded': true,
  'return-recorded': true,
  'announced-return-received': true,
  'goods-received': true,
  'stock-adjusted': true,
  'shipment-recorded': true,
  'pick-recorded': true,
  'short-pick-recorded': true,
  'stock-counted': true,
  'balance-reported': true,
  'condition-changed': true,
  'stock-disposed': true,
  'transfer-shipped': true,
  'transfer-received': true,
  'transfer-lost': true,
  'supply-announced': true,
  'supply-changed': true,
  'supply-cancelled': true,
};

/** The types of the facts that concern stock. */
export const STOCK_FACT_TYPES: readonly string[] = [...Object.keys(STOCK_FACTS), collectionRecorded.type];

/** The owned quantity that a fact writes. The others are facts of whoever did them. */
const WRITES: Readonly<Partial<Record<string, OwnedQuantity>>> = {
  'stock-counted': 'COUNT',
  'stock-adjusted': 'ADJUSTMENT',
  'goods-received': 'RECEIPT',
};

/**
 * The fact that an envelope of the inbox carries.
 * @throws {Refusal} BAD_USER_INPUT when its data does not fit its schema
 */
export function stockFactOf(envelope: EventEnvelope, ownership: OwnershipView): StockFact {
  const definition = INBOX_EVENTS.find(({ type }) => type === envelope.type);
  const { system, eventId, sequence } = envelope.source;
  invariant(definition, `Nobody has registered the event ${envelope.type}.`);
  const data = readEvent<StockFact['data']>({ ...definition, data: definition.data as object }, envelope);
  const told = {
    // For the stock it is the same whether goods are sent or collected.
    type: envelope.type === collectionRecorded.type ? shipmentRecorded.type : envelope.type,
    source: { system, eventId },
    payloadHash: payloadHashOf({ type: envelope.type, occurredAt: envelope.occurredAt, data: envelope.data }),
    ...(sequence && { sequence }),
    occurredAtMs: Date.parse(envelope.occurredAt),
    correlationId: envelope.correlationId,
    data: essentialsOf(data),
  };
  const quantity = WRITES[envelope.type];
  if (quantity === undefined) return told as StockFact;
  return { ...told, isOwner: ownership.mayWrite({ quantity, location: data.location, system }) } as StockFact;
}

/** What stock is concerned with: money, customers and parcels stay outside of the ledger and of what is parked. */
function essentialsOf(data: StockFact['data']): object {
  const { lines, ...rest } = data;
  return {
    ...picked(rest, ESSENTIALS),
    lines: lines.map((line) => ({ ...NO_QUANTITY, ...picked(line, LINE_ESSENTIALS) })),
  };
}

/** A line that is cancelled tells no quantity. */
const NO_QUANTITY = { quantity: '0' };
const ESSENTIALS = new Set(
  'location channel order return reference externalId transfer from to expectedAt isFinal document'.split(' '),
);
const LINE_ESSENTIALS = new Set(
  'lineId sku quantity orderLine returnLine reason transferLine bucket documentLine expectedAt unit from to lot expiresOn serials'.split(
    ' ',
  ),
);

function picked(from: object, names: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.has(name)));
}
