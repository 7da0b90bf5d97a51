import { tableChangesOf, type RuleSetting } from './rule-setting.ts';
import { CHANNEL, RulesOfKind, scopeKeyOf } from './rules-of-kind.ts';

/** What a rule says. Quantities count ten-thousandths of the base unit, SAFETY_PERCENT hundredths of a percent. */
export type RuleKind =
  | 'SAFETY_ABSOLUTE'
  | 'SAFETY_PERCENT'
  | 'STALE_BUFFER'
  | 'THRESHOLD'
  | 'QUOTA'
  | 'CAP'
  | 'EXTRA'
  /** The place of its mode in SELL_POLICY_MODES; the next four belong to it and are set with it. */
  | 'SELL_POLICY'
  | 'OVERSELL_LIMIT'
  | 'PREORDER_HORIZON_MS'
  | 'PREORDER_CONFIDENCE'
  | 'PREORDER_SHIPS_AT_MS'
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

export type RuleEntry = readonly [kind: RuleKind, scope: RuleScope, value: number];

/** The rules that bend availability. Setting one never changes a physical quantity or a claim. */
export class RuleTable {
  /** As they are saved: in the order in which they were set. */
  readonly #rules = new Map<string, RuleEntry>();
  /** Kinds without any rule cost nothing on the hot path, nor do scopes that no rule of a kind has. */
  readonly #byKind = new Map<RuleKind, RulesOfKind>();

  constructor(entries: Iterable<RuleEntry> = []) {
    for (const [kind, scope, value] of entries) this.set(kind, scope, value);
  }

  /** @param value null takes the rule away */
  set(kind: RuleKind, scope: RuleScope, value: number | null): void {
    const key = `${kind} ${scopeKeyOf(scope.sku ?? '', scope.location ?? '', scope.channel ?? '')}`;
    const rules = this.#byKind.get(kind) ?? new RulesOfKind();
    this.#byKind.set(kind, rules);
    if (value === null) {
      this.#rules.delete(key);
      rules.delete(scope);
    } else {
      this.#rules.set(key, [kind, scope, value]);
      rules.set(scope, value);
    }
  }

  apply(settings: readonly RuleSetting[]): void {
    for (const setting of settings) {
      for (const [kind, value] of tableChangesOf(setting)) this.set(kind, setting.scope, value);
    }
  }

  /** A table with the settings in force, while this one stays as it is. */
  with(settings: readonly RuleSetting[]): RuleTable {
    const table = new RuleTable(this.#rules.values());
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
    for (const [kind, { sku }, value] of this.#rules.values()) {
      if (kind === 'PREORDER_HORIZON_MS' && value > 0) yield sku === undefined ? {} : { sku };
    }
  }

  get size(): number {
    return this.#rules.size;
  }

  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  has(kind: RuleKind): boolean {
    return this.#byKind.get(kind)?.isEmpty === false;
  }

  /** The value of the most specific rule that holds there, or undefined. */
  find(kind: RuleKind, scope: RuleScope): number | undefined {
    return this.#byKind.get(kind)?.find(scope);
  }

  /** As `find`, with whether the rule names the channel. */
  findWithScope(
    kind: RuleKind,
    scope: RuleScope,
  ): { readonly value: number; readonly isOfChannel: boolean } | undefined {
    const rules = this.#byKind.get(kind);
    const parts = rules?.partsThatHold(scope);
    if (!rules || parts === undefined) return undefined;
    return { value: rules.find(scope) as number, isOfChannel: (parts & CHANNEL) !== 0 };
  }

  toEntries(): readonly RuleEntry[] {
    return [...this.#rules.values()];
  }
}
