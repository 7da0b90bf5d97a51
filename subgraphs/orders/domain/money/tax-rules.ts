import type { TaxCheck, TaxMismatch } from './tax-check.ts';

/** How the taxes of orders are checked. Without a rule the channel's word is taken. */
export interface TaxRule {
  /** Absent: any. */
  readonly channel?: string;
  /** The tax system that is asked, by its name as a source. */
  readonly system: string;
  /** Where goods are taxed that go nowhere that is told; ISO 3166 alpha-2. */
  readonly country: string;
  readonly onMismatch: TaxMismatch;
}

export interface OrderToTax {
  readonly channel: string;
  /** Null: not told. */
  readonly country: string | null;
}

/** By the first rule that fits; undefined when none does. */
export function taxCheckOf(rules: readonly TaxRule[], { channel, country }: OrderToTax): TaxCheck | undefined {
  const rule = rules.find((each) => (each.channel ?? channel) === channel);
  if (!rule) return undefined;
  const { system, onMismatch } = rule;
  return { system, country: country ?? rule.country, onMismatch, state: 'NEW', quote: null, isBooked: false };
}
