import { NOTHING, type Decision, type DecisionMoment } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import type { StockFact } from './stock-fact.ts';

/** A message with the place that its source gave it. */
export type NumberedMessage = Pick<StockFact, 'source' | 'sequence'>;

/** What the number of a fact says, whether or not the fact can be applied: that it arrived, and what it completes. */
export function numberEvents(
  state: LedgerState,
  { source, sequence }: NumberedMessage,
  { nowMs }: Pick<DecisionMoment, 'nowMs'>,
): readonly LedgerEvent[] {
  if (!sequence) return [];
  const key = { system: source.system, stream: sequence.stream };
  if (!state.sequences.isNew(key, sequence.number)) return [];
  const origin = state.sequences.closedBy(key, sequence.number);
  return [
    { type: 'source-number-observed', atMs: nowMs, ...key, number: sequence.number },
    ...(origin === undefined ? [] : [{ type: 'sequence-gap-closed' as const, atMs: nowMs, ...key, origin }]),
  ];
}

/** A message that says nothing of stock: only its number counts. */
export function decideObserveNumber(
  state: LedgerState,
  message: NumberedMessage,
  moment: DecisionMoment,
): Decision<'observe-number'> {
  return { events: numberEvents(state, message, moment), answer: NOTHING };
}

/** Tells of gaps that were not filled within the wait. */
export function decideRaiseSequenceGaps(
  state: LedgerState,
  { waitMs }: { readonly waitMs: number },
  { nowMs }: DecisionMoment,
): Decision<'raise-sequence-gaps'> {
  const due = state.sequences.unraised(nowMs - waitMs);
  const events = due.map((gap) => ({ type: 'sequence-gap-raised' as const, atMs: nowMs, ...gap }));
  return { events, answer: { raised: events.length } };
}
