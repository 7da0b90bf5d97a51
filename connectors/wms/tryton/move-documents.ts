import { Type, type Static } from '@sinclair/typebox';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';

const NullableText = Type.Union([Type.String(), Type.Null()]);

/** The document that a move of goods belongs to, with what the move itself does not say. */
export const MoveDocument = Type.Object({
  /** `purchase`: an order to a supplier. `transfer`: goods that go from one place of the company to another. */
  kind: Type.Union([Type.Literal('purchase'), Type.Literal('transfer'), Type.Literal('sale')]),
  /** What others call it by. */
  number: NullableText,
  reference: NullableText,
  /** Of a transfer: the places between which it goes. */
  from: Type.Optional(Type.Integer()),
  to: Type.Optional(Type.Integer()),
});
export type MoveDocument = Static<typeof MoveDocument>;

/** A move, as far as it tells of its document. */
interface Moved {
  readonly id: RecordId;
  /** `model,id` */
  readonly shipment: string | null;
  readonly origin: string | null;
}

const Internal = Type.Object({
  id: Type.Integer(),
  number: NullableText,
  reference: NullableText,
  from_location: Type.Integer(),
  to_location: Type.Integer(),
});
const Document = Type.Object({ number: NullableText, reference: NullableText });
const PurchaseLine = Type.Object({ id: Type.Integer(), 'purchase.': Document });
const SaleLine = Type.Object({ id: Type.Integer(), 'sale.': Type.Union([Document, Type.Null()]) });

const INTERNAL = 'stock.shipment.internal';
const PURCHASE_LINE = 'purchase.line';
const SALE_LINE = 'sale.line';

/** The documents of moves, by the ids of the moves; one question per kind of document that is among them. */
export async function documentsOf(
  api: TrytonApi,
  moves: readonly Moved[],
): Promise<ReadonlyMap<RecordId, MoveDocument>> {
  const ids = (of: 'shipment' | 'origin', model: string): readonly RecordId[] => [
    ...new Set(moves.map((move) => idIn(move[of], model)).filter((id) => id !== undefined)),
  ];
  const [transfers, purchases, sales] = await Promise.all([
    transfersOf(api, ids('shipment', INTERNAL)),
    linesOf(api, { model: PURCHASE_LINE, ids: ids('origin', PURCHASE_LINE) }),
    linesOf(api, { model: SALE_LINE, ids: ids('origin', SALE_LINE) }),
  ]);
  const found = new Map<RecordId, MoveDocument>();
  for (const { id, shipment, origin } of moves) {
    const document =
      transfers.get(idIn(shipment, INTERNAL) ?? 0) ??
      purchases.get(idIn(origin, PURCHASE_LINE) ?? 0) ??
      sales.get(idIn(origin, SALE_LINE) ?? 0);
    if (document) found.set(id, document);
  }
  return found;
}

async function transfersOf(api: TrytonApi, ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, MoveDocument>> {
  if (ids.length === 0) return new Map();
  const fields = ['number', 'reference', 'from_location', 'to_location'];
  const rows = await api.search(INTERNAL, { domain: [['id', 'in', [...ids]]], fields }, Internal);
  return new Map(
    rows.map(({ id, number, reference, from_location: from, to_location: to }) => [
      id,
      { kind: 'transfer' as const, number, reference, from, to },
    ]),
  );
}

async function linesOf(
  api: TrytonApi,
  { model, ids }: { readonly model: typeof PURCHASE_LINE | typeof SALE_LINE; readonly ids: readonly RecordId[] },
): Promise<ReadonlyMap<RecordId, MoveDocument>> {
  if (ids.length === 0) return new Map();
  const domain = [['id', 'in', [...ids]]];
  if (model === PURCHASE_LINE) {
    const fields = ['purchase.number', 'purchase.reference'];
    const rows = await api.search(model, { domain, fields }, PurchaseLine);
    return new Map(rows.map(({ id, 'purchase.': told }) => [id, documentOf('purchase', told)]));
  }
  const rows = await api.search(model, { domain, fields: ['sale.number', 'sale.reference'] }, SaleLine);
  return new Map(
    rows.flatMap(({ id, 'sale.': told }) => (told === null ? [] : [[id, documentOf('sale', told)] as const])),
  );
}

function documentOf(kind: 'purchase' | 'sale', { number, reference }: Static<typeof Document>): MoveDocument {
  return { kind, number, reference };
}

function idIn(reference: string | null, model: string): RecordId | undefined {
  const [named, id] = reference?.split(',') ?? [];
  return named === model ? Number(id) : undefined;
}
