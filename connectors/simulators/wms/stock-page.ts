import { limitOf } from '../runtime/request-body.ts';
import type { Answer, SimulatorRequest } from '../runtime/router.ts';
import { unprocessable, type Warehouse } from './warehouse.ts';
import { stockObject } from './warehouse-stock.ts';

const PAGE = { otherwise: 200, max: 500 };

/** What lies in one warehouse, in the order of SKUs: the rows that are not zero after a SKU. */
export function stockPage(warehouse: Warehouse, { query }: SimulatorRequest): Answer {
  const [first = ''] = warehouse.codes;
  const code = query.get('warehouse') ?? (warehouse.codes.length === 1 ? first : '');
  if (!warehouse.codes.includes(code)) throw unprocessable('UNKNOWN_WAREHOUSE', `no warehouse ${code}`, 'warehouse');
  const after = query.get('after') ?? '';
  const limit = limitOf(query.get('limit'), PAGE);
  const rows = warehouse
    .items()
    .map(({ sku }) => sku)
    .filter((sku) => sku > after)
    .sort()
    .map((sku) => stockObject(warehouse.stock, { warehouse: code, sku }))
    .filter(({ bins }) => bins.length > 0);
  const data = rows.slice(0, limit);
  const last = data.at(-1)?.sku ?? null;
  return { body: { data, next_after: rows.length > limit ? last : null, as_of: warehouse.core.nowIso() } };
}
