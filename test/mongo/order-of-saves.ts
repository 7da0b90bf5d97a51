/** A save by the turn in which it was called and the one in which it was answered; no answer, no end. */
export interface TimedSave {
  readonly calledAt: number;
  readonly answeredAt: number;
}

/** The positions that come after one whose save was called only when theirs was answered already. */
export function outOfOrder(saves: readonly TimedSave[]): readonly number[] {
  let latestCall = -1;
  return saves.flatMap(({ calledAt, answeredAt }, position) => {
    const isLate = answeredAt < latestCall;
    latestCall = Math.max(latestCall, calledAt);
    return isLate ? [position] : [];
  });
}
