import { Type, type Static } from '@sinclair/typebox';
import { skuId } from '../../../kernel/model/codes.ts';
import { announcedReturnReceived, goodsReceived, stockAdjusted, stockCounted } from '../../../schema/events/inbox.ts';
import type { MovementReason } from '../../../schema/events/fields.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import { readable, Unreadable } from '../../runtime/unreadable.ts';
import { isOwnReference } from '../../systems/tryton/own-reference.ts';
import { MoveDocument } from './move-documents.ts';
import { ownReturnMessage } from './own-trade-facts.ts';
import { transferMessage } from './transfer-facts.ts';
import type { TrytonWarehouse } from './tryton-warehouses.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

export const MOVE_FIELDS = [
  'quantity',
  'internal_quantity',
  'unit_price',
  'currency.code',
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
  /** In the unit of the move. */
  quantity: Type.Number(),
  /** In the base unit; absent in what was kept from before it was read. */
  internal_quantity: Type.Optional(Type.Number()),
  unit_price: Type.Optional(NullableText),
  'currency.': Type.Optional(Type.Union([Type.Object({ code: Type.String() }), Type.Null()])),
  'product.': Type.Object({ code: Type.String() }),
  'from_location.': Place,
  'to_location.': Place,
  /** `model,id` of the document that it belongs to. */
  shipment: NullableText,
  'shipment.': Type.Optional(
    Type.Union([
      Type.Object({ reference: Type.Optional(NullableText), number: Type.Optional(NullableText) }),
      Type.Null(),
    ]),
  ),
  origin: NullableText,
  write_date: NullableText,
  create_date: Type.String(),
  /** What the move itself does not say; added by the feed. */
  document: Type.Optional(MoveDocument),
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
  if ([row['shipment.']?.reference, row.document?.reference].some(isOwnReference)) return undefined;
  const from = warehouseOf(row['from_location.'].id, warehouses);
  const to = warehouseOf(row['to_location.'].id, warehouses);
  if (from === to) return undefined;
  const read = (): Inbound => {
    const { document } = row;
    if (document?.kind === 'transfer') {
      const told = { eventId, occurredAtMs: atMs(row), line: line(row), from, to, document };
      return transferMessage({ ...told, warehouseOf: (place) => warehouseOf(place, warehouses) });
    }
    if (from && to) throw new Unreadable('Goods go from one warehouse to another without a document that says so.');
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
      return messageOf(goodsReceived, told, { location, reference: supplyOf(row) ?? eventId, lines });
    case 'customer':
      return cameBack(told, row, { location, mapping });
    case 'lost_found':
      return adjusted(told, location, { line: line(row), reason: mapping.found, sign: '' });
    default:
      throw new Unreadable(`Goods that come from a place of type "${row['from_location.'].type}" cannot be told yet.`);
  }
}

/** What receipts refer to: the purchase order, as it was announced, or the delivery itself. */
function supplyOf({ document, shipment }: MoveRow): string | null {
  return (document?.kind === 'purchase' ? document.number : null) ?? shipment;
}

/** A return that was announced bears its number as the reference of its shipment. */
function cameBack(
  told: { readonly eventId: string; readonly occurredAtMs: number },
  row: MoveRow,
  { location, mapping }: { readonly location: string; readonly mapping: TrytonWmsMapping },
): Inbound {
  const { reference, number } = row['shipment.'] ?? {};
  if (reference) return messageOf(announcedReturnReceived, told, { return: reference, location, lines: [line(row)] });
  if (row.internal_quantity !== undefined && row.internal_quantity !== row.quantity) {
    throw new Unreadable('Goods came back in another unit than the one that they are counted in.');
  }
  const { unit_price: unitPrice = null, 'currency.': currency } = row;
  const lines = [{ ...line(row), unitPrice, currency: currency?.code ?? null }];
  // Each move is told by itself, and so is a return of its own.
  return ownReturnMessage(
    { ...told, location, number: `${number ?? row.shipment ?? 'move'}/${row.id}`, lines },
    mapping,
  );
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

function line({ 'product.': product, quantity, internal_quantity: counted = quantity }: MoveRow): StockLine {
  return { lineId: '1', sku: skuId(product.code), quantity: decimalText(counted, 'quantity') };
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
