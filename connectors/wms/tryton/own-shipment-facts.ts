import { skuId } from '../../../kernel/model/codes.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import { ownSaleMessage } from './own-trade-facts.ts';
import { newestMs, type ShipmentRow } from './shipment-facts.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

/**
 * What a shipment tells that the hub did not release: a sale of Tryton's own that has left.
 * @throws {Unreadable} for a shipment without a sale, or while no channel is named for such sales
 */
export function ownShipmentMessage(
  eventId: string,
  row: ShipmentRow,
  { mapping, location }: { readonly mapping: TrytonWmsMapping; readonly location: string | undefined },
): Inbound {
  const { sale, number, 'outgoing_moves.': moves = [] } = row;
  if (!sale?.number || location === undefined || mapping.ownChannel === undefined) {
    throw new Unreadable(`The shipment ${number ?? row.id} was not released by the hub.`);
  }
  const lines = moves.map(
    ({ 'product.': product, quantity, unit_price: unitPrice = null, 'currency.': of }, index) => ({
      lineId: String(index + 1),
      sku: skuId(product.code),
      quantity: decimalText(quantity, 'quantity'),
      unitPrice,
      currency: of?.code ?? null,
    }),
  );
  // A sale may leave in several shipments, each of which is paid for by itself.
  const trade = { location, number: `${sale.number}/${number ?? row.id}`, lines };
  return ownSaleMessage({ eventId, occurredAtMs: newestMs(moves), ...trade }, mapping);
}
