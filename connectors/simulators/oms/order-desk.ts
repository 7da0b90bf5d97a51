import type { OmsEvents } from './oms-events.ts';
import type { RoutingBook } from './routing-book.ts';

interface Agreed {
  /** ISO 4217; amounts are decimals in major units. */
  readonly currency: string;
  readonly agent?: string;
  readonly reason?: string;
}

export interface Amendment extends Agreed {
  readonly changes: readonly {
    readonly sku: string;
    /** Less than nothing for less. */
    readonly quantityChange: number;
    readonly unitPrice: string;
  }[];
}

export interface Replacement extends Agreed {
  /** Under which it is known from now on. */
  readonly number: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitPrice: string }[];
  /** Null: it costs nothing to be sent. Absent: what was agreed on stays. */
  readonly carriage?: { readonly name: string; readonly amount: string } | null;
}

/**
 * Where people at the OMS change orders. It tells what they agree on and goes on with the order as it was: what is to be
 * served is claimed elsewhere, and it is told when it is.
 */
export class OrderDesk {
  readonly #book: RoutingBook;
  readonly #events: OmsEvents;

  constructor(book: RoutingBook, events: OmsEvents) {
    this.#book = book;
    this.#events = events;
  }

  amend(reference: string, { changes, ...agreed }: Amendment): void {
    const order = this.#book.order(reference);
    this.#events.tellChange('order.amended', order, {
      number: order.number,
      ...agreedObject(agreed),
      changes: changes.map(({ sku, quantityChange, unitPrice }) => {
        return { sku, quantity_change: String(quantityChange), unit_price: unitPrice };
      }),
    });
  }

  replace(reference: string, { number, lines, carriage, ...agreed }: Replacement): void {
    const order = this.#book.order(reference);
    this.#events.tellChange('order.replaced', order, {
      number: order.number,
      new_number: number,
      ...agreedObject(agreed),
      lines: lines.map(({ sku, quantity, unitPrice }) => ({ sku, quantity: String(quantity), unit_price: unitPrice })),
      ...(carriage !== undefined && { carriage }),
    });
    order.number = number;
  }
}

const agreedObject = ({ currency, agent, reason }: Agreed) => {
  return { currency, agent: agent ?? null, reason: reason ?? null };
};
