import type { Erp } from '../../../connectors/erp/port.ts';
import type { Messenger, SentMessage } from '../../../connectors/notification/port.ts';
import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { TellCustomer, ToldCustomer } from '../../../schema/commands/outbound-messages.ts';
import type { RecordSalesOrder, RequestInvoice } from '../../../schema/commands/outbound-sales-orders.ts';
import { MILESTONES } from '../domain/hand-offs/notification-rules.ts';

/** Who tells customers, when it is up: it remembers what, by key. */
export class FakeMessenger implements Messenger {
  readonly system = 'messages-main';
  readonly milestones = MILESTONES;
  readonly told = new Map<string, TellCustomer>();
  isUp = true;
  /** What it cannot be told, although it is up. */
  stumblesOver: TellCustomer['milestone'] | undefined;

  tell(key: string, told: TellCustomer): ToldCustomer {
    if (!this.isUp || told.milestone === this.stumblesOver)
      throw new Obstacle('UPSTREAM_UNAVAILABLE', 'Nobody writes to customers now.');
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

/** An ERP that keeps orders, when it is up. It knows what it was asked before. */
export class FakeErp {
  readonly system = 'erp-main';
  readonly #asked = new Map<string, RecordSalesOrder | RequestInvoice>();
  isUp = true;
  /** It says no to everything. */
  isStubborn = false;

  /** What it was asked, each once. */
  get asked(): readonly (RecordSalesOrder | RequestInvoice)[] {
    return [...this.#asked.values()];
  }

  readonly orders: NonNullable<Erp['orders']> = {
    record: async (order) => {
      this.#take(order);
      return { document: `SO-${order.number}` };
    },
    invoice: async (parcel) => {
      this.#take(parcel);
      return { invoice: `SI-${parcel.shipment.slice(-2)}` };
    },
  };

  #take(asked: RecordSalesOrder | RequestInvoice): void {
    if (!this.isUp) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The ERP is down.');
    if (this.isStubborn) throw new Refusal('UPSTREAM_REJECTED', 'There is no such item.');
    this.#asked.set(JSON.stringify(asked), asked);
  }
}
