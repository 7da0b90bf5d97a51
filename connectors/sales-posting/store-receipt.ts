import { storeChannelId, type LocationId } from '../../kernel/model/codes.ts';
import type { Document } from '../../kernel/ports/documents.ts';
import { NO_REGISTER, type PostSales } from '../../schema/commands/sales.ts';
import type { ReturnRecorded, StoreSaleRecorded } from '../../schema/events/inbox.ts';
import { extendedMinor } from '../runtime/exact-decimal.ts';

export interface ReceiptLine {
  readonly sku: string;
  /** More than zero, also of what came back. */
  readonly quantity: string;
  /** Of the quantity, until it is known in base units; absent: the base unit. */
  readonly unit?: string;
  /** For one base unit. */
  readonly unitPriceMinor: number;
}

type ChargeKind = PostSales['charges'][number]['kind'];

/** What one fact of a till comes to in the ERP. JSON data. */
export interface StoreReceipt extends Document {
  /** `<source>|<event id>`, so that a fact is taken once. */
  readonly id: string;
  /** WAITING: something about it is not known yet. TAKEN: it is to be posted. BATCHED: it belongs to a batch for ever. */
  readonly status: 'WAITING' | 'TAKEN' | 'BATCHED';
  readonly kind: 'SALE' | 'RETURN';
  /** On its paper. */
  readonly number: string;
  readonly location: string;
  readonly currency: string;
  /** NO_REGISTER while nobody has said. */
  readonly register: string;
  readonly occurredAtMs: number;
  readonly takenAtMs: number;
  /** Empty while it waits for its location. */
  readonly businessDay: string;
  /** `<location>|<business day>|<currency>`; empty while it waits for its location. */
  readonly group: string;
  readonly lines: readonly ReceiptLine[];
  readonly charges: readonly { readonly kind: ChargeKind; readonly amountMinor: number }[];
  readonly waitsFor: string | null;
  /** The sequence of its batch. */
  readonly batch: number | null;
}

/** Beyond it a register is named by its beginning: ERPs have short fields. */
const REGISTER_LENGTH_MAX = 48;

export function registerName(register: string | null | undefined): string {
  return register === null || register === undefined || register === ''
    ? NO_REGISTER
    : register.slice(0, REGISTER_LENGTH_MAX);
}

interface Told {
  readonly id: string;
  readonly occurredAtMs: number;
  readonly takenAtMs: number;
}

export function receiptOfSale(sale: StoreSaleRecorded, told: Told): StoreReceipt {
  return { ...headOf(sale, told), kind: 'SALE', lines: sale.lines.map(lineOf), charges: chargesOfSale(sale) };
}

/**
 * A return over a store's counter; undefined for any other. Where the money is for the hub to give back later, the goods come in
 * at no price: the refund has a posting of its own.
 */
export function receiptOfReturn(returned: ReturnRecorded, told: Told): StoreReceipt | undefined {
  if (returned.channel !== storeChannelId(returned.location as LocationId)) return undefined;
  const isPaid = returned.refunds.length > 0;
  const lines = returned.lines.map(lineOf);
  return {
    ...headOf(returned, told),
    kind: 'RETURN',
    lines: isPaid ? lines : lines.map((line) => ({ ...line, unitPriceMinor: 0 })),
    charges: isPaid ? chargesOf(returned.charges) : [],
  };
}

/** Signed: what a return gave back is less than nothing. The lines must be in base units. */
export function totalOfReceipt({ kind, lines, charges }: StoreReceipt): number {
  const goods = lines.reduce((sum, { unitPriceMinor, quantity }) => sum + extendedMinor(unitPriceMinor, quantity), 0);
  const total = charges.reduce((sum, { amountMinor }) => sum + amountMinor, goods);
  return kind === 'SALE' ? total : 0 - total;
}

function headOf(
  { externalId, location, register, currency }: StoreSaleRecorded | ReturnRecorded,
  told: Told,
): Omit<StoreReceipt, 'kind' | 'lines' | 'charges'> {
  return {
    ...told,
    status: 'WAITING',
    number: externalId,
    location,
    currency,
    register: registerName(register),
    businessDay: '',
    group: '',
    waitsFor: null,
    batch: null,
  };
}

function lineOf({ sku, quantity, unit, unitPriceMinor }: StoreSaleRecorded['lines'][number]): ReceiptLine {
  return { sku, quantity, unitPriceMinor, ...(unit !== undefined && { unit }) };
}

/** What was taken off lines, and taxes that were added to them, stand beside the prices. */
function chargesOfSale({ lines, charges, pricesIncludeTax = true }: StoreSaleRecorded): StoreReceipt['charges'] {
  const sumOf = (amounts: readonly { readonly amountMinor: number }[]): number =>
    amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const off = sumOf(lines.flatMap(({ discounts = [] }) => discounts));
  const added = pricesIncludeTax ? 0 : sumOf(lines.flatMap(({ taxes = [] }) => taxes));
  return [
    ...chargesOf(charges),
    ...(off > 0 ? [{ kind: 'DISCOUNT' as const, amountMinor: -off }] : []),
    ...(added > 0 ? [{ kind: 'OTHER' as const, amountMinor: added }] : []),
  ];
}

function chargesOf(charges: StoreSaleRecorded['charges']): StoreReceipt['charges'] {
  return charges.map(({ kind, amountMinor }) => ({ kind, amountMinor }));
}
