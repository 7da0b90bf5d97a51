import { HttpFailure } from '../runtime/http-failure.ts';
import { parseDecimal } from '../runtime/decimal.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { RegisterBook } from '../runtime/register-book.ts';
import { ON_SHELF, Till } from '../runtime/till.ts';
import type { Receipt, ReturnInput, SaleInput, TillItem } from '../runtime/till.ts';
import { inventoryObject, productObject, saleObject } from './lightspeed-objects.ts';
import type { LightspeedOptions } from './lightspeed-simulator.ts';
import { LightspeedWebhooks } from './lightspeed-webhooks.ts';

export interface LightspeedProduct {
  readonly id: string;
  /** Shared by the variants of one product. */
  readonly parentId: string;
  readonly item: TillItem;
  readonly version: number;
}

export interface LightspeedSale {
  readonly id: string;
  readonly receipt: Receipt;
  readonly version: number;
  readonly note: string;
  readonly updatedAtMs: number;
}

export interface LightspeedInventory {
  readonly id: string;
  readonly locationCode: string;
  readonly sku: string;
  readonly version: number;
}

export interface LightspeedRegister {
  readonly id: string;
  readonly locationCode: string;
  /** From 1. */
  readonly number: number;
  readonly version: number;
}

/** Everything that one retailer's account holds. Each change of any object takes the next version of one counter. */
export class LightspeedEstate {
  readonly core: SimulatorCore;
  readonly till: Till;
  readonly registerBook: RegisterBook;
  readonly webhooks: LightspeedWebhooks;
  readonly #outletIds = new Map<string, string>();
  readonly #registers = new Map<string, LightspeedRegister>();
  readonly #products = new Map<string, LightspeedProduct>();
  readonly #parentIds = new Map<string, string>();
  readonly #sales = new Map<string, LightspeedSale>();
  readonly #saleOfReceipt = new Map<string, string>();
  readonly #inventory = new Map<string, LightspeedInventory>();
  #version: number;

  constructor(core: SimulatorCore, options: LightspeedOptions) {
    this.core = core;
    this.#version = options.numbersFrom ?? 5_000_000;
    this.till = new Till({
      ids: core.ids,
      nowMs: core.nowMs,
      locations: options.locations,
      numbersFrom: options.numbersFrom,
    });
    this.registerBook = new RegisterBook({ till: this.till, ids: core.ids, nowMs: core.nowMs });
    this.webhooks = new LightspeedWebhooks(core, {
      clientSecret: options.clientSecret ?? 'lightspeed-secret',
      domainPrefix: options.domainPrefix ?? 'demo',
    });
    for (const { code } of options.locations) {
      this.#outletIds.set(code, core.ids.uuid());
      this.registerId(code, 1);
    }
    for (const item of options.items) this.registerItem(item);
    for (const { locationCode, sku, quantity } of options.openingStock ?? []) {
      this.count({ locationCode, sku, units: parseDecimal(quantity) });
    }
  }

  registerItem(item: TillItem): void {
    this.till.registerItem(item);
    const parentId = this.#parentIds.get(item.productNumber) ?? this.core.ids.uuid();
    this.#parentIds.set(item.productNumber, parentId);
    const id = this.#products.get(item.sku)?.id ?? this.core.ids.uuid();
    const product = { id, parentId, item, version: this.#nextVersion() };
    this.#products.set(item.sku, product);
    this.webhooks.emit('product.update', productObject(product));
  }

  products(): readonly LightspeedProduct[] {
    return byVersion(this.#products.values());
  }

  /** @throws {Error} for an unknown SKU. */
  product(sku: string): LightspeedProduct {
    this.till.item(sku);
    return this.#products.get(sku) as LightspeedProduct;
  }

  /** @throws {Error} for an unknown store. */
  outletId(code: string): string {
    this.till.location(code);
    return this.#outletIds.get(code) as string;
  }

  /** A register is known from its first use on. */
  registerId(code: string, register: number): string {
    const key = `${code}\n${register}`;
    const id = this.#registers.get(key)?.id ?? this.core.ids.uuid();
    if (!this.#registers.has(key))
      this.#registers.set(key, { id, locationCode: code, number: register, version: this.#nextVersion() });
    return id;
  }

  registers(): readonly LightspeedRegister[] {
    return byVersion(this.#registers.values());
  }

  sales(): readonly LightspeedSale[] {
    return byVersion(this.#sales.values());
  }

  sale(id: string): LightspeedSale | undefined {
    return this.#sales.get(id);
  }

  saleOfReceipt(number: string): LightspeedSale | undefined {
    return this.#sales.get(this.#saleOfReceipt.get(number) ?? '');
  }

  inventory(): readonly LightspeedInventory[] {
    return byVersion(this.#inventory.values());
  }

  sell(input: SaleInput): LightspeedSale {
    return this.#keep(this.till.ringUpSale(input));
  }

  takeBack(input: ReturnInput): LightspeedSale {
    return this.#keep(this.till.ringUpReturn(input));
  }

  amend(saleId: string, note: string): void {
    const sale = this.#sales.get(saleId);
    if (sale === undefined) throw new HttpFailure(404, 'NOT_FOUND', `There is no sale ${saleId}.`);
    this.#publish({ ...sale, note, version: this.#nextVersion(), updatedAtMs: this.core.nowMs() });
  }

  count(input: { readonly locationCode: string; readonly sku: string; readonly units: number }): void {
    const { locationCode, sku, units } = input;
    this.till.item(sku);
    this.till.location(locationCode);
    this.till.stock.count({ location: locationCode, sku, status: ON_SHELF }, units);
    this.#stockMoved(locationCode, sku);
  }

  #keep(receipt: Receipt): LightspeedSale {
    const updatedAtMs = receipt.recordedAtMs;
    const sale = { id: receipt.id, receipt, note: receipt.reason ?? '', version: this.#nextVersion(), updatedAtMs };
    this.#saleOfReceipt.set(receipt.number, sale.id);
    this.#publish(sale);
    for (const { sku } of receipt.lines) this.#stockMoved(receipt.location.code, sku);
    return sale;
  }

  #publish(sale: LightspeedSale): void {
    this.#sales.set(sale.id, sale);
    this.webhooks.emit('sale.update', saleObject(this, sale, 'TEXT'));
  }

  #stockMoved(locationCode: string, sku: string): void {
    const key = `${locationCode}\n${sku}`;
    const id = this.#inventory.get(key)?.id ?? this.core.ids.uuid();
    const record = { id, locationCode, sku, version: this.#nextVersion() };
    this.#inventory.set(key, record);
    this.webhooks.emit('inventory.update', inventoryObject(this, record, 'TEXT'));
  }

  #nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }
}

function byVersion<Row extends { readonly version: number }>(rows: Iterable<Row>): readonly Row[] {
  return [...rows].sort((left, right) => left.version - right.version);
}
