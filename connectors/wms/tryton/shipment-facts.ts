import { Type, type Static } from '@sinclair/typebox';
import { skuId } from '../../../kernel/model/codes.ts';
import {
  packRecorded,
  pickRecorded,
  releaseEnded,
  shipmentRecorded,
  shortPickRecorded,
  type PickRecorded,
} from '../../../schema/events/inbox-work.ts';
import { decimalText, scaledInteger } from '../../runtime/exact-decimal.ts';
import type { InboundMessage } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import type { ReleasedLine } from '../port.ts';
import { MoveDocument } from './move-documents.ts';
import type { ReleasedWork } from './released-work.ts';

const NullableText = Type.Union([Type.String(), Type.Null()]);
const Move = Type.Object({
  quantity: Type.Number(),
  state: Type.String(),
  'product.': Type.Object({ code: Type.String() }),
  write_date: NullableText,
  create_date: Type.String(),
  /** Of a move that leaves: `model,id` of the line that it is for, and what one unit was sold for. */
  origin: Type.Optional(NullableText),
  unit_price: Type.Optional(NullableText),
  'currency.': Type.Optional(Type.Union([Type.Object({ code: Type.String() }), Type.Null()])),
});
type Move = Static<typeof Move>;

const MOVE_FIELDS = ['quantity', 'state', 'product.code', 'write_date', 'create_date'];
const LEAVING_FIELDS = [...MOVE_FIELDS, 'origin', 'unit_price', 'currency.code'];
export const SHIPMENT_FIELDS = [
  'number',
  'reference',
  'state',
  'warehouse',
  ...MOVE_FIELDS.map((field) => `inventory_moves.${field}`),
  ...LEAVING_FIELDS.map((field) => `outgoing_moves.${field}`),
];

export const ShipmentRow = Type.Object({
  id: Type.Integer(),
  number: NullableText,
  reference: NullableText,
  state: Type.String(),
  warehouse: Type.Optional(Type.Integer()),
  /** The sale of Tryton's own that it is for; added by the feed. */
  sale: Type.Optional(MoveDocument),
  'inventory_moves.': Type.Optional(Type.Array(Move)),
  'outgoing_moves.': Type.Optional(Type.Array(Move)),
});
export type ShipmentRow = Static<typeof ShipmentRow>;

type WorkLines = PickRecorded['lines'];
interface Work {
  readonly order: string;
  readonly release: ReleasedWork;
}

const QUANTITY_PLACES = 4;
const PICKED = new Set(['picked', 'packed', 'done']);

/**
 * What a shipment tells of the order that it was made for, each under an id of its own, so that a poll that sees it again
 * tells nothing new. What was picked is read from the moves off the shelf, which are final; that it was packed is told
 * only while it stands there packed, and is otherwise clear from its having left.
 */
export function shipmentMessages(row: ShipmentRow, work: Work): readonly InboundMessage[] {
  const picked = finalMoves(row['inventory_moves.']);
  const left = row['outgoing_moves.'] ?? [];
  const messages: (InboundMessage | undefined)[] = [];
  if (PICKED.has(row.state)) messages.push(...pickMessages(row, work, picked));
  if (row.state === 'packed')
    messages.push(message(row, work, { what: 'packed', definition: packRecorded, moves: left }));
  if (row.state === 'done') {
    const more = { shipment: row.number ?? String(row.id) };
    messages.push(message(row, work, { what: 'shipped', definition: shipmentRecorded, moves: left, more }));
  }
  if (row.state === 'cancelled') messages.push(cancelled(row, work, left));
  return messages.filter((each) => each !== undefined);
}

function pickMessages(row: ShipmentRow, work: Work, picked: readonly Move[]): readonly (InboundMessage | undefined)[] {
  const atMs = newestMs(picked);
  const missing = remainder(work.release.lines, picked);
  const about = { order: work.order, location: work.release.location, lines: missing };
  const eventId = `shipment:${row.id}:short`;
  return [
    message(row, work, { what: 'picked', definition: pickRecorded, moves: picked }),
    missing.length === 0 ? undefined : messageOf(shortPickRecorded, { eventId, occurredAtMs: atMs }, about),
  ];
}

function cancelled(row: ShipmentRow, { order, release }: Work, moves: readonly Move[]): InboundMessage {
  const told = { eventId: `shipment:${row.id}:cancelled`, occurredAtMs: newestMs(moves) };
  const lines = release.lines.map((line) => workLine(line, line.quantity));
  return messageOf(releaseEnded, told, {
    order,
    location: release.location,
    lines,
    outcome: 'CANCELLED',
    reason: 'The shipment was cancelled.',
  });
}

function message(
  row: ShipmentRow,
  { order, release }: Work,
  told: {
    readonly what: string;
    readonly definition: typeof pickRecorded | typeof packRecorded | typeof shipmentRecorded;
    readonly moves: readonly Move[];
    readonly more?: { readonly shipment: string };
  },
): InboundMessage | undefined {
  const lines = spread(release.lines, told.moves);
  if (lines.length === 0) return undefined;
  const data = { order, location: release.location, lines, ...told.more };
  const eventId = `shipment:${row.id}:${told.what}`;
  return { eventId, definition: told.definition, occurredAtMs: newestMs(told.moves), data };
}

/** Moved units over the lines that asked for them, in their order: Tryton does not know which line a move is for. */
function spread(lines: readonly ReleasedLine[], moves: readonly Move[]): WorkLines {
  const left = unitsBySku(moves);
  return lines.flatMap((line) => {
    const there = left.get(line.sku) ?? 0n;
    const asked = units(line.quantity);
    const taken = there < asked ? there : asked;
    left.set(line.sku, there - taken);
    return taken === 0n ? [] : [workLine(line, textOf(taken))];
  });
}

/** What the lines asked for beyond what was moved. */
function remainder(lines: readonly ReleasedLine[], moves: readonly Move[]): WorkLines {
  const there = new Map(spread(lines, moves).map(({ orderLine, quantity }) => [orderLine, units(quantity)]));
  return lines.flatMap((line) => {
    const missing = units(line.quantity) - (there.get(line.orderLine) ?? 0n);
    return missing === 0n ? [] : [workLine(line, textOf(missing))];
  });
}

function workLine({ orderLine, sku }: ReleasedLine, quantity: string): WorkLines[number] {
  return { lineId: orderLine, orderLine, sku: skuId(sku), quantity };
}

function finalMoves(moves: readonly Move[] = []): readonly Move[] {
  return moves.filter(({ state }) => state === 'done');
}

function unitsBySku(moves: readonly Move[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { 'product.': product, quantity } of moves) {
    const sku = skuId(product.code);
    sums.set(sku, (sums.get(sku) ?? 0n) + units(quantity));
  }
  return sums;
}

const units = (quantity: string | number): bigint => scaledInteger(quantity, QUANTITY_PLACES, 'quantity');
const textOf = (scaled: bigint): string =>
  decimalText(`${scaled / 10_000n}.${String(scaled % 10_000n).padStart(4, '0')}`, 'quantity');

/** When the newest of these moves took the state that it is in. */
export function newestMs(moves: readonly Move[]): number {
  return Math.max(0, ...moves.map(({ write_date: changed, create_date: made }) => Date.parse(changed ?? made)));
}
