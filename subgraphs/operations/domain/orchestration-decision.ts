/** Who orchestrates from an instant on, and on whose word. JSON data. */
export interface OrchestrationDecision {
  /** The version of the rule that it made: of two that hold, the later one does. */
  readonly version: number;
  /** The OMS, by its name as a source; null: the hub. */
  readonly system: string | null;
  readonly fromMs: number;
  readonly reason: string;
  /** Who allows it: a team, a policy. Null: nobody was named. */
  readonly authority: string | null;
  readonly decidedAtMs: number;
  readonly decidedBy: string;
}

/** What was decided last of all that holds at an instant. Undefined: nothing holds yet. */
export function decisionAt(
  decisions: readonly OrchestrationDecision[],
  atMs: number,
): OrchestrationDecision | undefined {
  return decisions.findLast(({ fromMs }) => fromMs <= atMs);
}
