/** Every bound of past states. */
export interface PastLimits {
  /** Whole states that are kept, each as large as the live one. */
  readonly pastStatesMax: number;
  /** Questions that wait at a time; beyond it a question is refused with OVERLOADED. */
  readonly pastQuestionsMax: number;
  /** Events that are replayed for one question, counted batch by batch; a repeated question goes on from there. */
  readonly pastReplayEventsMax: number;
  /** Batches that are passed on together, and the length of their text: a whole piece is read while the live path waits. */
  readonly pastPieceBatchesMax: number;
  readonly pastPieceTextMax: number;
  /** How long a question waits for its state, which is then rebuilt without it. */
  readonly pastWaitMs: number;
  /** Kept states are let go when nobody has asked for so long. */
  readonly pastIdleMs: number;
  /** Memory of past states without their typed arrays. */
  readonly pastHeapMbMax: number;
}

export const PAST_LIMITS: PastLimits = {
  pastStatesMax: 2,
  pastQuestionsMax: 64,
  pastReplayEventsMax: 10_000_000,
  pastPieceBatchesMax: 256,
  pastPieceTextMax: 262_144,
  pastWaitMs: 4_000,
  pastIdleMs: 300_000,
  pastHeapMbMax: 4_096,
};
