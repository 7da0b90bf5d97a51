/** Who orchestrates the orders of a channel that are placed from an instant on, as the ownership register says. */
export interface Orchestration {
  /** Of two that hold, the later version does. */
  readonly version: number;
  readonly fromMs: number;
  /** The OMS, by its name as a source; null: the hub. */
  readonly system: string | null;
}

/** Decisions that are kept of a channel: orders keep theirs themselves. */
const KEPT_MAX = 100;

/** What the register says, in the order of deciding; what comes again or late makes no difference. */
export function withOrchestration(known: readonly Orchestration[], told: Orchestration): readonly Orchestration[] {
  if (known.some(({ version }) => version === told.version)) return known;
  return [...known, told].toSorted((a, b) => a.version - b.version).slice(-KEPT_MAX);
}

/** Null: the hub. Undefined: nothing holds yet. */
export function orchestratorAt(known: readonly Orchestration[], atMs: number): string | null | undefined {
  return known.findLast(({ fromMs }) => fromMs <= atMs)?.system;
}
