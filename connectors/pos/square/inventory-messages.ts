import { parseAs } from '../../../kernel/model/json-schema.ts';
import { skuId } from '../../../kernel/model/codes.ts';
import { stockAdjusted, stockCounted } from '../../../schema/events/inbox.ts';
import { mapped, type CodeMapping } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound, InboundFact } from '../../runtime/inbound.ts';
import { factOf } from '../../runtime/message-of.ts';
import { Unreadable, unreadableMessage } from '../../runtime/unreadable.ts';
import type { MovementReason } from '../../../schema/events/fields.ts';
import { INVENTORY_CHANGES, type InventoryChange, type RawChange } from './inventory-objects.ts';
import type { SquareApi } from './square-api.ts';
import { ECHO_PREFIX, type SquareMapping } from './square-mapping.ts';

export interface InventoryReader {
  readonly api: SquareApi;
  readonly mapping: SquareMapping;
}

type Fact = InboundFact & { readonly part: string };
type Facts = Pick<
  Extract<InventoryChange, { readonly type: 'ADJUSTMENT' }>['adjustment'],
  'catalog_object_id' | 'quantity' | 'occurred_at'
>;

const IN_STOCK = 'IN_STOCK';

/**
 * Changes of the inventory as messages, each under its own id. Goods that were sold or came back are told by their orders,
 * and what the hub itself wrote is known already: neither gives a message.
 */
export async function inventoryMessages(
  changes: readonly RawChange[],
  { api, mapping }: InventoryReader,
): Promise<readonly Inbound[]> {
  const told: { readonly raw: RawChange; readonly change: InventoryChange }[] = [];
  const messages: Inbound[] = [];
  for (const raw of changes) {
    try {
      const change = parsed(raw);
      if (isNews(change)) told.push({ raw, change });
    } catch (error) {
      messages.push(unreadable(raw, error));
    }
  }
  const variations = told.map(({ change }) => ({ id: factsOf(change).catalog_object_id, version: 0 }));
  const skus = await api.skus(variations);
  for (const { raw, change } of told) {
    try {
      const facts = factsOfChange(change, { skus, mapping });
      if (facts.length > 0) messages.push({ eventId: eventIdOf(raw), facts, origin: originOf(raw) });
    } catch (error) {
      messages.push(unreadable(raw, error));
    }
  }
  return messages;
}

function parsed(raw: RawChange): InventoryChange {
  const schema = INVENTORY_CHANGES[raw.type];
  if (!schema) throw new Unreadable(`The type of inventory change "${raw.type}" is not known.`);
  return parseAs(schema, raw, 'inventory change');
}

function unreadable(raw: RawChange, error: unknown): Inbound {
  return unreadableMessage(error, { eventId: eventIdOf(raw), raw, origin: originOf(raw) });
}

function originOf(body: RawChange): { readonly kind: string; readonly body: RawChange } {
  return { kind: 'inventory-change', body };
}

function eventIdOf({ physical_count: count, adjustment, transfer }: RawChange): string {
  return `inventory:${(count ?? adjustment ?? transfer)?.id ?? ''}`;
}

function factsOf(change: InventoryChange): Facts & { readonly reference_id?: string } {
  switch (change.type) {
    case 'PHYSICAL_COUNT':
      return change.physical_count;
    case 'ADJUSTMENT':
      return change.adjustment;
    case 'TRANSFER':
      return change.transfer;
  }
}

function isNews(change: InventoryChange): boolean {
  if (factsOf(change).reference_id?.startsWith(ECHO_PREFIX) === true) return false;
  if (change.type !== 'ADJUSTMENT') return true;
  const { transaction_id: sale, refund_id: refund } = change.adjustment;
  return sale === undefined && refund === undefined;
}

interface Around {
  readonly skus: ReadonlyMap<string, string>;
  readonly mapping: SquareMapping;
}

/** @throws {Unreadable} for an unmapped value or an inexact quantity */
function factsOfChange(change: InventoryChange, around: Around): readonly Fact[] {
  switch (change.type) {
    case 'PHYSICAL_COUNT': {
      const count = change.physical_count;
      if (count.state !== IN_STOCK) return [];
      const location = mapped(around.mapping.locations, count.location_id, 'location');
      const data = { location, lines: [lineOf(count, around)] };
      return [{ part: 'counted', ...factOf(stockCounted, Date.parse(count.occurred_at), data) }];
    }
    case 'ADJUSTMENT': {
      const { from_state: from, to_state: to, location_id: place } = change.adjustment;
      if ((from === IN_STOCK) === (to === IN_STOCK)) return [];
      const reason = mapped(reasonsOf(around), `${from}>${to}`, 'inventory adjustment');
      return [adjusted('adjusted', change.adjustment, { around, place, reason, sign: to === IN_STOCK ? '' : '-' })];
    }
    case 'TRANSFER': {
      const { from_location_id: from, to_location_id: to } = change.transfer;
      return [
        adjusted('left', change.transfer, { around, place: from, reason: 'TRANSFER', sign: '-' }),
        adjusted('arrived', change.transfer, { around, place: to, reason: 'TRANSFER', sign: '' }),
      ];
    }
  }
}

function reasonsOf({ mapping }: Around): CodeMapping<MovementReason> {
  return mapping.reasons ?? {};
}

function adjusted(
  part: string,
  facts: Facts,
  how: {
    readonly around: Around;
    readonly place: string;
    readonly reason: MovementReason;
    readonly sign: '' | '-';
  },
): Fact {
  const { around, place, reason, sign } = how;
  const line = lineOf(facts, around);
  const location = mapped(around.mapping.locations, place, 'location');
  const lines = [{ ...line, quantity: `${sign}${line.quantity}`, reason }];
  return { part, ...factOf(stockAdjusted, Date.parse(facts.occurred_at), { location, lines }) };
}

function lineOf(
  { catalog_object_id: variation, quantity }: Facts,
  { skus }: Around,
): { readonly lineId: string; readonly sku: string; readonly quantity: string } {
  const sku = skus.get(variation);
  if (sku === undefined) throw new Unreadable(`The variation ${variation} has no SKU in the catalogue.`);
  return { lineId: '1', sku: skuId(sku), quantity: decimalText(quantity, 'quantity') };
}
