import { stepsInUnit, type Measured } from '../../../kernel/model/convert-quantity.ts';
import { isRefusal, Refusal, toRefusal } from '../../../kernel/model/errors.ts';
import { parseQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { orderChangeTold, type OrderChangeTold } from '../../../schema/events/inbox-changes.ts';
import type { NewLine } from '../domain/capture-order.ts';
import type { Order } from '../domain/order.ts';
import type { ToldChange } from '../domain/changes/translate-change.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';
import type { KnownSku } from './registry.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'skus' | 'wms' | 'parked' | 'telemetry'>;

/** What keeps a change that is told before its order is placed: told of an order whose stock is not claimed, it would fit nothing. */
export const waitsForPlacing = (channel: string, externalId: string): string => `placed:${channel}/${externalId}`;

export const isChangeFact = ({ type }: EventEnvelope): boolean => type === orderChangeTold.type;

/**
 * Takes in what a platform tells of a changed order, once by its source and event id, in the meaning of that platform. What it
 * needs more of is claimed afterwards; when that is refused, people are told.
 * @returns undefined when it is taken in; else what has to come first or what is wrong, and the fact is to be parked
 * @throws {Obstacle} LOG_OF_LATER_VERSION, or VERSION_CONFLICT while another change waits
 */
export async function recordChangeFact(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const data = readEvent(orderChangeTold, envelope);
  const { channel, externalId, change } = data;
  const order = await services.store.findByNumber(channel, externalId);
  if (!order || order.status === 'RECEIVED') return waitsForPlacing(channel, externalId);
  const known = await services.skus.getMany(change.lines.map(({ sku }) => sku));
  const unknown = change.lines.find(({ sku }) => !known.has(sku));
  if (unknown) return `sku:${unknown.sku}`;
  try {
    await applyChange(services, order, { envelope, data, known });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'VERSION_CONFLICT') throw error;
    return `refused:${error.code}`;
  }
  if (change.meaning === 'RECREATED') await renumber(services, order, change.newExternalId);
  return undefined;
}

/** What was told under the new number before the hub knew it goes on. */
async function renumber(services: Services, order: Order, number: string): Promise<void> {
  await services.store.addNumber(order, number);
  await services.parked.resume(waitsForPlacing(order.channel, number), (fact) => recordChangeFact(services, fact));
}

interface Told {
  readonly envelope: EventEnvelope;
  readonly data: OrderChangeTold;
  readonly known: ReadonlyMap<string, KnownSku>;
}

async function applyChange({ store, wms }: Services, { id }: Order, { envelope, data, known }: Told): Promise<void> {
  const { system, eventId } = envelope.source;
  const cause: Cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const once = { key: `${system}/${eventId}`, contentHash: '' };
  const told = toldBy(envelope);
  const wmsLocations = wms.flatMap((each) => each.locations);
  const change = readChange(data, known);
  const { reason = 'The order was changed there.', authority = system } = data;
  await store.change(
    id,
    { type: 'TakeToldChange', change, by: system, reason, authority, wmsLocations, told, once },
    cause,
  );
}

/** An order that was made anew under another number is the one before, as it is to be. */
function readChange({ change }: OrderChangeTold, known: ReadonlyMap<string, KnownSku>): ToldChange {
  const lines = change.lines.map((line) => newLineOf(line, known));
  if (change.meaning === 'LINE_DELTAS') return { meaning: 'LINE_DELTAS', lines };
  const { shipping } = change;
  return { meaning: 'WHOLE_ORDER', lines, ...(shipping && { shipping: withoutAbsent(shipping) }) };
}

type ToldLine = OrderChangeTold['change']['lines'][number];
type ToldShipping = NonNullable<Extract<OrderChangeTold['change'], { readonly meaning: 'WHOLE_ORDER' }>['shipping']>;

const withoutAbsent = ({ taxes, ...shipping }: ToldShipping) => (taxes ? { ...shipping, taxes } : shipping);

function newLineOf(line: ToldLine, known: ReadonlyMap<string, KnownSku>): NewLine {
  const measured = known.get(line.sku) ?? { decimals: 0 as const };
  const { sku, unitPriceMinor, discounts, taxes } = line;
  return {
    sku,
    decimals: measured.decimals,
    ordered: stepsOf(line, measured),
    unitPriceMinor,
    ...(discounts && {
      discounts: discounts.map(({ promotion = null, ...discount }) => ({ promotion, ...discount })),
    }),
    ...(taxes && { taxes }),
  };
}

/** What is less than zero is so much less. */
function stepsOf({ quantity, unit }: ToldLine, measured: Measured): Steps {
  if (unit === undefined) return parseQuantity(quantity, measured.decimals);
  const steps = stepsInUnit(quantity, unit, measured);
  if (isRefusal(steps)) throw toRefusal(steps);
  return steps;
}
