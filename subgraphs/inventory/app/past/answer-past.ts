import { Refusal } from '../../../../kernel/model/errors.ts';
import { NONE } from '../../domain/bucket.ts';
import type { LedgerState } from '../../domain/ledger-state.ts';
import { availabilityOf, channelOf, type AvailabilityAnswer } from '../availability-query.ts';
import { explainAvailability, type ExplainedTerm } from '../explain-availability.ts';
import { figuresOf } from '../figures-of.ts';
import { findPositions, type PositionFound, type PositionsAsked } from '../find-positions.ts';
import type { PositionFigures } from '../position-effects.ts';
import { PositionOrder, type PositionAnswer } from '../position-query.ts';
import { supplyOfNetwork, supplyOfPosition, type SupplyAnswer } from '../supply-query.ts';

/** What may be asked of a past state. Ids are as they are stored. */
export type PastQuestion =
  | { readonly type: 'availabilities'; readonly skus: readonly string[]; readonly channels: readonly string[] }
  | { readonly type: 'positions'; readonly asked: PositionsAsked };

export type PastAnswerTo<Type extends PastQuestion['type']> = Type extends 'availabilities'
  ? readonly (PastAvailability | null)[]
  : readonly PositionFound[];

/** An availability with what the live path would compute only when it is asked for. */
export type PastAvailability = AvailabilityAnswer & {
  readonly past: { readonly terms: readonly ExplainedTerm[]; readonly supply: readonly SupplyAnswer[] };
};

/** Entries of supply that go with one answer: as many as may be asked for at once. */
const SUPPLY_MAX = 100;

/** Answers from a state as of `seq` by the functions that answer live queries. @throws {Refusal} UNKNOWN_CHANNEL or UNKNOWN_LOCATION */
export function answerPast(
  state: LedgerState,
  seq: number,
  question: PastQuestion,
): PastAnswerTo<PastQuestion['type']> {
  if (question.type === 'positions') return pastPositions(state, seq, question.asked);
  const channels = question.channels.map((id) => channelOf(state, id));
  return question.skus.flatMap((sku) =>
    channels.map((channel) => pastAvailability(state, availabilityOf(state, { sku, channel }, seq))),
  );
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
