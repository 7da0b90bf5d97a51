import type { EntityRow, ErpCompany } from './erp-company.ts';

export interface ErpPurchaseLineInput {
  readonly itemNumber: string;
  /** A decimal, in `unitOfMeasureCode`. */
  readonly quantity: string;
  readonly unitOfMeasureCode: string;
  /** `YYYY-MM-DD`; default: `0001-01-01`, which is none. */
  readonly expectedReceiptDate?: string;
}

export interface ErpPurchaseOrderInput {
  readonly number: string;
  readonly vendorNumber: string;
  readonly locationCode: string;
  /** `Open` is released to the vendor. */
  readonly status: 'Draft' | 'In Review' | 'Open';
  /** Default: false. */
  readonly fullyReceived?: boolean;
  readonly lines: readonly ErpPurchaseLineInput[];
}

/** A line keeps its id for as long as it stands at its place. */
export function putPurchaseOrder(company: ErpCompany, { lines, ...head }: ErpPurchaseOrderInput): EntityRow {
  return company.upsert('purchaseOrders', head.number, {
    fullyReceived: false,
    ...head,
    purchaseOrderLines: lines.map(({ itemNumber, expectedReceiptDate = '0001-01-01', quantity, ...line }, index) => ({
      ...line,
      sequence: (index + 1) * 10_000,
      lineType: 'Item',
      lineObjectNumber: itemNumber,
      quantity: Number(quantity),
      expectedReceiptDate,
      locationCode: head.locationCode,
    })),
  });
}
