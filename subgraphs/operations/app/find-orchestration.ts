import { decisionAt, type OrchestrationDecision } from '../domain/orchestration-decision.ts';
import { ownershipRuleId } from '../domain/ownership-rule.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Who orchestrates a channel at an instant. */
export interface FoundOrchestration {
  readonly channel: string;
  /** The OMS; null: the hub. */
  readonly system: string | null;
  /** Absent: the settings of the deployment say so, or nobody does and it is the hub. */
  readonly decision?: OrchestrationDecision;
}

/** A decision for the channel comes before one for all channels, and both before the settings of the deployment. */
export async function findOrchestration(
  { store, orchestration }: OperationsParts,
  channel: string,
  atMs: number,
): Promise<FoundOrchestration> {
  const rule = { domain: 'ORCHESTRATION', quantity: 'RECORD', location: null } as const;
  for (const id of [ownershipRuleId({ ...rule, channel }), ownershipRuleId(rule)]) {
    const found = await store.ownershipRules.get(id);
    const decision = decisionAt(found?.document.decisions ?? [], atMs);
    if (decision) return { channel, system: decision.system, decision };
  }
  const setting = orchestration.rules.find((each) => each.channel === channel);
  return { channel, system: setting?.system ?? null };
}
