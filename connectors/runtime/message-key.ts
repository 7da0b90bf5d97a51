import type { DataOf, EventDefinition } from '../../schema/events/event-definition.ts';
import type { INBOX_EVENTS } from '../../schema/events/inbox.ts';

type InboxEvent = (typeof INBOX_EVENTS)[number];
type FactOf<Definition extends InboxEvent> = Definition extends InboxEvent
  ? { readonly type: Definition['type']; readonly data: DataOf<Definition> }
  : never;

/**
 * What a fact keeps its order with: a sale and its returns, all that a marketplace tells of an order, all work of an order
 * or a transfer, all that is told of a payment or a parcel, all stock facts of a location. The data must fit the
 * definition.
 */
export function messageKeyOf(definition: EventDefinition, data: unknown): string {
  const fact = { type: definition.type, data } as FactOf<InboxEvent>;
  switch (fact.type) {
    case 'item-recorded':
      return fact.data.sku;
    case 'location-recorded':
    case 'goods-received':
    case 'stock-adjusted':
    case 'stock-counted':
    case 'condition-changed':
    case 'stock-disposed':
    case 'balance-reported':
    case 'feed-heartbeat-recorded':
      return fact.data.location;
    case 'store-sale-recorded':
    case 'web-sale-recorded':
    case 'order-placed-told':
    case 'marketplace-order-pending':
    case 'marketplace-order-received':
    case 'marketplace-cancellation-told':
    case 'marketplace-answer-told':
    case 'order-change-told':
      return saleKey(fact.data);
    case 'return-recorded':
      return saleKey(fact.data.original ?? fact.data);
    case 'return-announced':
      return saleKey(fact.data.original);
    case 'announced-return-received':
      return fact.data.return;
    case 'transfer-shipped':
    case 'transfer-received':
    case 'transfer-lost':
      return fact.data.transfer;
    case 'supply-announced':
    case 'supply-changed':
    case 'supply-cancelled':
      return fact.data.document;
    case 'payment-recorded':
    case 'fraud-verdict-recorded':
      return fact.data.payment;
    case 'parcel-tracked':
      return fact.data.parcel;
    case 'pick-recorded':
    case 'short-pick-recorded':
    case 'pack-recorded':
    case 'shipment-recorded':
    case 'delivery-recorded':
    case 'pickup-ready-recorded':
    case 'collection-recorded':
    case 'release-ended':
    case 'cancellation-refused':
    case 'order-routed':
      return fact.data.order;
  }
}

function saleKey({ channel, externalId }: { readonly channel: string; readonly externalId: string }): string {
  return `${channel}/${externalId}`;
}
