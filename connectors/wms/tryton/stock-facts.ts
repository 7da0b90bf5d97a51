import { Type, type Static } from '@sinclair/typebox';
import { skuId } from '../../../kernel/model/codes.ts';
import { announcedReturnReceived, goodsReceived, stockAdjusted, stockCounted } from '../../../schema/events/inbox.ts';
import type { MovementReason } from '../../../schema/events/fields.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { readable, Unreadable } from '../../runtime/unreadable.ts';
import type { TrytonWarehouse } from './tryton-warehouses.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

export const MOVE_FIELDS = [
  'quantity',
  'product.code',
  'from_location.type',
  'to_location.type',
  'from_location',
  'to_location',
  'shipment',
  'shipment.reference',
  'shipment.number',
  'origin',
  'write_date',
  'create_date',
];

const Place = Type.Object({ id: Type.Integer(), type: Type.String() });
const NullableText = Type.Union([Type.String(), Type.Null()]);

/** A move of goods that is done. */
export const MoveRow = Type.Object({
  id: Type.Integer(),
  quantity: Type.Number(),
  'product.': Type.Object({ code: Type.String() }),
  'from_location.': Place,
  'to_location.': Place,
  /** `model,id` of the document that it belongs to. */
  shipment: NullableText,
  'shipment.': Type.Optional(Type.Union([Type.Object({ reference: Type.Optional(NullableText) }), Type.Null()])),
  origin: NullableText,
  write_date: NullableText,
  create_date: Type.String(),
});
export type MoveRow = Static<typeof MoveRow>;

/** Documents whose moves are told by feeds of their own. */
const TOLD_ELSEWHERE = ['stock.shipment.out,', 'stock.inventory.line,'];

/**
 * What a done move tells of the stock of the hub's locations; undefined for one that stays in a warehouse or is told
 * otherwise.
 */
export function moveMessage(
  row: MoveRow,
  warehouses: readonly TrytonWarehouse[],
  mapping: TrytonWmsMapping,
): Inbound | undefined {
  const eventId = `move:${row.id}`;
  const origins = [row.shipment, row.origin].filter((each) => each !== null);
  if (origins.some((each) => TOLD_ELSEWHERE.some((prefix) => each.startsWith(prefix)))) return undefined;
  const from = warehouseOf(row['from_location.'].id, warehouses);
  const to = warehouseOf(row['to_location.'].id, warehouses);
  if (from === to) return undefined;
  const read = (): Inbound => {
    if (from && to) throw new Unreadable('Goods that go from one warehouse to another cannot be told yet.');
    return to ? cameIn(eventId, row, { to, mapping }) : wentOut(eventId, row, { from, mapping });
  };
  return readable(eventId, row, read, { kind: 'move', body: row });
}

function cameIn(
  eventId: string,
  row: MoveRow,
  { to, mapping }: { readonly to: TrytonWarehouse; readonly mapping: TrytonWmsMapping },
): Inbound {
  const told = { eventId, occurredAtMs: atMs(row) };
  const lines = [line(row)];
  const { location } = to;
  switch (row['from_location.'].type) {
    case 'supplier':
      return messageOf(goodsReceived, told, { location, reference: row.shipment ?? eventId, lines });
    case 'customer': {
      const reference = row['shipment.']?.reference ?? null;
      if (reference === null || reference === '') {
        throw new Unreadable('Goods came back without the number of an announced return.');
      }
      return messageOf(announcedReturnReceived, told, { return: reference, location, lines });
    }
    case 'lost_found':
      return adjusted(told, location, { line: line(row), reason: mapping.found, sign: '' });
    default:
      throw new Unreadable(`Goods that come from a place of type "${row['from_location.'].type}" cannot be told yet.`);
  }
}

function wentOut(
  eventId: string,
  row: MoveRow,
  { from, mapping }: { readonly from: TrytonWarehouse | undefined; readonly mapping: TrytonWmsMapping },
): Inbound {
  if (row['to_location.'].type !== 'lost_found' || from === undefined) {
    throw new Unreadable(`Goods that go to a place of type "${row['to_location.'].type}" cannot be told yet.`);
  }
  const told = { eventId, occurredAtMs: atMs(row) };
  return adjusted(told, from.location, { line: line(row), reason: mapping.lost, sign: '-' });
}

function adjusted(
  told: { readonly eventId: string; readonly occurredAtMs: number },
  location: string,
  change: { readonly line: StockLine; readonly reason: MovementReason; readonly sign: '' | '-' },
): Inbound {
  const { line: stock, reason, sign } = change;
  const lines = [{ ...stock, quantity: `${sign}${stock.quantity}`, reason }];
  return messageOf(stockAdjusted, told, { location, lines });
}

type StockLine = { readonly lineId: string; readonly sku: string; readonly quantity: string };

function line({ 'product.': product, quantity }: MoveRow): StockLine {
  return { lineId: '1', sku: skuId(product.code), quantity: decimalText(quantity, 'quantity') };
}

/** The warehouse in whose storage, input or output zone a place is; a place elsewhere is in none. */
function warehouseOf(place: number, warehouses: readonly TrytonWarehouse[]): TrytonWarehouse | undefined {
  return warehouses.find(
    ({ input, output, bins }) => place === input || place === output || bins.some(({ id }) => id === place),
  );
}

function atMs({ write_date: changed, create_date: made }: MoveRow): number {
  return Date.parse(changed ?? made);
}

export const COUNT_FIELDS = [
  'location',
  'write_date',
  'lines.product.code',
  'lines.quantity',
  'lines.expected_quantity',
];

export const CountRow = Type.Object({
  id: Type.Integer(),
  location: Type.Integer(),
  write_date: NullableText,
  'lines.': Type.Optional(
    Type.Array(
      Type.Object({
        'product.': Type.Object({ code: Type.String() }),
        quantity: Type.Union([Type.Number(), Type.Null()]),
        expected_quantity: Type.Number(),
      }),
    ),
  ),
});
export type CountRow = Static<typeof CountRow>;

/**
 * What a confirmed inventory tells: of the whole storage zone how much is there, of one place in it what is more or less
 * than was thought.
 */
export function countMessage(row: CountRow, warehouses: readonly TrytonWarehouse[]): Inbound | undefined {
  const warehouse = warehouses.find(({ bins }) => bins.some(({ id }) => id === row.location));
  const lines = row['lines.'] ?? [];
  if (!warehouse || lines.length === 0) return undefined;
  const eventId = `inventory:${row.id}`;
  const { location, storage, bins } = warehouse;
  return readable(eventId, row, () => {
    const told = { eventId, occurredAtMs: Date.parse(row.write_date ?? '') };
    const counted = lines.map(({ 'product.': product, quantity, expected_quantity: expected }, index) => {
      const found = quantity ?? 0;
      const isWhole = row.location === storage && bins.length === 1;
      const text = decimalText(isWhole ? found : found - expected, 'quantity');
      return { lineId: String(index + 1), sku: skuId(product.code), quantity: text };
    });
    if (row.location === storage && bins.length === 1)
      return messageOf(stockCounted, told, { location, lines: counted });
    const changed = counted.filter(({ quantity }) => quantity !== '0');
    if (changed.length === 0) return { eventId, facts: [] };
    const adjustments = changed.map((each) => ({ ...each, reason: 'CYCLE_COUNT' as const }));
    return messageOf(stockAdjusted, told, { location, lines: adjustments });
  });
}
