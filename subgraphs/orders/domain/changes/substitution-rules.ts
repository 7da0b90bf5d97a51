import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { PriceRule } from '../order-line.ts';

/** What may take the place of something else. The first rule that fits is taken. JSON data. */
export interface SubstitutionRule {
  /** Absent: any. */
  readonly channel?: string;
  /** What cannot be had; absent: anything. */
  readonly sku?: string;
  /** What may take its place; absent: only what the categories say. */
  readonly substitutes?: readonly NamedSubstitute[];
  /** Whether anything may that shares a category with it. */
  readonly withinCategory: boolean;
  /** UNLESS_REFUSED: the customer has not said no. WHEN_ALLOWED: the customer has said yes. */
  readonly allowed: 'UNLESS_REFUSED' | 'WHEN_ALLOWED';
  readonly priceRule: PriceRule;
}

export interface NamedSubstitute {
  readonly sku: string;
  /** How many base units take the place of `for` base units. Absent: 1. */
  readonly units?: number;
  /** Absent: 1. */
  readonly for?: number;
}

export interface Proposal {
  readonly channel: string;
  readonly sku: string;
  readonly categories: readonly string[];
  /** What the customer said; absent: nothing. */
  readonly allowsSubstitute?: boolean | undefined;
  readonly substitute: string;
  readonly substituteCategories: readonly string[];
}

export interface Permitted {
  readonly priceRule: PriceRule;
  readonly units: number;
  readonly for: number;
}

/** What holds where no rule fits: the customer has agreed, and pays no more than for what was ordered. */
const OTHERWISE: SubstitutionRule = { withinCategory: true, allowed: 'WHEN_ALLOWED', priceRule: 'LOWER_OF' };

/** Whether and how something may take the place of something else. */
export function permitSubstitution(rules: readonly SubstitutionRule[], proposal: Proposal): Permitted | RefusalValue {
  const { channel, sku, allowsSubstitute, substitute } = proposal;
  const rule = rules.find((each) => (each.channel ?? channel) === channel && (each.sku ?? sku) === sku) ?? OTHERWISE;
  const isAgreed = rule.allowed === 'WHEN_ALLOWED' ? allowsSubstitute === true : allowsSubstitute !== false;
  if (!isAgreed || substitute === sku) {
    const message = isAgreed ? `${sku} is what was ordered.` : `The customer takes nothing else than ${sku}.`;
    return refuse('SUBSTITUTE_NOT_ALLOWED', message, { sku, substitute });
  }
  const named = rule.substitutes?.find((each) => each.sku === substitute);
  if (named) return { priceRule: rule.priceRule, units: named.units ?? 1, for: named.for ?? 1 };
  const isAlike = proposal.categories.some((category) => proposal.substituteCategories.includes(category));
  if (rule.withinCategory && isAlike) return { priceRule: rule.priceRule, units: 1, for: 1 };
  return refuse('SUBSTITUTE_NOT_ALLOWED', `No rule of ${channel} lets ${substitute} take the place of ${sku}.`, {
    sku,
    substitute,
  });
}
