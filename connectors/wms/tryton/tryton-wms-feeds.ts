import type { Feed, FeedPage } from '../../runtime/feed.ts';
import type { Inbound, Origin } from '../../runtime/inbound.ts';
import { readable, unreadableMessage } from '../../runtime/unreadable.ts';
import { changedRecords, LONGEST_TRANSACTION_MS, type ChangedModel } from '../../systems/tryton/changed-records.ts';
import { recordsOf, type RecordId, type TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { isOwnReference } from '../../systems/tryton/own-reference.ts';
import { documentsOf } from './move-documents.ts';
import { ownShipmentMessage } from './own-shipment-facts.ts';
import { SHIPMENT_FIELDS, shipmentMessages, ShipmentRow } from './shipment-facts.ts';
import { COUNT_FIELDS, countMessage, CountRow, MOVE_FIELDS, moveMessage, MoveRow } from './stock-facts.ts';
import type { ReleasedWorkRegister } from './released-work.ts';
import { SHIPMENT } from './tryton-shipments.ts';
import type { TrytonWarehouses } from './tryton-warehouses.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

export interface TrytonWmsFeedParts {
  readonly api: TrytonApi;
  readonly warehouses: TrytonWarehouses;
  readonly releases: ReleasedWorkRegister;
  readonly mapping: TrytonWmsMapping;
}

/** Shipments, moves and inventories of the mapped warehouses, by the time of their last change. */
export function trytonWmsFeeds(parts: TrytonWmsFeedParts): readonly Feed[] {
  const { api, warehouses, mapping } = parts;
  return [
    feed('shipments', { api, changed: { model: SHIPMENT } }, async (ids) => {
      const known = await warehouses.all();
      const domain = [['warehouse', 'in', known.map(({ id }) => id)]];
      const found = await recordsOf(api, {
        model: SHIPMENT,
        ids,
        domain,
        fields: SHIPMENT_FIELDS,
        schema: ShipmentRow,
      });
      const rows = await withSales(api, found);
      return (await Promise.all(rows.map((row) => shipmentTold(row, parts)))).flat();
    }),
    feed('moves', { api, changed: { model: 'stock.move', domain: [['state', '=', 'done']] } }, async (ids) => {
      const known = await warehouses.all();
      const moves = await recordsOf(api, { model: 'stock.move', ids, fields: MOVE_FIELDS, schema: MoveRow });
      const rows = await withDocuments(api, moves);
      return rows.map((row) => moveMessage(row, known, mapping)).filter((message) => message !== undefined);
    }),
    feed('counts', { api, changed: { model: 'stock.inventory', domain: [['state', '=', 'done']] } }, async (ids) => {
      const known = await warehouses.all();
      const rows = await recordsOf(api, { model: 'stock.inventory', ids, fields: COUNT_FIELDS, schema: CountRow });
      return rows.map((row) => countMessage(row, known)).filter((message) => message !== undefined);
    }),
  ];
}

/** What a row of one of the feeds tells, by the mapping as it is given now. */
export async function readTrytonStockAgain(origin: Origin, parts: TrytonWmsFeedParts): Promise<readonly Inbound[]> {
  const { kind, body } = origin;
  if (kind === 'shipment') return shipmentTold(body as ShipmentRow, parts);
  const message = moveMessage(body as MoveRow, await parts.warehouses.all(), parts.mapping);
  return message ? [message] : [];
}

/** The sales of Tryton's own that shipments are for. */
async function withSales(api: TrytonApi, shipments: readonly ShipmentRow[]): Promise<readonly ShipmentRow[]> {
  const left = shipments.filter(({ reference, state }) => state === 'done' && !reference);
  const moves = left.flatMap(({ id, 'outgoing_moves.': outgoing = [] }) =>
    outgoing.flatMap(({ origin = null }) => (origin === null ? [] : [{ id, origin, shipment: null }])),
  );
  const sales = await documentsOf(api, moves);
  return shipments.map((shipment) => {
    const sale = sales.get(shipment.id);
    return sale ? { ...shipment, sale } : shipment;
  });
}

async function withDocuments(api: TrytonApi, moves: readonly MoveRow[]): Promise<readonly MoveRow[]> {
  const documents = await documentsOf(api, moves);
  return moves.map((move) => {
    const document = documents.get(move.id);
    return document ? { ...move, document } : move;
  });
}

/** Shipments that nobody released through the hub are Tryton's own trade. */
async function shipmentTold(row: ShipmentRow, { releases, ...parts }: TrytonWmsFeedParts): Promise<readonly Inbound[]> {
  const origin = { kind: 'shipment', body: row };
  const work = await releases.byReference(row.reference ?? '');
  if (work) {
    try {
      return shipmentMessages(row, work).map((message) => ({ ...message, origin }));
    } catch (error) {
      return [unreadableMessage(error, { eventId: `shipment:${row.id}`, raw: row, origin })];
    }
  }
  if (row.state !== 'done' || [row.reference, row.sale?.reference].some(isOwnReference)) return [];
  const eventId = `shipment:${row.id}:foreign`;
  const warehouses = row.sale ? await parts.warehouses.all() : [];
  const location = warehouses.find(({ id }) => id === row.warehouse)?.location;
  return [readable(eventId, row, () => ownShipmentMessage(eventId, row, { ...parts, location }), origin)];
}

function feed(
  name: string,
  { api, changed }: { readonly api: TrytonApi; readonly changed: ChangedModel },
  toMessages: (ids: readonly RecordId[]) => Promise<readonly Inbound[]>,
): Feed {
  const read = async (after: number): Promise<FeedPage> => {
    const { ids, lastMs, hasMore } = await changedRecords(api, changed, after);
    return { messages: await toMessages(ids), last: lastMs, hasMore };
  };
  return { name, overlap: LONGEST_TRANSACTION_MS, read };
}
