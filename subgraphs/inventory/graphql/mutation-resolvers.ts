import { channelId, locationId, networkId, skuId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import type { ReserveStock } from '../../../schema/commands/inventory.ts';
import type { Ledger } from '../app/ledger.ts';
import { isStoreChannel } from '../domain/find-channel.ts';
import type { Reservation } from '../domain/reservation.ts';
import type { ChannelRecord, NetworkRecord } from '../domain/sales-territory.ts';
import { assertMayPrioritise, assertMayReserve, assertMayReserveAs, callerOf, commandIdOf } from './access.ts';
import { ruleMutations } from './rule-resolvers.ts';
import type { MutationResolvers, ReserveStockInput } from './resolvers.generated.ts';

const LINES_MAX = 200;

export const mutationResolvers: MutationResolvers = {
  ...ruleMutations,

  async reserveStock(_parent, { input }, { ledger, identity }) {
    const request = reserveRequest(input, identity);
    const { commandId } = request;
    const { reservations } = await ledger
      .execute({ type: 'reserve-stock', request }, { commandId })
      .catch((error: unknown) => {
        throw withoutQuantities(ledger, request.channel, error);
      });
    return {
      reservations: reservations.map(({ id }) => reservationOf(ledger, id)),
      changeCursor: ledger.cursor,
    };
  },

  async cancelReservation(_parent, { input }, { ledger, identity }) {
    const owner = callerOf(identity);
    const commandId = commandIdOf(identity, input.idempotencyKey);
    const request = { commandId, reservations: [input.reservation] };
    await ledger.execute({ type: 'cancel-reservations', request, owner }, { commandId });
    return { reservation: reservationOf(ledger, input.reservation), changeCursor: ledger.cursor };
  },

  async extendReservation(_parent, { input }, { ledger, identity }) {
    const owner = callerOf(identity);
    const commandId = commandIdOf(identity, input.idempotencyKey);
    const { reservation, ttlMs } = input;
    const request = { commandId, reservation, ...(ttlMs !== undefined && ttlMs !== null && { ttlMs }) };
    await ledger.execute({ type: 'extend-reservation', request, owner }, { commandId });
    return { reservation: reservationOf(ledger, reservation), changeCursor: ledger.cursor };
  },

  async registerNetwork(_parent, { input }, { ledger }) {
    const id = networkId(input.id);
    const locations = input.locations.map((location) => locationId(location));
    await ledger.execute({ type: 'register-network', request: { id, locations } });
    return { network: ledger.state.territory.networks.get(id) as NetworkRecord, changeCursor: ledger.cursor };
  },

  async registerChannel(_parent, { input }, { ledger }) {
    const id = channelId(input.id);
    const { currency, publishes = 'ATS' } = input;
    const request = { id, network: networkId(input.network), currency, publishes };
    await ledger.execute({ type: 'register-channel', request });
    return { channel: ledger.state.territory.channels.get(id) as ChannelRecord, changeCursor: ledger.cursor };
  },
};

function reserveRequest(input: ReserveStockInput, identity: Identity): ReserveStock {
  const { kind = 'CART', lines, ttlMs, priority } = input;
  if (lines.length === 0 || lines.length > LINES_MAX) {
    throw new Refusal('BAD_USER_INPUT', `lines must be 1 to ${LINES_MAX}.`, { field: 'lines', max: LINES_MAX });
  }
  if (kind === 'ORDER') {
    throw new Refusal('BAD_USER_INPUT', 'Reservations of orders are made by placing the order.', { field: 'kind' });
  }
  assertMayReserveAs(identity, kind);
  if (priority !== undefined && priority !== null) assertMayPrioritise(identity);
  const channel = channelId(input.channel);
  const location = input.location ? locationId(input.location) : undefined;
  assertMayReserve(identity, { location, isStoreChannel: isStoreChannel(channel) });
  return {
    commandId: commandIdOf(identity, input.idempotencyKey),
    kind,
    channel,
    ...(location !== undefined && { location }),
    owner: callerOf(identity),
    ...(ttlMs !== undefined && ttlMs !== null && { ttlMs }),
    ...(priority !== undefined && priority !== null && { priority }),
    lines: lines.map(({ sku, quantity, unit }, index) => {
      return { lineRef: String(index), sku: skuId(sku), quantity, ...(unit && { unit }) };
    }),
  };
}

/** @throws {Refusal} UNKNOWN_RESERVATION when it ended so long ago that nothing is known of it */
function reservationOf({ state }: Ledger, id: string): Reservation {
  const reservation = state.reservations.get(id);
  if (!reservation) throw new Refusal('UNKNOWN_RESERVATION', `No reservation ${id} is known.`, { reservation: id });
  return reservation;
}

/** A channel that tells bands only must not tell quantities by its refusals. */
function withoutQuantities({ state }: Ledger, channel: string, error: unknown): unknown {
  const isBand = state.territory.channels.get(channel)?.publishes === 'BAND';
  if (!isBand || !(error instanceof Refusal) || error.code !== 'INSUFFICIENT_STOCK') return error;
  const lines = error.details['lines'] as readonly { readonly available: string }[];
  const hidden = lines.map(({ available: _hidden, ...line }) => line);
  return new Refusal(error.code, error.message, { lines: hidden }, { cause: error });
}
