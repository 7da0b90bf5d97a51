import { parseDecimal } from '../runtime/decimal.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { RegisterBook } from '../runtime/register-book.ts';
import { ON_SHELF, Till } from '../runtime/till.ts';
import type { Receipt, ReturnInput, SaleInput, TillItem, TillLocation } from '../runtime/till.ts';
import { isCountedOver, unitsAfterCount, unitsMoved } from './change-history.ts';
import { countObject, orderUpdate, refundObject } from './square-objects.ts';
import type { SquareOptions } from './square-simulator.ts';
import { SquareWebhooks } from './square-webhooks.ts';

export interface Variation {
  readonly item: TillItem;
  readonly itemId: string;
  readonly variationId: string;
  readonly version: number;
  readonly updatedAtMs: number;
}

export interface SquareOrder {
  readonly id: string;
  readonly receipt: Receipt;
  readonly version: number;
  readonly updatedAtMs: number;
  readonly refundIds: readonly string[];
}

export interface SquareRefund {
  readonly id: string;
  /** The order that shows the return; the sale itself when money went back without goods. */
  readonly order: SquareOrder;
  readonly paymentId: string | undefined;
  readonly amountMinor: number;
  readonly reason: string;
  readonly createdAtMs: number;
}

/** One line of the inventory's history. */
export interface SquareChange {
  readonly id: string;
  readonly kind: 'PHYSICAL_COUNT' | 'ADJUSTMENT';
  readonly referenceId?: string;
  readonly fromState?: string;
  readonly toState: string;
  readonly locationCode: string;
  readonly sku: string;
  readonly units: number;
  readonly occurredAtMs: number;
  readonly createdAtMs: number;
  readonly transactionId?: string;
  readonly refundId?: string;
}

/** Everything that one Square merchant's account holds, and the notifications that its changes cause. */
export class SquareEstate {
  readonly core: SimulatorCore;
  readonly till: Till;
  readonly registerBook: RegisterBook;
  readonly webhooks: SquareWebhooks;
  readonly businessName: string;
  readonly changes: SquareChange[] = [];
  readonly calculatedAtMs = new Map<string, number>();
  readonly #variations = new Map<string, Variation>();
  readonly #skuOfVariation = new Map<string, string>();
  readonly #itemIds = new Map<string, string>();
  readonly #deviceIds = new Map<string, string>();
  readonly #locationIds = new Map<string, string>();
  readonly #orders = new Map<string, SquareOrder>();
  readonly #orderOfReceipt = new Map<string, string>();
  readonly #refunds = new Map<string, SquareRefund>();

  constructor(core: SimulatorCore, options: SquareOptions) {
    this.core = core;
    this.businessName = options.businessName ?? 'Demo retailer';
    this.till = new Till({
      ids: core.ids,
      nowMs: core.nowMs,
      locations: options.locations,
      numbersFrom: options.numbersFrom,
    });
    this.registerBook = new RegisterBook({ till: this.till, ids: core.ids, nowMs: core.nowMs });
    this.webhooks = new SquareWebhooks(core);
    for (const { code } of options.locations) this.#locationIds.set(code, `L${core.ids.capitals(12)}`);
    for (const item of options.items) this.registerItem(item);
    for (const { locationCode, sku, quantity } of options.openingStock ?? []) {
      this.#open({ locationCode, sku, units: parseDecimal(quantity), occurredAtMs: core.nowMs() });
    }
  }

  registerItem(item: TillItem): void {
    this.till.registerItem(item);
    const itemId = this.#itemIds.get(item.productNumber) ?? this.core.ids.capitals(24);
    this.#itemIds.set(item.productNumber, itemId);
    const variationId = this.#variations.get(item.sku)?.variationId ?? this.core.ids.capitals(24);
    const updatedAtMs = this.core.nowMs();
    this.#variations.set(item.sku, { item, itemId, variationId, version: updatedAtMs, updatedAtMs });
    this.#skuOfVariation.set(variationId, item.sku);
    const updated_at = new Date(updatedAtMs).toISOString();
    this.webhooks.emit('catalog.version.updated', {
      type: 'catalog',
      id: '',
      object: { catalog_version: { updated_at } },
    });
  }

