import { Type, type Static } from '@sinclair/typebox';
import type { PostSales } from '../../../schema/commands/sales.ts';
import { decimalText, majorText, minorUnits, scaledInteger } from '../../runtime/exact-decimal.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import type { TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDecimal } from '../../systems/tryton/wire-values.ts';
import { documentLines, type DocumentLine, type ReadLine } from '../sales-document.ts';

const Product = Type.Object({ id: Type.Integer(), code: Type.String(), default_uom: Type.Integer() });
type Product = Static<typeof Product>;

export const SALE_LINE_FIELDS = ['type', 'description', 'quantity', 'amount', 'product'].map((each) => `lines.${each}`);
export const SaleLineRow = Type.Object({
  type: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  quantity: Type.Union([Type.Number(), Type.Null()]),
  amount: Type.Union([Type.String(), Type.Null()]),
  product: Type.Union([Type.Integer(), Type.Null()]),
});

const QUANTITY_SCALE = 10_000n;
const QUANTITY_PLACES = 4;

/**
 * The lines of a sale, as Tryton takes them. Prices are what customers paid, so no taxes are added to them.
 * @throws {UpstreamRejected} naming the first SKU that Tryton does not know
 */
export async function saleLinesOf(api: TrytonApi, batch: PostSales): Promise<readonly object[]> {
  const products = await productsOf(
    api,
    batch.lines.map(({ sku }) => sku),
  );
  return documentLines(batch, roundedAmount).map((line, index) => ({
    sequence: index + 1,
    ...saleLine(line, batch.currency, products),
  }));
}

function saleLine(line: DocumentLine, currency: string, products: ReadonlyMap<string, Product>): object {
  const { text: description } = line;
  const price = (amountMinor: number): unknown => wireDecimal(majorText(amountMinor, currency));
  switch (line.kind) {
    case 'COUNT':
      return { type: 'comment', description };
    case 'GOODS': {
      const product = products.get(line.sku);
      return {
        type: 'line',
        description,
        product: product?.id,
        unit: product?.default_uom,
        quantity: Number(line.quantity),
        unit_price: price(line.unitPriceMinor),
      };
    }
    case 'AMOUNT':
      return { type: 'line', description, quantity: 1, unit_price: price(line.amountMinor) };
  }
}

/** A line as it stands in Tryton, with the amount that Tryton makes of it. */
export function readSaleLine(row: Static<typeof SaleLineRow>, currency: string): ReadLine {
  const { description, quantity, amount, product } = row;
  return {
    text: description ?? '',
    quantity: product === null || quantity === null ? null : decimalText(quantity, 'quantity'),
    amountMinor: amount === null ? 0 : minorUnits(amount, currency, 'line amount'),
  };
}

async function productsOf(api: TrytonApi, skus: readonly string[]): Promise<ReadonlyMap<string, Product>> {
  const asked = { domain: [['code', 'in', [...new Set(skus)]]], fields: ['code', 'default_uom'] };
  const rows: readonly Product[] = await api.search('product.product', asked, Product);
  const products = new Map(rows.map((row) => [row.code, row]));
  const unknown = skus.find((sku) => !products.has(sku));
  if (unknown === undefined) return products;
  throw new UpstreamRejected(api.system, { status: 404, words: `There is no product ${unknown}.` });
}

/** Tryton rounds the amount of a line half to even. */
export function roundedAmount(unitPriceMinor: number, quantity: string): number {
  const exact = BigInt(unitPriceMinor) * scaledInteger(quantity, QUANTITY_PLACES, 'quantity');
  const size = exact < 0n ? -exact : exact;
  const floor = size / QUANTITY_SCALE;
  const twice = (size % QUANTITY_SCALE) * 2n;
  const isUp = twice > QUANTITY_SCALE || (twice === QUANTITY_SCALE && floor % 2n === 1n);
  const rounded = Number(isUp ? floor + 1n : floor);
  return exact < 0n ? 0 - rounded : rounded;
}
