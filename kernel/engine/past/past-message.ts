import type { JournalText } from '../../ports/journal.ts';

/** What the keeper of past states is asked to do. A state is named by a number that the asker draws. */
export type PastRequest<Question = unknown> =
  /** Begin with the state before the first batch. */
  | { readonly type: 'begin'; readonly state: number }
  /** Begin with a snapshot; answers false when another version of the code wrote it. */
  | { readonly type: 'load'; readonly state: number; readonly seq: number; readonly bytes: Uint8Array }
  /** Apply the batches that follow; answers how many events they held. */
  | { readonly type: 'advance'; readonly state: number; readonly batches: readonly JournalText[] }
  | { readonly type: 'drop'; readonly state: number }
  /** Answer from a state, which must be as of `seq`. */
  | { readonly type: 'ask'; readonly state: number; readonly seq: number; readonly question: Question };

export interface PastCall {
  readonly id: number;
  readonly request: PastRequest;
}

/** An error that the domain threw on purpose keeps its code on the way between threads. */
export interface PastFailure {
  readonly code?: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type PastReply =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: PastFailure };
