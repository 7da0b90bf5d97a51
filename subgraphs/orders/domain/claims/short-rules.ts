import type { ShortPolicy } from './owe-short-units.ts';

/** What becomes of units that no location has any more, where nothing is sold beyond stock. JSON data. */
export interface ShortRule {
  /** Absent: any. */
  readonly channel?: string;
  readonly policy: ShortPolicy;
}

/** By the first rule that fits; without one they wait for a location. */
export function shortPolicyOf(rules: readonly ShortRule[], channel: string): ShortPolicy {
  return rules.find((rule) => (rule.channel ?? channel) === channel)?.policy ?? 'SOURCE_AGAIN';
}
