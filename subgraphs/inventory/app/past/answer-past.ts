import { Refusal } from '../../../../kernel/model/errors.ts';
import { NONE } from '../../domain/bucket.ts';
import type { LedgerState } from '../../domain/ledger-state.ts';
import {
  availabilityOf,
  channelOf,
  nodeAvailabilityOf,
  type AvailabilityAnswer,
  type NodeAnswer,
} from '../availability-query.ts';
import { explainAvailability, type ExplainedTerm } from '../explain-availability.ts';
import { figuresOf } from '../figures-of.ts';
import { findPositions, type PositionFound, type PositionsAsked } from '../find-positions.ts';
import { offersOf, type OffersAnswer, type WantedLine } from '../offers-query.ts';
import type { PositionFigures } from '../position-effects.ts';
import { PositionOrder, type PositionAnswer } from '../position-query.ts';
import { supplyOfNetwork, supplyOfPosition, type SupplyAnswer } from '../supply-query.ts';

/** What may be asked of a past state. Ids are as they are stored. */
export type PastQuestion =
  | { readonly type: 'availabilities'; readonly skus: readonly string[]; readonly channels: readonly string[] }
  | {
      readonly type: 'node-availability';
      readonly skus: readonly string[];
      readonly channel: string;
      readonly location: string;
    }
  | { readonly type: 'offers'; readonly channel: string; readonly lines: readonly WantedLine[] }
  | { readonly type: 'positions'; readonly asked: PositionsAsked };

interface PastAnswers {
  readonly availabilities: readonly (PastAvailability | null)[];
  readonly 'node-availability': readonly (NodeAnswer | null)[];
  readonly offers: OffersAnswer;
  readonly positions: readonly PositionFound[];
}

export type PastAnswerTo<Type extends PastQuestion['type']> = PastAnswers[Type];

/** An availability with what the live path would compute only when it is asked for. */
export type PastAvailability = AvailabilityAnswer & {
  readonly past: { readonly terms: readonly ExplainedTerm[]; readonly supply: readonly SupplyAnswer[] };
};

/** Entries of supply that go with one answer: as many as may be asked for at once. */
const SUPPLY_MAX = 100;

/**
 * Answers from a state as of `seq` by the functions that answer live queries.
 * @throws {Refusal} what those refuse: UNKNOWN_CHANNEL, UNKNOWN_LOCATION, UNKNOWN_SKU or INVALID_QUANTITY
 */
export function answerPast(
  state: LedgerState,
  seq: number,
  question: PastQuestion,
): PastAnswerTo<PastQuestion['type']> {
  switch (question.type) {
    case 'positions':
      return pastPositions(state, seq, question.asked);
    case 'offers':
      return offersOf(state, { channel: channelOf(state, question.channel), lines: question.lines }, seq);
    case 'node-availability': {
      const { skus, location } = question;
      const channel = channelOf(state, question.channel);
      return skus.map((sku) => nodeAvailabilityOf(state, { sku, channel, location }));
    }
    case 'availabilities': {
      const channels = question.channels.map((id) => channelOf(state, id));
      return question.skus.flatMap((sku) =>
        channels.map((channel) => pastAvailability(state, availabilityOf(state, { sku, channel }, seq))),
      );
    }
  }
}

function pastAvailability(state: LedgerState, answer: AvailabilityAnswer | null): PastAvailability | null {
  if (!answer) return null;
  const { sku, channel } = answer;
  const supply = supplyOfNetwork(state, { sku, channel, first: SUPPLY_MAX });
  return { ...answer, past: { terms: explainAvailability(state, answer), supply } };
}

function pastPositions(state: LedgerState, seq: number, asked: PositionsAsked): readonly PositionFound[] {
  const { location } = asked;
  if (!state.locations.has(location)) {
    throw new Refusal('UNKNOWN_LOCATION', `No location ${location} was registered.`, { location });
  }
  return findPositions(state, { asked, order: new PositionOrder() }, seq).map(({ position, ...found }) => ({
    ...found,
    position: { ...position, past: pastOf(state, position) },
  }));
}

function pastOf(state: LedgerState, { sku, location }: PositionAnswer): NonNullable<PositionAnswer['past']> {
  const row = state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(location) ?? NONE);
  const figures: PositionFigures = figuresOf(state, row);
  return { figures, supply: supplyOfPosition(state, { sku, location, first: SUPPLY_MAX }) };
}
