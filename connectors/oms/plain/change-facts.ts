import type { Static } from '@sinclair/typebox';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { orderChangeTold } from '../../../schema/events/inbox-changes.ts';
import { decimalText, minorUnits } from '../../runtime/exact-decimal.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import { factOf } from '../../runtime/message-of.ts';
import type { NumberedEvent } from '../../runtime/numbered-events.ts';
import { OmsAmendment, OmsReplacement } from './plain-oms-objects.ts';

type Facts = InboundBundle['facts'];

/**
 * What the OMS changes of an order that it routes. An amendment is what differs; a replacement is the order anew, under
 * another number. Undefined for an event of any other type. @throws {Unreadable | Refusal}
 */
export function changeFacts(event: NumberedEvent): Facts | undefined {
  if (event.type === 'order.amended') return amended(event, parseAs(OmsAmendment, event.data, event.type));
  if (event.type === 'order.replaced') return replaced(event, parseAs(OmsReplacement, event.data, event.type));
  return undefined;
}

function amended(event: NumberedEvent, told: Static<typeof OmsAmendment>): Facts {
  const lines = told.changes.map(({ sku, quantity_change: change, unit_price: price }) => ({
    sku,
    quantity: decimalText(change, 'quantity_change'),
    unitPriceMinor: minorUnits(price, told.currency, 'unit_price'),
  }));
  return factsOf(event, told, { meaning: 'LINE_DELTAS', lines });
}

function replaced(event: NumberedEvent, told: Static<typeof OmsReplacement>): Facts {
  const { currency, carriage } = told;
  const lines = told.lines.map(({ sku, quantity, unit_price: price }) => ({
    sku,
    quantity: decimalText(quantity, 'quantity'),
    unitPriceMinor: minorUnits(price, currency, 'unit_price'),
  }));
  const shipping = carriage && {
    description: carriage.name,
    amountMinor: minorUnits(carriage.amount, currency, 'carriage'),
  };
  const change = { meaning: 'RECREATED', newExternalId: told.new_number, lines } as const;
  return factsOf(event, told, { ...change, ...(shipping && { shipping }) });
}

type Told = Static<typeof OmsAmendment> | Static<typeof OmsReplacement>;
type Change = Parameters<typeof factOf<typeof orderChangeTold>>[2]['change'];

function factsOf({ created_at: at }: NumberedEvent, told: Told, change: Change): Facts {
  const { reference, channel, number: externalId, agent, reason } = told;
  const data = { channel, externalId, ...(reason && { reason }), ...(agent && { authority: agent }), change };
  return [{ part: '1', key: reference, ...factOf(orderChangeTold, Date.parse(at), data) }];
}
