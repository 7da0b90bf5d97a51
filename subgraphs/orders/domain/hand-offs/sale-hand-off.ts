import type { Steps } from '../../../../kernel/model/quantity.ts';

/** How an order stands with the ERP that keeps sales orders. JSON data. */
export interface SaleHandOff {
  /** The ERP, by its name as a source. */
  readonly system: string;
  /** NEW: not told yet. REFUSED: the ERP does not keep it as it is; nothing more is asked until somebody says so. */
  readonly state: 'NEW' | 'ASKED' | 'RECORDED' | 'REFUSED';
  /** By which the ledger claims what is left of each line, or had before it was bound. Absent: it is not taken on yet. */
  readonly reservations?: readonly LineReservation[];
  /** What the ERP calls it. */
  readonly document?: string;
  /** As the ERP was told last; absent: it was not. */
  readonly lines?: readonly SaleLine[];
  /** What it costs, as the ERP was told last. Absent: it was not kept. */
  readonly totalMinor?: number;
  /** In the order of the parcels. */
  readonly invoices: readonly SaleInvoice[];
}

export interface LineReservation {
  readonly line: string;
  readonly reservation: string;
}

export interface SaleLine {
  readonly line: string;
  /** Without what was called off. */
  readonly quantity: Steps;
  readonly unitPriceMinor: number;
  /** Absent: those of the order as it was taken on. */
  readonly reservations?: readonly string[];
}

/** What the ERP was asked to invoice for a parcel. */
export interface SaleInvoice {
  readonly shipment: string;
  readonly amountMinor: number;
  readonly state: 'ASKED' | 'DONE' | 'REFUSED';
  /** What the ERP calls it. */
  readonly invoice?: string;
}

/** Which ERP keeps the orders of a channel. Without a rule none does. */
export interface SalesOrderRule {
  /** Absent: any. */
  readonly channel?: string;
  /** The ERP, by its name as a source. */
  readonly system: string;
}

/** By the first rule that fits; undefined when none does. */
export function saleHandOffOf(rules: readonly SalesOrderRule[], channel: string): SaleHandOff | undefined {
  const rule = rules.find((each) => (each.channel ?? channel) === channel);
  return rule && { system: rule.system, state: 'NEW', invoices: [] };
}
