import { parse } from 'csv-parse/sync';

/** One line of the file, every field as it stands there; a field that the line lacks is empty. */
export interface OnlineRetailRow {
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Description: string;
  readonly Quantity: string;
  readonly InvoiceDate: string;
  readonly UnitPrice: string;
  readonly CustomerID: string;
  readonly Country: string;
}

const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const satisfies readonly (keyof OnlineRetailRow)[];

/** The file has not the columns that it must have. */
export class MissingColumns extends Error {
  constructor(missing: readonly string[]) {
    super(`The file lacks the columns ${missing.join(', ')}.`);
    this.name = 'MissingColumns';
  }
}

/**
 * The rows of the file, in their order.
 * @throws {MissingColumns}
 */
export function parseOnlineRetail(text: string): readonly OnlineRetailRow[] {
  const records = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  const [header = [], ...lines] = records;
  const position = new Map(header.map((name, index) => [name.trim(), index]));
  const missing = COLUMNS.filter((column) => !position.has(column));
  if (missing.length > 0) throw new MissingColumns(missing);
  const [a, b, c, d, e, f, g, h] = COLUMNS.map((column) => position.get(column) as number);
  const field = (line: readonly string[], index: number | undefined): string => line[index ?? -1] ?? '';
  return lines.map((line) => ({
    InvoiceNo: field(line, a),
    StockCode: field(line, b),
    Description: field(line, c),
    Quantity: field(line, d),
    InvoiceDate: field(line, e),
    UnitPrice: field(line, f),
    CustomerID: field(line, g),
    Country: field(line, h),
  }));
}
