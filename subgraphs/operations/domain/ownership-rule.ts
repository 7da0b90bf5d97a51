import type { OwnedQuantity, OwnershipDomain } from '../../../schema/events/fields.ts';

/** Which system may write a quantity, and where. JSON data. */
export interface OwnershipRule {
  /** `<domain>|<quantity>|<location or *>` */
  readonly id: string;
  readonly domain: OwnershipDomain;
  readonly quantity: OwnedQuantity;
  /** Null: wherever no rule names the location. */
  readonly location: string | null;
  /** Null: every system may. */
  readonly writerSystem: string | null;
  readonly changedAtMs: number;
  readonly changedBy: string;
}

export function ownershipRuleId({
  domain,
  quantity,
  location,
}: Pick<OwnershipRule, 'domain' | 'quantity' | 'location'>): string {
  return `${domain}|${quantity}|${location ?? '*'}`;
}
