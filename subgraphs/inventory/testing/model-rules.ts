/* Rules as one would explain them: a list of what was said last for each place, the closest one wins. */

export type ModelRuleKind =
  | 'SAFETY_QUANTITY'
  | 'SAFETY_PERCENT'
  | 'THRESHOLD'
  | 'CAP'
  | 'PARTICIPATION'
  | 'SELLABLE'
  | 'STALE_BUFFER'
  | 'SELL_POLICY';

export interface ModelPlace {
  readonly sku?: string;
  readonly location?: string;
  readonly channel?: string;
}

export interface ModelPolicy {
  readonly mode: 'DENY' | 'BACKORDER' | 'PREORDER';
  readonly limit: number;
  readonly horizonMs: number;
  /** Hundredths of a percent. */
  readonly confidence: number;
}

export interface ModelRule {
  readonly kind: ModelRuleKind;
  readonly scope: ModelPlace;
  /** Undefined takes the rule away. A policy has the value 0. */
  readonly value: number | undefined;
  readonly policy?: ModelPolicy;
}

interface ModelChange {
  readonly rules: readonly ModelRule[];
  readonly effectiveAtMs: number;
}

const FIELDS = ['sku', 'location', 'channel'] as const;
/** The longest that supply comes nearer without the ledger noting it. */
const HORIZON_STEP_MS = 3_600_000;

export class ModelRules {
  #inForce: ModelRule[] = [];
  #pending: ModelChange[] = [];
  /** The instant up to which it was noted what time changes. */
  asOfMs = 0;

  change(rules: readonly ModelRule[], { effectiveAtMs, nowMs }: { effectiveAtMs: number; nowMs: number }): void {
    this.#pending.push({ rules, effectiveAtMs });
    // Others that are due as well wait until the writer looks at the time.
    if (effectiveAtMs <= nowMs) this.#apply(this.#pending.pop() as ModelChange, nowMs);
  }

  applyDue(nowMs: number): void {
    const due = this.#pending.filter(({ effectiveAtMs }) => effectiveAtMs <= nowMs);
    this.#pending = this.#pending.filter((change) => !due.includes(change));
    // Of two for the same instant the one that was asked first comes first.
    for (const change of due.toSorted((a, b) => a.effectiveAtMs - b.effectiveAtMs)) this.#apply(change, nowMs);
    const isAsked = this.#inForce.some(({ policy }) => (policy?.horizonMs ?? 0) > 0);
    if (isAsked && this.asOfMs + HORIZON_STEP_MS <= nowMs) this.asOfMs = nowMs;
  }

  find(kind: ModelRuleKind, place: ModelPlace): ModelRule | undefined {
    return this.#inForce
      .filter(
        (rule) => rule.kind === kind && FIELDS.every((field) => (rule.scope[field] ?? place[field]) === place[field]),
      )
      .toSorted((a, b) => closeness(b.scope) - closeness(a.scope))[0];
  }

  value(kind: ModelRuleKind, place: ModelPlace, otherwise = 0): number {
    return this.find(kind, place)?.value ?? otherwise;
  }

  isSold(place: ModelPlace): boolean {
    return this.value('PARTICIPATION', place, 1) !== 0 && this.value('SELLABLE', place, 1) !== 0;
  }

  #apply({ rules }: ModelChange, nowMs: number): void {
    for (const rule of rules) {
      this.#inForce = this.#inForce.filter((other) => ruleKey(other) !== ruleKey(rule));
      if (rule.value !== undefined) this.#inForce.push(rule);
    }
    this.asOfMs = Math.max(this.asOfMs, nowMs);
  }
}

/** Tells rules of the same kind and place. */
export const ruleKey = ({ kind, scope }: ModelRule): string =>
  [kind, ...FIELDS.map((field) => scope[field] ?? '')].join('|');

/** A rule for a SKU is closer than one for a location, and that one closer than one for a channel. */
const closeness = ({ sku, location, channel }: ModelPlace): number =>
  (sku === undefined ? 0 : 4) + (location === undefined ? 0 : 2) + (channel === undefined ? 0 : 1);
