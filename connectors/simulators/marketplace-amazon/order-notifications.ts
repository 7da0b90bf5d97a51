import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { countsOf, shippedOf, type MarketOrder } from './market-order.ts';

/** A bus of events of the seller's own, from which a rule of theirs calls an address. */
export interface MarketDestinationRecord {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

export interface MarketSubscription {
  readonly id: string;
  readonly destinationId: string;
  readonly payloadVersion: string;
}

/** Where the rule of the bus sends events, with the key that the address wants to see. */
interface Target {
  readonly url: string;
  readonly apiKey: string;
}

const SUBSCRIPTIONS_MAX = 100;

/**
 * Tells that orders have changed: as events of a bus, that a rule hands on to addresses over HTTP.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class OrderNotifications {
  readonly sellerId: string;
  readonly #core: SimulatorCore;
  readonly #destinations = new Map<string, MarketDestinationRecord>();
  readonly #subscriptions = new Map<string, MarketSubscription>();
  readonly #targets: Target[] = [];

  constructor(core: SimulatorCore, sellerId: string) {
    this.#core = core;
    this.sellerId = sellerId;
  }

  get destinations(): readonly MarketDestinationRecord[] {
    return [...this.#destinations.values()];
  }

  createDestination(input: Omit<MarketDestinationRecord, 'id'>): MarketDestinationRecord {
    bounded(this.#destinations.size);
    const record = { id: this.#core.ids.uuid(), ...input };
    this.#destinations.set(record.id, record);
    return record;
  }

  /** @throws {HttpFailure} 404 */
  subscription(): MarketSubscription {
    const [subscription] = this.#subscriptions.values();
    if (subscription) return subscription;
    throw new HttpFailure(404, 'NotFound', 'There is no subscription.');
  }

  /** @throws {HttpFailure} 404 for an unknown destination, 409 for a second subscription */
  subscribe(destinationId: string, payloadVersion: string): MarketSubscription {
    if (!this.#destinations.has(destinationId)) throw new HttpFailure(404, 'NotFound', 'There is no such destination.');
    if (this.#subscriptions.size > 0) throw new HttpFailure(409, 'Conflict', 'There is a subscription already.');
    const subscription = { id: this.#core.ids.uuid(), destinationId, payloadVersion };
    this.#subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  unsubscribe(id: string): void {
    if (!this.#subscriptions.delete(id)) throw new HttpFailure(404, 'NotFound', 'There is no such subscription.');
  }

  /** The rule of the bus; without HTTP. */
  addTarget(target: Target): void {
    bounded(this.#targets.length);
    this.#targets.push(target);
  }

  tell(order: MarketOrder, reason: string): void {
    for (const target of this.#targets) {
      const event = this.#eventOf(order, reason);
      this.#core.sender.send({
        url: target.url,
        messageId: event.id,
        payload: event,
        encode: (payload) => ({
          body: JSON.stringify(payload),
          headers: { 'content-type': 'application/json', 'x-api-key': target.apiKey },
        }),
      });
    }
  }

  #eventOf(order: MarketOrder, reason: string) {
    const id = this.#core.ids.uuid();
    return {
      version: '0',
      id,
      'detail-type': 'ORDER_CHANGE',
      source: 'aws.partner/sellingpartnerapi.amazon.com/0',
      account: '123456789012',
      time: this.#core.nowIso(),
      region: 'eu-west-1',
      resources: [],
      detail: this.#notificationOf(order, { id, reason }),
    };
  }

  #notificationOf(order: MarketOrder, { id, reason }: { readonly id: string; readonly reason: string }) {
    const isAsked = reason.startsWith('Buyer');
    const updatedAt = new Date(order.updatedAtMs).toISOString();
    return {
      NotificationVersion: '1.0',
      NotificationType: 'ORDER_CHANGE',
      PayloadVersion: '1.0',
      EventTime: updatedAt,
      Payload: {
        OrderChangeNotification: {
          NotificationLevel: 'OrderLevel',
          SellerId: this.sellerId,
          AmazonOrderId: order.id,
          OrderChangeType: isAsked ? 'BuyerRequestedChange' : 'OrderStatusChange',
          OrderChangeTrigger: { TimeOfOrderChange: updatedAt, ChangeReason: reason },
          Summary: summaryOf(order),
        },
      },
      NotificationMetadata: {
        ApplicationId: 'amzn1.sp.solution.simulated',
        SubscriptionId: [...this.#subscriptions.keys()][0] ?? 'simulated',
        PublishTime: this.#core.nowIso(),
        NotificationId: id,
      },
    };
  }
}

function summaryOf(order: MarketOrder) {
  const { shipped, unshipped } = countsOf(order);
  return {
    MarketplaceId: order.marketplaceId,
    OrderStatus: order.status,
    PurchaseDate: new Date(order.purchasedAtMs).toISOString(),
    DestinationPostalCode: order.status === 'Pending' ? null : order.destination.postalCode,
    FulfillmentType: 'MFN',
    OrderType: 'StandardOrder',
    NumberOfItemsShipped: shipped,
    NumberOfItemsUnshipped: unshipped,
    LatestShipDate: new Date(order.latestShipAtMs).toISOString(),
    OrderItems: order.items.map((item) => ({
      OrderItemId: item.id,
      SellerSKU: item.sku,
      SupplySourceId: null,
      OrderItemStatus: shippedOf(order, item.id) >= item.quantity ? 'Shipped' : 'Unshipped',
      Quantity: item.quantity,
      QuantityShipped: shippedOf(order, item.id),
      IsBuyerRequestedCancel: item.cancelAsked !== null,
    })),
  };
}

function bounded(count: number): void {
  if (count >= SUBSCRIPTIONS_MAX) throw new HttpFailure(503, 'ServiceUnavailable', 'No more of these are kept.');
}
