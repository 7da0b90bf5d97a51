import { channelId, locationId, skuId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { availabilityOf, channelOf, nodeAvailabilityOf } from '../app/availability-query.ts';
import { findPositions } from '../app/find-positions.ts';
import { offersOf } from '../app/offers-query.ts';
import { assertStore, callerOf } from './access.ts';
import { askPast, isGiven } from './ask-past.ts';
import { readPositionList, toPositionConnection } from './list-positions.ts';
import { readAtLeast } from './read-at-least.ts';
import { readSkus } from './read-codes.ts';
import { serialQuery } from './tracked-resolvers.ts';
import { ruleQueries } from './rule-resolvers.ts';
import type { QueryResolvers } from './resolvers.generated.ts';

/** SKUs times channels of one query. */
const ANSWERS_MAX = 2_000;
const OFFER_LINES_MAX = 100;

export const queryResolvers: QueryResolvers = {
  ...ruleQueries,
  ...serialQuery,

  availability(_parent, { skus, channel, atLeast, asOf }, context) {
    const ids = readSkus(skus);
    if (isGiven(asOf)) {
      return askPast(context, { asOf, atLeast }, { type: 'availabilities', skus: ids, channels: [channelId(channel)] });
    }
    const { ledger } = context;
    return readAtLeast(ledger, atLeast, (state, seq) => {
      const record = channelOf(state, channelId(channel));
      return ids.map((sku) => availabilityOf(state, { sku, channel: record }, seq));
    });
  },

  availabilities(_parent, { skus, channels, atLeast, asOf }, context) {
    const ids = readSkus(skus);
    const wanted = channels.map((channel) => channelId(channel));
    assertAnswers(ids.length * wanted.length);
    if (isGiven(asOf)) {
      return askPast(context, { asOf, atLeast }, { type: 'availabilities', skus: ids, channels: wanted });
    }
    const { ledger } = context;
    return readAtLeast(ledger, atLeast, (state, seq) => {
      const records = wanted.map((channel) => channelOf(state, channel));
      return ids.flatMap((sku) => records.map((channel) => availabilityOf(state, { sku, channel }, seq)));
    });
  },

  offers(_parent, { channel, lines, atLeast, asOf }, context) {
    if (lines.length === 0 || lines.length > OFFER_LINES_MAX) {
      const message = `lines must be 1 to ${OFFER_LINES_MAX}.`;
      throw new Refusal('BAD_USER_INPUT', message, { field: 'lines', max: OFFER_LINES_MAX });
    }
    const wanted = lines.map(({ sku, quantity, unit }) => ({ sku: skuId(sku), quantity, ...(unit && { unit }) }));
    if (isGiven(asOf)) {
      return askPast(context, { asOf, atLeast }, { type: 'offers', channel: channelId(channel), lines: wanted });
    }
    return readAtLeast(context.ledger, atLeast, (state, seq) =>
      offersOf(state, { channel: channelOf(state, channelId(channel)), lines: wanted }, seq),
    );
  },

  nodeAvailability(_parent, { skus, channel, location, atLeast, asOf }, context) {
    const ids = readSkus(skus);
    const at = locationId(location);
    if (isGiven(asOf)) {
      const asked = { skus: ids, channel: channelId(channel), location: at };
      return askPast(context, { asOf, atLeast }, { type: 'node-availability', ...asked });
    }
    return readAtLeast(context.ledger, atLeast, (state) => {
      const record = channelOf(state, channelId(channel));
      return ids.map((sku) => nodeAvailabilityOf(state, { sku, channel: record, location: at }));
    });
  },

  positions(_parent, args, context) {
    const { ledger, identity, positionOrder: order } = context;
    const { atLeast, asOf } = args;
    const at = locationId(args.location);
    assertStore(identity, at);
    const list = readPositionList(at, args, ledger);
    const { asked } = list;
    if (isGiven(asOf)) {
      const found = askPast(context, { asOf, atLeast }, { type: 'positions', asked });
      return found.then((positions) => toPositionConnection(positions, list));
    }
    return readAtLeast(ledger, atLeast, (state, seq) => {
      if (!state.locations.has(at)) {
        throw new Refusal('UNKNOWN_LOCATION', `No location ${at} is registered.`, { location: at });
      }
      return toPositionConnection(findPositions(state, { asked, order }, seq), list);
    });
  },

  location: (_parent, { id, atLeast }, { ledger }) =>
    readAtLeast(ledger, atLeast, ({ locations }) => locations.get(locationId(id)) ?? null),

  locations: (_parent, { atLeast }, { ledger }) =>
    readAtLeast(ledger, atLeast, ({ locations }) => [...locations.values()].sort((a, b) => (a.id < b.id ? -1 : 1))),

  channel: (_parent, { id, atLeast }, { ledger }) =>
    readAtLeast(ledger, atLeast, ({ territory }) => territory.channels.get(channelId(id)) ?? null),

  channels: (_parent, { atLeast }, { ledger }) =>
    readAtLeast(ledger, atLeast, ({ territory }) => [...territory.channels.values()]),

  reservation: (_parent, { id, atLeast }, { ledger, identity }) =>
    readAtLeast(ledger, atLeast, ({ reservations }) => {
      const reservation = reservations.get(id);
      return reservation?.owner === callerOf(identity) ? reservation : null;
    }),
};

/** @throws {Refusal} LIMIT_EXCEEDED */
function assertAnswers(answers: number): void {
  if (answers <= ANSWERS_MAX) return;
  const message = `At most ${ANSWERS_MAX} availabilities may be asked for at once.`;
  throw new Refusal('LIMIT_EXCEEDED', message, { limit: 'availabilities', max: ANSWERS_MAX });
}
