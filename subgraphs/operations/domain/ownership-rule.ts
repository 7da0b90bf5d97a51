import type { OwnedQuantity, OwnershipDomain } from '../../../schema/events/fields.ts';
import type { OrchestrationDecision } from './orchestration-decision.ts';

/** Which system may write a quantity, and where. JSON data. */
export interface OwnershipRule {
  /** `<domain>|<quantity>|<location, channel:<channel>, or *>` */
  readonly id: string;
  readonly domain: OwnershipDomain;
  readonly quantity: OwnedQuantity;
  /** Null: wherever no rule names the location. */
  readonly location: string | null;
  /** Of a rule for one channel; absent: for all. */
  readonly channel?: string | null;
  /** Null: every system may. */
  readonly writerSystem: string | null;
  readonly changedAtMs: number;
  readonly changedBy: string;
  /** Why it was changed last. Absent: nobody said. */
  readonly reason?: string;
  /** Who allowed that: a team, a policy. Absent: nobody was named. */
  readonly authority?: string;
  /** Of who orchestrates: the newest decisions in the order of deciding; absent: of another domain. */
  readonly decisions?: readonly OrchestrationDecision[];
}

export function ownershipRuleId({
  domain,
  quantity,
  location,
  channel = null,
}: Pick<OwnershipRule, 'domain' | 'quantity' | 'location' | 'channel'>): string {
  const place = location ?? (channel === null ? '*' : `channel:${channel}`);
  return `${domain}|${quantity}|${place}`;
}
