import type { Messenger, SentMessage } from '../../../connectors/notification/port.ts';
import { Obstacle } from '../../../kernel/model/errors.ts';
import type { TellCustomer, ToldCustomer } from '../../../schema/commands/outbound-messages.ts';
import type {
  RecordedSalesOrder,
  RecordSalesOrder,
  RequestedInvoice,
  RequestInvoice,
} from '../../../schema/commands/outbound-sales-orders.ts';
import { MILESTONES } from '../domain/notification-rules.ts';

/** Who tells customers, when it is up: it remembers what, by key. */
export class FakeMessenger implements Messenger {
  readonly system = 'messages-main';
  readonly milestones = MILESTONES;
  readonly told = new Map<string, TellCustomer>();
  isUp = true;

  tell(key: string, told: TellCustomer): ToldCustomer {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'Nobody writes to customers now.');
    this.told.set(key, told);
    return { outcome: 'ACCEPTED', message: `msg-${key}` };
  }

  /** What it was told of an order, in this order. */
  milestonesOf(order: string): readonly string[] {
    return [...this.told.values()].filter((told) => told.order === order).map(({ milestone }) => milestone);
  }

  /** Orders go by way of the queue. */
  async send(): Promise<SentMessage> {
    throw new Obstacle('UPSTREAM_UNAVAILABLE', 'It is asked by way of its queue.');
  }

  async find(): Promise<undefined> {
    return undefined;
  }
}

/** An ERP that keeps orders, when it is up. */
export class FakeErpOrders {
  readonly #asked = new Map<string, RecordSalesOrder | RequestInvoice>();
  isUp = true;

  /** What it was asked, each key once. */
  get asked(): readonly (RecordSalesOrder | RequestInvoice)[] {
    return [...this.#asked.values()];
  }

  record(key: string, order: RecordSalesOrder): RecordedSalesOrder {
    this.#take(key, order);
    return { document: `SO-${order.number}` };
  }

  invoice(key: string, parcel: RequestInvoice): RequestedInvoice {
    this.#take(key, parcel);
    return { invoice: `SI-${parcel.shipment.slice(-2)}` };
  }

  #take(key: string, asked: RecordSalesOrder | RequestInvoice): void {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The ERP is down.');
    this.#asked.set(key, asked);
  }
}
