import { formatDecimal, parseDecimal } from '../runtime/decimal.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { EventLog } from './event-log.ts';
import type { WarehouseEventType } from './warehouse-event.ts';
import { WarehouseStock } from './warehouse-stock.ts';
import type { StockStatus, WarehouseItem } from './warehouse-stock.ts';

export interface Quantity {
  readonly warehouse: string;
  readonly sku: string;
  /** A positive decimal. */
  readonly quantity: string;
}

/** A movement inside a warehouse, into it (`from` absent) or out of it (`to` absent). */
export interface Adjustment extends Quantity {
  readonly from?: StockStatus;
  readonly to?: StockStatus;
  readonly reason: string;
  /** The partner's own key when the partner asked for it. */
  readonly partnerReference?: string;
}

interface ReturnedLine {
  readonly sku: string;
  readonly quantity: string;
  readonly condition?: 'A' | 'B' | 'C' | 'D';
  readonly reason?: string;
}

export interface ReceivedReturn {
  readonly rma: string | undefined;
  readonly partnerOrderId?: string;
  readonly warehouse: string;
  readonly lines: readonly ReturnedLine[];
}

/** The stock side of the warehouses: every movement changes stock and says so in one event. */
export class Warehouse {
  readonly core: SimulatorCore;
  readonly stock = new WarehouseStock();
  readonly events: EventLog;
  readonly codes: readonly string[];
  readonly #items = new Map<string, WarehouseItem>();

  constructor(core: SimulatorCore, codes: readonly string[], sequenceFrom = 0) {
    this.core = core;
    this.codes = codes;
    this.events = new EventLog(core, codes, sequenceFrom);
  }

  registerItem(item: WarehouseItem): void {
    this.#items.set(item.sku, item);
  }

  item(sku: string): WarehouseItem | undefined {
    return this.#items.get(sku);
  }

  items(): readonly WarehouseItem[] {
    return [...this.#items.values()];
  }

  /** @throws {HttpFailure} 422 for an unknown SKU or warehouse, or a quantity that is no positive multiple of the step. */
  unitsOf({ warehouse, sku, quantity }: Quantity): number {
    if (!this.codes.includes(warehouse))
      throw unprocessable('UNKNOWN_WAREHOUSE', `no warehouse ${warehouse}`, 'warehouse');
    const item = this.#items.get(sku);
    if (item === undefined) throw unprocessable('UNKNOWN_SKU', `no item ${sku}`, 'sku');
    const units = /^\d+(\.\d{1,4})?$/.test(quantity) ? parseDecimal(quantity) : 0;
    if (units > 0 && units % parseDecimal(item.step) === 0) return units;
    throw unprocessable(
      'INVALID_QUANTITY',
      `${quantity} of ${sku} is no positive multiple of ${item.step}`,
      'quantity',
    );
  }

  /** Stock that was there before the first day: no event. */
  open(input: Quantity): void {
    this.stock.count(input, 'available', this.unitsOf(input));
  }

  receive(input: Quantity & { readonly reference: string; readonly status?: StockStatus }): void {
    const status = input.status ?? 'available';
    const units = this.unitsOf(input);
    this.stock.move(input, status, units);
    this.#emit(input.warehouse, 'inventory_receipt', {
      receipt_id: this.core.ids.hex(24),
      reference: input.reference,
      lines: [{ ...lineOf(input, units), status, bin: this.stock.bin(input, status) }],
    });
  }

  adjust(input: Adjustment): Record<string, unknown> {
    const { from, to } = input;
    if (from === to) throw unprocessable('INVALID_STATUS', 'from and to must differ', 'from_status');
    const units = this.unitsOf(input);
    if (from !== undefined && this.stock.booked(input, from) < units) {
      throw new HttpFailure(409, 'INSUFFICIENT_STOCK', `not that much of ${input.sku} is ${from}`, {
        field: 'quantity',
      });
    }
    if (from !== undefined) this.stock.move(input, from, -units);
    if (to !== undefined) this.stock.move(input, to, units);
    const data = {
      adjustment_id: this.core.ids.hex(24),
      reason: input.reason,
      partner_reference: input.partnerReference ?? null,
      lines: [{ ...lineOf(input, units), from_status: from ?? null, to_status: to ?? null }],
    };
    this.#emit(input.warehouse, 'inventory_adjustment', data);
    return data;
  }

  /** A person counted one status of one SKU: the quantity, which may be zero, becomes book and truth. */
  count(input: Quantity & { readonly status?: StockStatus }): void {
    const status = input.status ?? 'available';
    const units = input.quantity === '0' ? 0 : this.unitsOf(input);
    const before = this.stock.booked(input, status);
    this.stock.count(input, status, units);
    this.#emit(input.warehouse, 'inventory_count', {
      count_id: this.core.ids.hex(24),
      lines: [{ ...lineOf(input, units), status, quantity_before: formatDecimal(before) }],
    });
  }

  /** Returned goods wait in `hold` until somebody decides. */
  receiveReturn(input: ReceivedReturn): void {
    const { warehouse } = input;
    const units = input.lines.map((line) => this.unitsOf({ ...line, warehouse }));
    input.lines.forEach((line, index) => this.stock.move({ ...line, warehouse }, 'hold', units[index] ?? 0));
    this.#emit(warehouse, 'return_received', {
      return_id: this.core.ids.hex(24),
      rma: input.rma ?? null,
      partner_order_id: input.partnerOrderId ?? null,
      lines: input.lines.map((line, index) => ({
        ...lineOf({ ...line, warehouse }, units[index] ?? 0),
        status: 'hold',
        condition: line.condition ?? 'A',
        reason: line.reason ?? null,
      })),
    });
  }

  #emit(warehouse: string, type: WarehouseEventType, data: Readonly<Record<string, unknown>>): void {
    this.events.append(warehouse, type, data);
  }
}

function lineOf({ sku, warehouse }: Omit<Quantity, 'quantity'>, units: number): Record<string, unknown> {
  return { sku, warehouse, quantity: formatDecimal(units) };
}

export function unprocessable(code: string, message: string, field: string): HttpFailure {
  return new HttpFailure(422, code, message, { field });
}
