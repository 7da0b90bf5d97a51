import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { Type, type Static } from '@sinclair/typebox';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { supplyAnnounced, supplyCancelled } from '../../../schema/events/inbox-supply.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { readable } from '../../runtime/unreadable.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';

export const PURCHASE = 'purchase.purchase';
export const PURCHASE_FIELDS = [
  'number',
  'state',
  'warehouse.code',
  '_timestamp',
  'lines.type',
  'lines.quantity',
  'lines.product.code',
  'lines.product.default_uom.symbol',
  'lines.unit.symbol',
  'lines.delivery_date',
  'lines._timestamp',
];

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** Of every purchase, also of one that cannot be put into canonical words. */
export const AnyPurchase = Type.Object({
  id: Type.Integer(),
  state: Type.String(),
  _timestamp: Type.String(),
  'lines.': Type.Optional(Type.Array(Type.Object({ id: Type.Integer(), _timestamp: Type.String() }))),
});
export type AnyPurchase = Static<typeof AnyPurchase>;

const Line = Type.Object({
  id: Type.Integer(),
  type: Type.String(),
  quantity: Type.Union([Type.Number(), Type.Null()]),
  'product.': Type.Union([
    Type.Object({ code: Type.String(), 'default_uom.': Type.Object({ symbol: Type.String() }) }),
    Type.Null(),
  ]),
  'unit.': Type.Union([Type.Object({ symbol: Type.String() }), Type.Null()]),
  /** The day; null while the supplier has said none. */
  delivery_date: NullableText,
});
type Line = Static<typeof Line>;
const Purchase = Type.Object({
  number: Type.String({ minLength: 1 }),
  state: Type.String(),
  'warehouse.': Type.Object({ code: Type.String() }),
  'lines.': Type.Optional(Type.Array(Line)),
});

/** Nothing is promised before a purchase is confirmed. */
const PROMISED = new Set(['confirmed', 'processing']);
/** Whatever has not come by then will not. */
const OVER = new Set(['done', 'cancelled']);

/**
 * What a purchase promises now, under an id of its content: of a line all that was ordered, what came already included, and
 * nothing more of one that is over. Undefined for one that promises nothing yet.
 */
export function purchaseMessage(row: AnyPurchase, mapping: TrytonErpMapping): Inbound | undefined {
  if (!PROMISED.has(row.state) && !OVER.has(row.state)) return undefined;
  // The day of a line follows from other records as well, whose change is none of the purchase.
  const eventId = `purchase:${row.id}:${fingerprint(canonicalJson(row))}`;
  const read = (): Inbound => {
    const stamps = [row, ...(row['lines.'] ?? [])].map(({ _timestamp: at }) => Number(at));
    const facts = factsOf(row, mapping).map((fact) => ({
      ...fact,
      occurredAtMs: Math.floor(Math.max(...stamps) * 1_000),
    }));
    return { eventId, facts };
  };
  return readable(eventId, row, read, { kind: 'purchase', body: row });
}

function factsOf(row: unknown, mapping: TrytonErpMapping) {
  const { number, state, 'warehouse.': warehouse, 'lines.': lines = [] } = parseAs(Purchase, row, 'purchase');
  const { location, timeZone } = mapped(mapping.warehouses, warehouse.code, 'warehouse');
  const goods = lines.filter((line) => line.type === 'line' && line['product.'] !== null && (line.quantity ?? 0) > 0);
  if (goods.length === 0) return [];
  const about = { document: number, location };
  if (OVER.has(state)) {
    const over = goods.map((line) => ({ ...nameOf(line), sku: skuId(line['product.']?.code ?? '') }));
    return [{ part: 'cancelled', definition: supplyCancelled, data: { ...about, lines: over } }];
  }
  const promised = goods.map((line) => promisedLine(line, { mapping, timeZone }));
  return [{ part: 'announced', definition: supplyAnnounced, data: { ...about, lines: promised } }];
}

function promisedLine(
  line: Line,
  { mapping, timeZone }: { readonly mapping: TrytonErpMapping; readonly timeZone: string },
) {
  const { 'product.': product, 'unit.': unit, quantity, delivery_date: day } = line;
  const base = product?.['default_uom.'].symbol;
  const isBase = unit === null || unit.symbol === base;
  return {
    ...nameOf(line),
    sku: skuId(product?.code ?? ''),
    quantity: decimalText(quantity ?? 0, 'quantity'),
    ...(!isBase && { unit: mapped(mapping.units, unit.symbol, 'unit of measure') }),
    // A day is expected to bring it by its end.
    ...(day !== null && { expectedAt: endOfDay(day, timeZone) }),
  };
}

const nameOf = ({ id }: Line) => ({ lineId: String(id), documentLine: String(id) });

function endOfDay(day: string, timeZone: string): string {
  const end = DateTime.fromISO(day, { zone: timeZone }).endOf('day');
  return new Date(end.toMillis()).toISOString();
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
