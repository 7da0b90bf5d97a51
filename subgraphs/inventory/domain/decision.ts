import type { RefusalValue } from '../../../kernel/model/errors.ts';
import type { LedgerAnswers, LedgerCommand, Nothing } from './ledger-command.ts';
import type { LedgerEvent } from './ledger-event.ts';

/** What a command brings about: events and an answer, or a refusal, which may be recorded by events too. */
export type Decision<Type extends LedgerCommand['type'] = LedgerCommand['type']> =
  | {
      readonly events: readonly LedgerEvent[];
      readonly answer: LedgerAnswers[Type];
      /** True when `answerOfEvents` makes this answer of the events. */
      readonly isAnswerOfEvents?: true;
    }
  | (RefusalValue & { readonly events?: readonly LedgerEvent[] });

export interface DecisionMoment {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  nextId(): string;
}

export const NOTHING: Nothing = {};
