import type { RuleKind, RuleScope } from './rule-table.ts';

/** Kinds that can be set. The other kinds of the table are what a sell policy is made of. */
export const SETTABLE_KINDS = [
  'SAFETY_QUANTITY',
  'SAFETY_PERCENT',
  'THRESHOLD',
  'QUOTA',
  'CAP',
  'PARTICIPATION',
  'SELLABLE',
  'STALE_BUFFER',
  'SELL_POLICY',
] as const;

export type SettableKind = (typeof SETTABLE_KINDS)[number];

/** In the order of their numbers in the table. */
export const SELL_POLICY_MODES = ['DENY', 'BACKORDER', 'PREORDER'] as const;

export type SellPolicyMode = (typeof SELL_POLICY_MODES)[number];

/** What may be sold beyond stock. */
export interface SellPolicy {
  readonly mode: SellPolicyMode;
  /** Ten-thousandths of the base unit; 0 with DENY. */
  readonly limit: number;
  /** PREORDER: supply that is expected later than this from now does not count. 0 otherwise. */
  readonly horizonMs: number;
  /** PREORDER: the part of the expected supply that may be promised, in hundredths of a percent. 0 otherwise. */
  readonly confidence: number;
  /** PREORDER: nothing of it leaves before. Epoch milliseconds; absent: it leaves as soon as it is there. */
  readonly shipsAtMs?: number;
}

/** One rule as it is set. Setting it replaces the rule of its kind in the very same scope. */
export interface RuleSetting {
  readonly kind: SettableKind;
  readonly scope: RuleScope;
  /**
   * Quantities count ten-thousandths of the base unit, SAFETY_PERCENT hundredths of a percent; PARTICIPATION and SELLABLE
   * are 1 or 0; a sell policy is its mode. Null takes the rule away.
   */
  readonly value: number | null;
  readonly sellPolicy?: SellPolicy;
}

/** What a setting means for the table. All numbers of a sell policy change together, so they never mix scopes. */
export function tableChangesOf({
  kind,
  value,
  sellPolicy,
}: RuleSetting): readonly (readonly [RuleKind, number | null])[] {
  if (kind === 'SAFETY_QUANTITY') return [['SAFETY_ABSOLUTE', value]];
  if (kind !== 'SELL_POLICY') return [[kind, value]];
  const policy = value === null ? undefined : sellPolicy;
  return [
    ['SELL_POLICY', value],
    ['OVERSELL_LIMIT', policy?.limit ?? null],
    ['PREORDER_HORIZON_MS', policy?.horizonMs ?? null],
    ['PREORDER_CONFIDENCE', policy?.confidence ?? null],
    ['PREORDER_SHIPS_AT_MS', policy ? (policy.shipsAtMs ?? 0) : null],
  ];
}

/** Tells settings of the same rule. */
export function settingKeyOf({ kind, scope }: Pick<RuleSetting, 'kind' | 'scope'>): string {
  return `${kind}|${scope.sku ?? ''}|${scope.location ?? ''}|${scope.channel ?? ''}`;
}
