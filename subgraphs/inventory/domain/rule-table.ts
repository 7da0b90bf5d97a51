import { tableChangesOf, type RuleSetting } from './rule-setting.ts';

/** What a rule says. Quantities count ten-thousandths of the base unit, SAFETY_PERCENT hundredths of a percent. */
export type RuleKind =
  | 'SAFETY_ABSOLUTE'
  | 'SAFETY_PERCENT'
  | 'STALE_BUFFER'
  | 'THRESHOLD'
  | 'QUOTA'
  | 'CAP'
  | 'EXTRA'
  /** The place of its mode in SELL_POLICY_MODES; the next three belong to it and are set with it. */
  | 'SELL_POLICY'
  | 'OVERSELL_LIMIT'
  | 'PREORDER_HORIZON_MS'
  | 'PREORDER_CONFIDENCE'
  /** 1 or 0; without a rule a location takes part. */
  | 'PARTICIPATION'
  /** 1 or 0; without a rule a SKU is sold. */
  | 'SELLABLE';

/** Where a rule holds; what is absent means everywhere. */
export interface RuleScope {
  readonly sku?: string;
  readonly location?: string;
  readonly channel?: string;
}

/** The most specific scope wins: SKU before location before channel. */
const SPECIFICITY = [0b111, 0b110, 0b101, 0b100, 0b011, 0b010, 0b001, 0b000] as const;

/** Of two scopes that a place falls under, the one with the larger number wins. */
export function specificityOf({ sku, location, channel }: RuleScope): number {
  return (sku === undefined ? 0 : 0b100) + (location === undefined ? 0 : 0b010) + (channel === undefined ? 0 : 0b001);
}

/** The rules that bend availability. Setting one never changes a physical quantity or a claim. */
export class RuleTable {
  readonly #rules = new Map<string, number>();
  /** Kinds without any rule cost nothing on the hot path. */
  readonly #countOfKind = new Map<RuleKind, number>();

  constructor(entries: Iterable<readonly [string, number]> = []) {
    for (const [key, value] of entries) this.#put(key, value);
  }

  /** @param value null takes the rule away */
  set(kind: RuleKind, scope: RuleScope, value: number | null): void {
    const key = keyOf(kind, scope, 0b111);
    if (value !== null) this.#put(key, value);
    else if (this.#rules.delete(key)) this.#countOfKind.set(kind, (this.#countOfKind.get(kind) ?? 1) - 1);
  }

  apply(settings: readonly RuleSetting[]): void {
    for (const setting of settings) {
      for (const [kind, value] of tableChangesOf(setting)) this.set(kind, setting.scope, value);
    }
  }

  /** A table with the settings in force, while this one stays as it is. */
  with(settings: readonly RuleSetting[]): RuleTable {
    const table = new RuleTable(this.#rules);
    table.apply(settings);
    return table;
  }

  /** Whether any policy asks what is expected. */
  get hasPreorders(): boolean {
    for (const _scope of this.preorderScopes()) return true;
    return false;
  }

  *preorderScopes(): Iterable<RuleScope> {
    if (!this.has('PREORDER_HORIZON_MS')) return;
    for (const [key, value] of this.#rules) {
      const [kind, sku = ''] = key.split('|');
      if (kind === 'PREORDER_HORIZON_MS' && value > 0) yield sku === '' ? {} : { sku };
    }
  }

  get size(): number {
    return this.#rules.size;
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  has(kind: RuleKind): boolean {
    return (this.#countOfKind.get(kind) ?? 0) > 0;
  }

  /** The value of the most specific rule that holds there, or undefined. */
  find(kind: RuleKind, scope: RuleScope): number | undefined {
    return this.findWithScope(kind, scope)?.value;
  }

  /** As `find`, with whether the rule names the channel. */
  findWithScope(
    kind: RuleKind,
    scope: RuleScope,
  ): { readonly value: number; readonly isOfChannel: boolean } | undefined {
    if (!this.has(kind)) return undefined;
    for (const parts of SPECIFICITY) {
      const value = this.#rules.get(keyOf(kind, scope, parts));
      if (value !== undefined) return { value, isOfChannel: (parts & 0b001) !== 0 };
    }
    return undefined;
  }

  toEntries(): readonly (readonly [string, number])[] {
    return [...this.#rules];
  }

  #put(key: string, value: number): void {
    const kind = key.slice(0, key.indexOf('|')) as RuleKind;
    if (!this.#rules.has(key)) this.#countOfKind.set(kind, (this.#countOfKind.get(kind) ?? 0) + 1);
    this.#rules.set(key, value);
  }
}

function keyOf(kind: RuleKind, { sku = '', location = '', channel = '' }: RuleScope, parts: number): string {
  return `${kind}|${parts & 0b100 ? sku : ''}|${parts & 0b010 ? location : ''}|${parts & 0b001 ? channel : ''}`;
}
