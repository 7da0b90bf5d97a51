import { tableChangesOf, type RuleSetting } from './rule-setting.ts';
import type { RuleKind, RuleScope } from './rule-table.ts';
import { SkuGrid, type SkuGridData } from './sku-grid.ts';

/** When a rule of one kind and scope was set or taken away. */
interface RuleDate {
  readonly atMs: number;
  readonly isSet: boolean;
}

export interface TermDatesData {
  readonly demand: SkuGridData;
  readonly owed: SkuGridData;
  readonly rules: readonly (readonly [string, RuleDate])[];
}

/** Of the more specific scopes first. */
const SCOPES = [0b111, 0b110, 0b101, 0b100, 0b011, 0b010, 0b001, 0b000] as const;

/**
 * When the figures of the availability formula that belong to no position last changed, epoch milliseconds. Information for
 * people: the formula never asks.
 */
export class TermDates {
  /** By SKU and network; 0 is never. */
  readonly #demand: SkuGrid;
  /** By SKU and channel; 0 is never. */
  readonly #owed: SkuGrid;
  readonly #rules: Map<string, RuleDate>;

  constructor(data?: TermDatesData) {
    this.#demand = data ? SkuGrid.from(data.demand, 0) : new SkuGrid(0);
    this.#owed = data ? SkuGrid.from(data.owed, 0) : new SkuGrid(0);
    this.#rules = new Map(data?.rules);
  }

  demandChanged(sku: number, network: number, atMs: number): void {
    this.#demand.set(sku, network, atMs);
  }

  owedChanged(sku: number, channel: number, atMs: number): void {
    this.#owed.set(sku, channel, atMs);
  }

  rulesChanged(settings: readonly RuleSetting[], atMs: number): void {
    for (const setting of settings) {
      for (const [kind, value] of tableChangesOf(setting)) {
        this.#rules.set(keyOf(kind, setting.scope, 0b111), { atMs, isSet: value !== null });
      }
    }
  }

  /** Of the demand of every network of a set, which is given as bits; 0 when there never was any. */
  demandAtMs(sku: number, networks: number): number {
    let latest = 0;
    for (let network = 0, rest = networks; rest !== 0; network++, rest >>>= 1) {
      if (rest & 1) latest = Math.max(latest, this.#demand.get(sku, network));
    }
    return latest;
  }

  /** 0 when the channel never owed any. */
  owedAtMs(sku: number, channel: number): number {
    return this.#owed.get(sku, channel);
  }

  /**
   * When what the rules of a kind say of a place last changed: of the rule that holds there, or of a more specific one that
   * was taken away. 0 when none ever was.
   */
  ruleAtMs(kind: RuleKind, place: RuleScope): number {
    let latest = 0;
    for (const parts of SCOPES) {
      const date = this.#rules.get(keyOf(kind, place, parts));
      latest = Math.max(latest, date?.atMs ?? 0);
      if (date?.isSet) break;
    }
    return latest;
  }

  toData(): TermDatesData {
    return { demand: this.#demand.toData(), owed: this.#owed.toData(), rules: [...this.#rules] };
  }
}

/** The parts of a place that a scope names; what the place leaves open is open in the scope too. */
function keyOf(kind: RuleKind, { sku = '', location = '', channel = '' }: RuleScope, parts: number): string {
  const named = [parts & 0b100 ? sku : '', parts & 0b010 ? location : '', parts & 0b001 ? channel : ''];
  return JSON.stringify([kind, ...named]);
}
