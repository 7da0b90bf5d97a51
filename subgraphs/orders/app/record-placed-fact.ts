import { Refusal } from '../../../kernel/model/errors.ts';
import { parsePositiveInUnit } from '../../../kernel/model/convert-quantity.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { orderPlacedTold, type OrderPlacedTold, type ToldLine } from '../../../schema/events/inbox-orders.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { capture, checkTexts, type PlaceOrder } from './place-order.ts';
import type { KnownSku } from './registry.ts';
import { toldBy } from './told-by.ts';

export const isPlacedFact = ({ type }: EventEnvelope): boolean => type === orderPlacedTold.type;

/**
 * Keeps an order that a channel has taken and tells of, once by channel and number. Its stock, taxes and money are asked for by
 * whoever goes on with orders, also when the ledger is away now.
 * @returns undefined when it is kept; else what has to come first or what is wrong
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export async function recordPlacedFact(services: OrdersServices, envelope: EventEnvelope): Promise<string | undefined> {
  try {
    return await keep(services, envelope);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `refused:${error.code}`;
  }
}

async function keep(services: OrdersServices, envelope: EventEnvelope): Promise<string | undefined> {
  const data = readEvent(orderPlacedTold, envelope);
  const { channel, currency, lines } = data;
  const seller = await services.channels.get(channel);
  if (!seller) return `channel:${channel}`;
  const known = await services.skus.getMany(lines.map(({ sku }) => sku));
  const unknown = lines.find(({ sku }) => !known.has(sku));
  if (unknown) return `sku:${unknown.sku}`;
  if (seller.currency !== currency) {
    throw new Refusal('BAD_USER_INPUT', `${channel} sells in ${seller.currency}.`, { field: 'currency' });
  }
  const hash = contentHash({ type: envelope.type, data: envelope.data });
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const input = inputOf(data, known);
  checkTexts(input);
  const order = await capture(services, { input, channel, hash, toldBy: toldBy(envelope) }, cause);
  if (order.contentHash !== hash) return 'conflict:number';
  return undefined;
}

function inputOf(data: OrderPlacedTold, known: ReadonlyMap<string, KnownSku>): PlaceOrder {
  const { channel, externalId, customer = null, language, destination, charges, tenders } = data;
  return {
    channel,
    externalId,
    customer,
    ...(language !== undefined && { language }),
    ...(destination && { destination: destinationOf(destination) }),
    lines: data.lines.map((line) => lineOf(line, known)),
    ...(data.pricesIncludeTax === false && { pricesIncludeTax: false }),
    charges: charges.map(({ taxes, promotion, ...charge }) => ({
      ...charge,
      ...(promotion !== undefined && { promotion }),
      ...(taxes && { taxes }),
    })),
    tenders: tenders.map(({ tender, amountMinor, provider }) => ({
      tender,
      amountMinor,
      ...(provider && { provider }),
    })),
  };
}

function destinationOf({ country, postalCode }: NonNullable<OrderPlacedTold['destination']>) {
  const code = postalCode?.replaceAll(/\s/g, '').toUpperCase() ?? null;
  return { country, postalCode: code, latitude: null, longitude: null };
}

function lineOf(line: ToldLine, known: ReadonlyMap<string, KnownSku>): PlaceOrder['lines'][number] {
  const { sku, unitPriceMinor, discounts, taxes, pickupAt, allowsSubstitute } = line;
  const measured = known.get(sku) ?? { decimals: 0 };
  return {
    sku,
    quantity: formatQuantity(parsePositiveInUnit(line, measured), measured.decimals),
    unitPriceMinor,
    ...(discounts && { discounts: discounts.map(({ promotion = null, ...each }) => ({ promotion, ...each })) }),
    ...(taxes && { taxes }),
    ...(pickupAt !== undefined && { pickupAt }),
    ...(allowsSubstitute !== undefined && { allowsSubstitute }),
  };
}
