import type { RuleScope } from './rule-table.ts';
import { settingKeyOf, type RuleSetting } from './rule-setting.ts';

/** Settings of past versions that can still be asked for; the oldest versions go first. A constant of the ledger. */
const REMEMBERED_SETTINGS_MAX = 200_000;

/** One change of availability rules: who, when, and what. Times are epoch milliseconds. */
export interface RuleVersion {
  readonly id: string;
  /** 1, 2, 3, ... */
  readonly number: number;
  readonly changedBy: string;
  readonly recordedAtMs: number;
  /** When it was asked to take effect. */
  readonly effectiveAtMs: number;
  /** When it did; null while it is still to come. */
  readonly becameEffectiveAtMs: number | null;
  /** Present: it was taken back before its time, and never takes effect. */
  readonly withdrawal?: RuleWithdrawal;
  readonly settings: readonly RuleSetting[];
}

export interface RuleWithdrawal {
  readonly atMs: number;
  readonly withdrawnBy: string;
  readonly reason: string;
}

/** A setting that holds, with the version that brought it. */
export interface RuleInForce {
  readonly setting: RuleSetting;
  readonly version: number;
  readonly effectiveAtMs: number;
}

export interface RuleBookData {
  readonly versions: readonly RuleVersion[];
  readonly last: number;
  readonly forgotten: readonly (readonly [string, RuleInForce])[];
  readonly forgottenUntilMs: number;
  readonly asOfMs: number;
}

/** Every version of the rules: those to come, the one in force, and the past ones within a bound. */
export class RuleBook {
  readonly #max: number;
  #versions: RuleVersion[];
  #last: number;
  #settings = 0;
  /** What versions that are no longer kept have left in force. */
  readonly #forgotten: Map<string, RuleInForce>;
  #forgottenUntilMs: number;
  #asOfMs: number;

  constructor(data?: RuleBookData, max: number = REMEMBERED_SETTINGS_MAX) {
    this.#max = max;
    this.#versions = [...(data?.versions ?? [])];
    this.#last = data?.last ?? 0;
    this.#forgotten = new Map(data?.forgotten);
    this.#forgottenUntilMs = data?.forgottenUntilMs ?? 0;
    this.#asOfMs = data?.asOfMs ?? 0;
    for (const { settings } of this.#versions) this.#settings += settings.length;
  }

  /** The instant up to which the writer has noted what time changes in rules. */
  get asOfMs(): number {
    return this.#asOfMs;
  }

  advance(atMs: number): void {
    this.#asOfMs = Math.max(this.#asOfMs, atMs);
  }

  get nextNumber(): number {
    return this.#last + 1;
  }

  get(number: number): RuleVersion | undefined {
    return this.#versions.find((version) => version.number === number);
  }

  add(version: RuleVersion): void {
    this.#versions.push(version);
    this.#last = version.number;
    this.#settings += version.settings.length;
    this.#forget();
  }

  markEffective(number: number, atMs: number): void {
    this.advance(atMs);
    this.#versions = this.#versions.map((version) =>
      version.number === number ? { ...version, becameEffectiveAtMs: atMs } : version,
    );
  }

  /** It stays known, and is no longer to come. */
  withdraw(number: number, withdrawal: RuleWithdrawal): void {
    this.#versions = this.#versions.map((version) =>
      version.number === number ? { ...version, withdrawal } : version,
    );
  }

  /** Those to come, in the order in which they take effect. */
  pending(): readonly RuleVersion[] {
    return this.#versions
      .filter(({ becameEffectiveAtMs, withdrawal }) => becameEffectiveAtMs === null && !withdrawal)
      .sort((a, b) => a.effectiveAtMs - b.effectiveAtMs || a.number - b.number);
  }

  nextEffectiveMs(): number | undefined {
    return this.pending()[0]?.effectiveAtMs;
  }

  /** Newest first, at most `limit` of those before `before`. */
  list(limit: number, before: number = Number.MAX_SAFE_INTEGER): readonly RuleVersion[] {
    const found: RuleVersion[] = [];
    for (let index = this.#versions.length - 1; index >= 0 && found.length < limit; index--) {
      const version = this.#versions[index] as RuleVersion;
      if (version.number < before) found.push(version);
    }
    return found;
  }

  /** Whether what held at an instant is still known. */
  knows(atMs: number): boolean {
    return this.#forgotten.size === 0 || atMs >= this.#forgottenUntilMs;
  }

  /** What was, is or will be set at an instant in scopes that a place falls under, one for each kind and scope. */
  inForceAt(atMs: number, place: RuleScope): readonly RuleInForce[] {
    const found = new Map<string, RuleInForce>();
    for (const [key, rule] of this.#forgotten) if (isUnder(place, rule.setting.scope)) found.set(key, rule);
    for (const version of this.#effectiveBy(atMs)) {
      for (const setting of version.settings) {
        if (!isUnder(place, setting.scope)) continue;
        const key = settingKeyOf(setting);
        if (setting.value === null) found.delete(key);
        else found.set(key, { setting, version: version.number, effectiveAtMs: momentOf(version) });
      }
    }
    return [...found.values()];
  }

  toData(): RuleBookData {
    return {
      versions: this.#versions,
      last: this.#last,
      forgotten: [...this.#forgotten],
      forgottenUntilMs: this.#forgottenUntilMs,
      asOfMs: this.#asOfMs,
    };
  }

  #effectiveBy(atMs: number): readonly RuleVersion[] {
    const held = this.#versions.filter((version) => !version.withdrawal && momentOf(version) <= atMs);
    return held.sort(inOrderOfEffect);
  }

  /** The oldest effect is folded into what stays in force; what is to come is never forgotten, what was withdrawn has none. */
  #forget(): void {
    while (this.#settings > this.#max) {
      const [oldest] = this.#versions
        .filter(({ becameEffectiveAtMs, withdrawal }) => becameEffectiveAtMs !== null || withdrawal)
        .sort(inOrderOfEffect);
      if (!oldest) return;
      if (!oldest.withdrawal) this.#fold(oldest);
      this.#settings -= oldest.settings.length;
      this.#versions = this.#versions.filter((version) => version !== oldest);
    }
  }

  #fold(oldest: RuleVersion): void {
    for (const setting of oldest.settings) {
      const rule = { setting, version: oldest.number, effectiveAtMs: momentOf(oldest) };
      if (setting.value === null) this.#forgotten.delete(settingKeyOf(setting));
      else this.#forgotten.set(settingKeyOf(setting), rule);
    }
    this.#forgottenUntilMs = momentOf(oldest);
  }
}

const momentOf = ({ becameEffectiveAtMs, withdrawal, effectiveAtMs }: RuleVersion): number =>
  becameEffectiveAtMs ?? withdrawal?.atMs ?? effectiveAtMs;

/** Versions that become effective in one instant follow the order of their plans, then of their numbers. */
function inOrderOfEffect(a: RuleVersion, b: RuleVersion): number {
  return momentOf(a) - momentOf(b) || a.effectiveAtMs - b.effectiveAtMs || a.number - b.number;
}

/** Whether a rule with this scope concerns the place; what the place leaves open, only rules without it concern. */
function isUnder(place: RuleScope, scope: RuleScope): boolean {
  return (
    (scope.sku === undefined || scope.sku === place.sku) &&
    (scope.location === undefined || scope.location === place.location) &&
    (scope.channel === undefined || scope.channel === place.channel)
  );
}