  variations(): readonly Variation[] {
    return [...this.#variations.values()];
  }

  /** @throws {Error} for an unknown SKU. */
  variation(sku: string): Variation {
    this.till.item(sku);
    return this.#variations.get(sku) as Variation;
  }

  variationById(id: string): Variation | undefined {
    const sku = this.#skuOfVariation.get(id);
    return sku === undefined ? undefined : this.#variations.get(sku);
  }

  /** @throws {Error} for an unknown store. */
  locationId(code: string): string {
    this.till.location(code);
    return this.#locationIds.get(code) as string;
  }

  locationById(id: string): TillLocation | undefined {
    return this.till.locations().find(({ code }) => this.#locationIds.get(code) === id);
  }

  /** The device behind a register, known from its first use on. */
  device(code: string, register: number): { readonly device_id: string; readonly device_name: string } {
    const key = `${code}\n${register}`;
    const device_id = this.#deviceIds.get(key) ?? this.core.ids.uuid();
    this.#deviceIds.set(key, device_id);
    return { device_id, device_name: `Register ${register}` };
  }

  order(id: string): SquareOrder | undefined {
    return this.#orders.get(id);
  }

  orders(): readonly SquareOrder[] {
    return [...this.#orders.values()];
  }

  orderOfReceipt(receiptNumber: string): SquareOrder {
    return this.#orders.get(this.#orderOfReceipt.get(receiptNumber) ?? '') as SquareOrder;
  }

  refund(id: string): SquareRefund | undefined {
    return this.#refunds.get(id);
  }

  refunds(): readonly SquareRefund[] {
    return [...this.#refunds.values()];
  }

  sell(input: SaleInput): { readonly order: SquareOrder } {
    const receipt = this.till.ringUpSale(input);
    const order = this.#keepOrder(receipt);
    this.#announceOrder(order);
    this.#stockMoved(order, undefined);
    return { order };
  }

  takeBack(input: ReturnInput): { readonly order: SquareOrder; readonly refund: SquareRefund } {
    const receipt = this.till.ringUpReturn(input);
    const order = this.#keepOrder(receipt);
    this.#announceOrder(order);
    const refund = this.giveMoneyBack({
      order,
      paymentId: receipt.original?.paymentId,
      amountMinor: receipt.totalMinor,
      reason: input.reason ?? 'Return',
    });
    this.#stockMoved(order, refund.id);
    return { order, refund };
  }

  giveMoneyBack(input: Omit<SquareRefund, 'id' | 'createdAtMs'>): SquareRefund {
    const refund = { ...input, id: this.core.ids.capitals(27), createdAtMs: this.core.nowMs() };
    this.#refunds.set(refund.id, refund);
    const updated = {
      ...input.order,
      refundIds: [...input.order.refundIds, refund.id],
      version: input.order.version + 1,
      updatedAtMs: refund.createdAtMs,
    };
    this.#orders.set(updated.id, updated);
    this.webhooks.emit('refund.created', {
      type: 'refund',
      id: refund.id,
      object: { refund: refundObject(this, refund, 'PENDING') },
    });
    this.webhooks.emit('refund.updated', {
      type: 'refund',
      id: refund.id,
      object: { refund: refundObject(this, refund) },
    });
    this.webhooks.emit('order.updated', {
      type: 'order_updated',
      id: updated.id,
      object: { order_updated: orderUpdate(this, updated) },
    });
    return refund;
  }

  count(input: {
    readonly locationCode: string;
    readonly sku: string;
    readonly units: number;
    readonly occurredAtMs: number;
    readonly referenceId?: string;
  }): SquareChange {
    const place = { location: input.locationCode, sku: input.sku, status: ON_SHELF };
    const draft = { ...input, kind: 'PHYSICAL_COUNT', toState: 'IN_STOCK' } as const;
    const units = unitsAfterCount(draft, this.historyOf(input));
    if (units !== undefined) this.till.stock.count(place, units);
    const change = this.#noteChange(draft);
    this.#announceCount(input.locationCode, input.sku);
    return change;
  }

  adjust(input: Omit<SquareChange, 'id' | 'kind' | 'createdAtMs'>): SquareChange {
    const draft = { ...input, kind: 'ADJUSTMENT' } as const;
    const place = { location: input.locationCode, sku: input.sku, status: ON_SHELF };
    if (!isCountedOver(draft, this.historyOf(input))) this.till.stock.move(place, unitsMoved(draft));
    const change = this.#noteChange(draft);
    this.#announceCount(input.locationCode, input.sku);
    return change;
  }

  /** The changes of one item at one store, in the order in which they came. */
  historyOf({ locationCode, sku }: Pick<SquareChange, 'locationCode' | 'sku'>): readonly SquareChange[] {
    return this.changes.filter((change) => change.locationCode === locationCode && change.sku === sku);
  }

  #open(input: Pick<SquareChange, 'locationCode' | 'sku' | 'units' | 'occurredAtMs'>): void {
    const { locationCode, sku, units } = input;
    this.till.item(sku);
    this.till.location(locationCode);
    this.till.stock.count({ location: locationCode, sku, status: ON_SHELF }, units);
    this.#noteChange({ ...input, kind: 'PHYSICAL_COUNT', toState: 'IN_STOCK' });
  }

  #noteChange(draft: Omit<SquareChange, 'id' | 'createdAtMs'>): SquareChange {
    const createdAtMs = this.core.nowMs();
    const change: SquareChange = { ...draft, id: this.core.ids.capitals(24), createdAtMs };
    this.changes.push(change);
    this.calculatedAtMs.set(`${draft.locationCode}\n${draft.sku}`, createdAtMs);
    return change;
  }

  #keepOrder(receipt: Receipt): SquareOrder {
    const id = this.core.ids.capitals(29);
    const order: SquareOrder = { id, receipt, version: 1, updatedAtMs: receipt.recordedAtMs, refundIds: [] };
    this.#orders.set(id, order);
    this.#orderOfReceipt.set(receipt.number, id);
    return order;
  }

  #announceOrder(order: SquareOrder): void {
    const update = orderUpdate(this, order);
    const { updated_at: _, ...created } = update;
    this.webhooks.emit('order.created', { type: 'order_created', id: order.id, object: { order_created: created } });
    this.webhooks.emit('order.updated', { type: 'order_updated', id: order.id, object: { order_updated: update } });
  }

  #stockMoved({ id, receipt }: SquareOrder, refundId: string | undefined): void {
    const isSale = receipt.kind === 'SALE';
    const locationCode = receipt.location.code;
    for (const { sku, units } of receipt.lines) {
      this.#noteChange({
        kind: 'ADJUSTMENT',
        fromState: isSale ? 'IN_STOCK' : receipt.original === undefined ? 'UNLINKED_RETURN' : 'SOLD',
        toState: isSale ? 'SOLD' : 'IN_STOCK',
        locationCode,
        sku,
        units,
        occurredAtMs: receipt.occurredAtMs,
        transactionId: id,
        ...(refundId === undefined ? {} : { refundId }),
      });
      this.#announceCount(locationCode, sku);
    }
  }

  #announceCount(locationCode: string, sku: string): void {
    const inventory_counts = [countObject(this, { locationCode, sku })];
    this.webhooks.emit('inventory.count.updated', {
      type: 'inventory_counts',
      id: this.core.ids.uuid(),
      object: { inventory_counts },
    });
  }
}
