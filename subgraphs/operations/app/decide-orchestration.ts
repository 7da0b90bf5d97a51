import { Refusal } from '../../../kernel/model/errors.ts';
import { decisionAt, type OrchestrationDecision } from '../domain/orchestration-decision.ts';
import type { OwnershipRule } from '../domain/ownership-rule.ts';
import type { OperationsParts } from './operations-parts.ts';
import type { OwnershipSetting } from './set-ownership.ts';

/** What the settings of the deployment say, and which systems may be named. */
export interface OrchestrationSettings {
  /** Which outside OMS orchestrates a channel for as long as the register says nothing of it. */
  readonly rules: readonly { readonly channel: string; readonly system: string }[];
  /** The connected systems that route orders. */
  readonly systems: readonly string[];
}

export const HUB_ALONE: OrchestrationSettings = { rules: [], systems: [] };

/** Decisions that a rule keeps: orders keep theirs themselves. */
const DECISIONS_MAX = 100;

export const isOrchestration = ({ domain }: Pick<OwnershipRule, 'domain'>): boolean => domain === 'ORCHESTRATION';

/** @throws {Refusal} BAD_USER_INPUT for a system that routes nothing, without a reason, and for a location */
export function assertOrchestration(
  { orchestration: { systems } }: Pick<OperationsParts, 'orchestration'>,
  { writerSystem, location, reason }: OwnershipSetting,
): void {
  if (location !== null) {
    throw new Refusal('BAD_USER_INPUT', 'Channels are orchestrated, not locations.', { field: 'location' });
  }
  if (writerSystem !== null && !systems.includes(writerSystem)) {
    const known = systems.join(', ') || 'none';
    throw new Refusal('BAD_USER_INPUT', `No system ${writerSystem} that routes orders is connected (${known}).`, {
      field: 'writerSystem',
      system: writerSystem,
    });
  }
  if (reason === undefined) {
    throw new Refusal('BAD_USER_INPUT', 'Who orchestrates is changed with a reason.', { field: 'reason' });
  }
}

/** Whether it is what was decided last already. */
export function isDecided({ decisions = [] }: OwnershipRule, setting: OwnershipSetting, nowMs: number): boolean {
  const last = decisions.at(-1);
  if (!last || last.system !== setting.writerSystem) return false;
  const { effectiveFromMs } = setting;
  return effectiveFromMs === undefined ? decisionAt(decisions, nowMs) === last : last.fromMs === effectiveFromMs;
}

interface Deciding {
  readonly setting: OwnershipSetting;
  readonly version: number;
  readonly nowMs: number;
  readonly by: string;
}

/**
 * The decisions of a channel with another one.
 * @throws {Refusal} BAD_USER_INPUT for an instant that is over: orders placed since then were orchestrated by somebody
 */
export function withDecision(
  decisions: readonly OrchestrationDecision[],
  { setting, version, nowMs, by }: Deciding,
): readonly OrchestrationDecision[] {
  const { writerSystem, effectiveFromMs: fromMs = nowMs, reason = '', authority = null } = setting;
  if (fromMs < nowMs) {
    throw new Refusal('BAD_USER_INPUT', 'Orders that were placed keep who orchestrates them: choose a later instant.', {
      field: 'effectiveFrom',
    });
  }
  const decision = { version, system: writerSystem, fromMs, reason, authority, decidedAtMs: nowMs, decidedBy: by };
  return [...decisions, decision].slice(-DECISIONS_MAX);
}
