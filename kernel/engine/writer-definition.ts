import type { RefusalValue } from '../model/errors.ts';

/** What a command brings about. */
export interface Decision<Event, Answer> {
  readonly events: readonly Event[];
  /** JSON data; whoever repeats the command under its id gets it again. */
  readonly answer: Answer;
  /** True when `answerOf` of the definition makes this answer of the events: then the journal holds it once. */
  readonly isAnswerOfEvents?: true;
}

/** A refusal may come with events, such as the record that somebody asked in vain. */
export type RefusedDecision<Event> = RefusalValue & { readonly events?: readonly Event[] };

export interface DecisionMoment {
  /** Epoch milliseconds; the same for all commands of one batch. */
  readonly nowMs: number;
  nextId(): string;
}

export interface SnapshotCodec<State> {
  /** Raise it with every change of the form: a snapshot of another version is ignored and the log replayed. */
  readonly version: number;
  /** The bytes must not share memory with the state, which goes on changing while they are written. */
  encode(state: State): Uint8Array;
  /**
   * The same bytes piece by piece, so that each takes a short time only. What may change is copied before this returns.
   * Absent: the state is encoded in one turn.
   */
  encodeInSlices?(state: State): Iterable<Uint8Array>;
  /** The bytes have a buffer of their own and begin at its beginning. */
  decode(bytes: Uint8Array): State;
}

/** The domain of a single writer, without any I/O. Commands, events and answers are JSON data. */
export interface WriterDefinition<State, Command, Event, Answer> {
  initialState(): State;
  /** Pure: it changes nothing, and returns a refusal instead of throwing it. */
  decide(state: State, command: Command, moment: DecisionMoment): Decision<Event, Answer> | RefusedDecision<Event>;
  /** Changes `state`. Reads no clock, draws no ids and never fails, because replay must come to the same state. */
  evolve(state: State, event: Event, seq: number): void;
  /**
   * The present form of an event of the log, which any earlier version of the code may have written. Default: as it is.
   * @throws {Obstacle} LOG_OF_LATER_VERSION for one that only a later version can have written
   */
  readonly readEvent?: (stored: Event) => Event;
  /** The answer that follows from events alone, for ever the same; asked where a decision said that it does. */
  readonly answerOf?: (events: readonly Event[]) => Answer;
  /** Absent: the start replays the whole log. */
  readonly snapshot?: SnapshotCodec<State>;
}
