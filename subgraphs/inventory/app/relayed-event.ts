import { formatQuantity } from '../../../kernel/model/quantity.ts';
import {
  backorderCovered,
  owedSupplyChanged,
  channelRegistered,
  locationRegistered,
  orderTransferChanged,
  reservationExpired,
  reservationRefused,
  shortageRecorded,
  stockBackordered,
} from '../../../schema/events/inventory.ts';
import type { EventDefinition } from '../../../schema/events/event-definition.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import type { LedgerEvent, LedgerEventOf } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { promisedOf, statusOf } from '../domain/transfer.ts';
import { sourceExceptionsOf } from './source-exceptions.ts';
import { stockExceptionTold } from './stock-exception-told.ts';
import { CONTEXT, type LedgerBatch } from './ledger.ts';

export type Publication = ReturnType<typeof publicationOf>;

interface Told {
  readonly definition: EventDefinition;
  readonly key: string;
  readonly data: unknown;
}

/**
 * What others act on, ready for the durable stream. Ids follow from the place in the log, so that a repetition is
 * recognised. Networks are told as they are now, because a channel that is told late must not bring old locations back.
 */
export function relayedEvents(state: LedgerState, batch: LedgerBatch): readonly Publication[] {
  const publications: Publication[] = [];
  for (const [index, event] of batch.events.entries()) {
    // Most events are nobody else's business.
    for (const [part, { definition, key, data }] of toldBy(state, event).entries()) {
      const id = `${CONTEXT}:${batch.epoch}.${batch.seq}.${index}.${part}`;
      const moment = { occurredAtMs: batch.recordedAtMs, recordedAtMs: batch.recordedAtMs };
      const source = { system: CONTEXT, eventId: id };
      publications.push(publicationOf(definition, { id, key, source, ...moment, correlationId: id, data }));
    }
  }
  return publications;
}

function toldBy(state: LedgerState, event: LedgerEvent): readonly Told[] {
  switch (event.type) {
    case 'location-registered': {
      const { location, name, locationType: type, timeZone, capabilities } = event;
      return [
        { definition: locationRegistered, key: location, data: { location, name, type, timeZone, capabilities } },
      ];
    }
    case 'channel-registered':
      return [channelTold(state, event.channel)];
    case 'network-registered':
      return [...state.territory.channels.values()]
        .filter(({ network }) => network === event.network)
        .map(({ id }) => channelTold(state, id));
    case 'reservation-expired': {
      const { reservation, sku, steps, kind, owner } = event;
      const data = {
        reservation,
        sku,
        quantity: quantityOf(state, sku, steps),
        kind,
        ...(owner !== undefined && { owner }),
      };
      return [{ definition: reservationExpired, key: owner ?? reservation, data }];
    }
    case 'reservation-refused': {
      const { channel, kind, owner } = event;
      const lines = event.lines.map(({ sku, asked, available }) => {
        return { sku, asked: quantityOf(state, sku, asked), available: quantityOf(state, sku, available) };
      });
      const data = { channel, kind, ...(owner !== undefined && { owner }), lines };
      return [{ definition: reservationRefused, key: owner ?? channel, data }];
    }
    case 'stock-reserved':
      return backordersTold(state, event);
    case 'backorder-covered': {
      const { reservation, sku, steps, kind, owner } = event;
      if (kind === undefined) return [];
      const data = { reservation, sku, quantity: quantityOf(state, sku, steps), kind, ...(owner && { owner }) };
      return [{ definition: backorderCovered, key: owner ?? reservation, data }];
    }
    case 'supply-stated':
      return owedSupplyTold(state, event);
    case 'shortage-recorded': {
      const { sku, location, short, atRisk } = event;
      const claims = atRisk?.map(({ steps, ...claim }) => ({ ...claim, quantity: quantityOf(state, sku, steps) }));
      const data = { sku, location, short: quantityOf(state, sku, short), ...(claims && { atRisk: claims }) };
      return [{ definition: shortageRecorded, key: sku, data }];
    }
    case 'transfer-staged':
    case 'transfer-shipped':
    case 'transfer-received':
    case 'transfer-lost':
    case 'transfer-given-up':
    case 'transfer-cancelled':
      return orderTransferTold(state, event.transfer);
    case 'exception-raised':
    case 'exception-cleared':
      return [stockExceptionTold(state, event)];
    default:
      return sourceExceptionsOf(event);
  }
}

/** As it is now, which may be later than the batch: its figures go one way alone. */
function orderTransferTold(state: LedgerState, id: string): readonly Told[] {
  const transfer = state.transfers.get(id);
  if (!transfer?.order) return NOTHING_TOLD;
  const { order, from, to } = transfer;
  const lines = transfer.lines.map((line) => {
    const sku = state.skuIds.textOf(line.sku);
    const text = (steps: number): string => quantityOf(state, sku, steps);
    const { wanted = 0, bound = 0 } = line;
    return { orderLine: line.line, sku, coming: text(wanted), onTheWay: text(promisedOf(line)), arrived: text(bound) };
  });
  const ends = { from: state.locationIds.textOf(from), to: state.locationIds.textOf(to) };
  const data = { transfer: id, order: order.id, ...ends, status: statusOf(transfer), lines };
  return [{ definition: orderTransferChanged, key: order.id, data }];
}

/** Claims that are told of one statement about what is to come; those of the others look at it when it comes. */
const OWED_TOLD_MAX = 5_000;

/** Whoever is owed units of it may have been promised them for another day. */
function owedSupplyTold(state: LedgerState, { lines }: LedgerEventOf<'supply-stated'>): readonly Told[] {
  const told: Told[] = [];
  for (const sku of new Set(lines.map((line) => line.sku))) {
    const index = state.skuIds.find(sku);
    for (const reservation of index === undefined ? [] : state.backorders.waitingFor(index)) {
      const { kind, owner } = state.reservations.get(reservation) ?? {};
      if (kind === undefined || owner === undefined) continue;
      if (told.length === OWED_TOLD_MAX) return told;
      told.push({ definition: owedSupplyChanged, key: owner, data: { reservation, sku, kind, owner } });
    }
  }
  return told;
}

const NOTHING_TOLD: readonly Told[] = [];
const isOwed = ({ backordered = 0 }: { readonly backordered?: number }): boolean => backordered > 0;

function backordersTold(state: LedgerState, event: LedgerEventOf<'stock-reserved'>): readonly Told[] {
  if (!event.lines.some(isOwed)) return NOTHING_TOLD;
  const { channel, kind, owner } = event;
  return event.lines.flatMap(({ id: reservation, lineRef, sku, backordered = 0 }) => {
    if (backordered === 0) return [];
    const quantity = quantityOf(state, sku, backordered);
    const data = { reservation, lineRef, sku, quantity, channel, kind, ...(owner && { owner }) };
    return [{ definition: stockBackordered, key: owner ?? reservation, data }];
  });
}

function channelTold(state: LedgerState, id: string): Told {
  const { territory, locationIds } = state;
  const record = territory.channels.get(id);
  const network = record && territory.networkOf(record);
  const locations = network?.locations.map((location) => locationIds.textOf(location)) ?? [];
  const { currency = '', publishes = 'ATS' } = record ?? {};
  return {
    definition: channelRegistered,
    key: id,
    data: { channel: id, network: network?.id ?? '', locations, currency, publishes },
  };
}

function quantityOf(state: LedgerState, sku: string, steps: number): string {
  const index = state.skuIds.find(sku);
  return formatQuantity(steps, (index === undefined ? undefined : state.skus[index]?.decimals) ?? 0);
}
