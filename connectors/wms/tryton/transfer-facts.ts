import { transferReceived, transferShipped } from '../../../schema/events/inbox-supply.ts';
import type { Inbound, InboundFact } from '../../runtime/inbound.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { MoveDocument } from './move-documents.ts';
import type { TrytonWarehouse } from './tryton-warehouses.ts';

/** A move of a transfer, with the warehouses that it begins and ends in; neither is where goods are under way. */
export interface TransferMove {
  readonly eventId: string;
  readonly occurredAtMs: number;
  readonly line: { readonly lineId: string; readonly sku: string; readonly quantity: string };
  readonly from: TrytonWarehouse | undefined;
  readonly to: TrytonWarehouse | undefined;
  readonly document: MoveDocument;
  readonly warehouseOf: (place: number) => TrytonWarehouse | undefined;
}

/**
 * The legs of a transfer that one move tells: both where goods go straight from one warehouse to the other, one where they
 * are under way in between. A transfer that the hub asked for bears its id as its reference.
 * @throws {Unreadable} when it does not go between two warehouses that the hub knows
 */
export function transferMessage({ eventId, occurredAtMs, line, from, to, ...move }: TransferMove): Inbound {
  const { document, warehouseOf } = move;
  const transfer = document.reference || document.number;
  const [source, target] = [from ?? warehouseOf(document.from ?? 0), to ?? warehouseOf(document.to ?? 0)];
  if (!transfer || !source || !target || source === target) {
    throw new Unreadable('Goods that go between a warehouse and a place that is none of the hub’s cannot be told.');
  }
  const lines = [line];
  const facts: (InboundFact & { readonly part: string })[] = [];
  if (from) {
    const data = { transfer, location: source.location, to: target.location, lines };
    facts.push({ part: 'shipped', definition: transferShipped, occurredAtMs, data });
  }
  if (to) {
    const data = { transfer, location: target.location, from: source.location, lines };
    facts.push({ part: 'received', definition: transferReceived, occurredAtMs, data });
  }
  return { eventId, facts };
}
