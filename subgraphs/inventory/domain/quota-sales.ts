import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { CHANNELS_MAX } from './sales-territory.ts';

/** What a quota dedicates: one SKU of a channel, or, with NONE, every SKU of it that has no quota of its own. */
export interface QuotaPlace {
  readonly sku: number;
  readonly channel: number;
}

/** What was counted as sold of an open claim at once. */
interface OpenSale extends QuotaPlace {
  readonly steps: Steps;
}

export interface QuotaSalesData {
  readonly sinceMs: readonly (readonly [number, number])[];
  readonly sold: readonly (readonly [number, Steps])[];
  /** A claim stands here once for each of its sales, in the order in which they were made. */
  readonly open: readonly (readonly [string, OpenSale])[];
  readonly soldAtMs: readonly (readonly [number, number])[];
}

/**
 * What channels have sold of their quotas since these were set, which is what a quota no longer holds back. Claims count
 * as soon as they are made and are taken off when they are given up; what has left stays sold. Channels without a quota
 * cost nothing.
 */
export class QuotaSales {
  /** The quotas in force, with the instant from which each counts. */
  readonly #sinceMs: Map<number, number>;
  readonly #sold: Map<number, Steps>;
  /** By claim, the oldest first. One claim may have been filled by several channels, each of which sold its part. */
  readonly #open = new Map<string, readonly OpenSale[]>();
  /** When what was sold last changed; for people. */
  readonly #soldAtMs: Map<number, number>;
  #nowMs = 0;

  constructor(data?: QuotaSalesData) {
    this.#sinceMs = new Map(data?.sinceMs);
    this.#sold = new Map(data?.sold);
    for (const [claim, sale] of data?.open ?? []) this.#open.set(claim, [...(this.#open.get(claim) ?? []), sale]);
    this.#soldAtMs = new Map(data?.soldAtMs);
  }

  get isEmpty(): boolean {
    return this.#sinceMs.size === 0;
  }

  /** What follows happens at this instant. */
  advance(atMs: number): void {
    this.#nowMs = atMs;
  }

  /** When what a channel has sold of a quota last changed; undefined when it never did. */
  soldAtMs(sku: number, channel: number): number | undefined {
    return this.#soldAtMs.get(keyOf({ sku, channel }));
  }

  /** Begins a quota, or begins it again: what was sold before does not count for it. */
  start(place: QuotaPlace, atMs: number): void {
    this.#sinceMs.set(keyOf(place), atMs);
    this.#restart(place);
  }

  end(place: QuotaPlace): void {
    if (this.#sinceMs.delete(keyOf(place))) this.#restart(place);
  }

  /** From when on sales of a SKU by a channel count; undefined while no quota dedicates anything to it. */
  sinceMs({ sku, channel }: QuotaPlace): number | undefined {
    return this.#sinceMs.get(keyOf({ sku, channel })) ?? this.#sinceMs.get(keyOf({ sku: NONE, channel }));
  }

  soldOf(sku: number, channel: number): Steps {
    return this.#sold.get(keyOf({ sku, channel })) ?? 0;
  }

  /** Counts what has left without a claim. */
  sell(place: QuotaPlace, steps: Steps): void {
    if (steps <= 0 || this.sinceMs(place) === undefined) return;
    this.#add(place, steps);
  }

  /** Counts what a claim takes; `claim` names it for as long as it is open. */
  claim(claim: string, { sku, channel }: QuotaPlace, steps: Steps): void {
    if (steps <= 0 || this.sinceMs({ sku, channel }) === undefined) return;
    this.#add({ sku, channel }, steps);
    const sales = this.#open.get(claim) ?? [];
    const last = sales.at(-1);
    const isMore = last?.sku === sku && last.channel === channel;
    const others = isMore ? sales.slice(0, -1) : sales;
    this.#open.set(claim, [...others, { sku, channel, steps: steps + (isMore ? last.steps : 0) }]);
  }

  /** Takes off what of a claim was counted, at most `steps`. @returns how much that was */
  giveUp(claim: string, steps: Steps): Steps {
    return this.#take(claim, steps, (sale) => this.#add(sale, -sale.steps));
  }

  /** A claim has become smaller because it was served: what was counted stays sold. @returns how much that was */
  close(claim: string, steps: Steps): Steps {
    return this.#take(claim, steps, () => undefined);
  }

  toData(): QuotaSalesData {
    const open = [...this.#open].flatMap(([claim, sales]) => sales.map((sale) => [claim, sale] as const));
    return { sinceMs: [...this.#sinceMs], sold: [...this.#sold], open, soldAtMs: [...this.#soldAtMs] };
  }

  /** Takes what was counted first. */
  #take(claim: string, steps: Steps, onTaken: (sale: OpenSale) => void): Steps {
    const left: OpenSale[] = [];
    let counted = 0;
    for (const sale of this.#open.get(claim) ?? []) {
      const taken = Math.min(steps - counted, sale.steps);
      counted += taken;
      if (taken > 0) onTaken({ ...sale, steps: taken });
      if (taken < sale.steps) left.push({ ...sale, steps: sale.steps - taken });
    }
    this.#keep(claim, left);
    return counted;
  }

  #keep(claim: string, sales: readonly OpenSale[]): void {
    if (sales.length > 0) this.#open.set(claim, sales);
    else this.#open.delete(claim);
  }

  #add(place: QuotaPlace, steps: Steps): void {
    const key = keyOf(place);
    const sum = (this.#sold.get(key) ?? 0) + steps;
    this.#soldAtMs.set(key, this.#nowMs);
    if (sum === 0) this.#sold.delete(key);
    else this.#sold.set(key, sum);
  }

  #restart(place: QuotaPlace): void {
    for (const key of this.#sold.keys()) if (this.#isUnder(placeOf(key), place)) this.#sold.delete(key);
    for (const key of this.#soldAtMs.keys()) if (this.#isUnder(placeOf(key), place)) this.#soldAtMs.delete(key);
    for (const [claim, sales] of this.#open) {
      const others = sales.filter((sale) => !this.#isUnder(sale, place));
      if (others.length < sales.length) this.#keep(claim, others);
    }
  }

  /** A quota for the whole channel leaves those of single SKUs alone. */
  #isUnder(sold: QuotaPlace, { sku, channel }: QuotaPlace): boolean {
    if (sold.channel !== channel) return false;
    return sku === NONE ? !this.#sinceMs.has(keyOf(sold)) : sold.sku === sku;
  }
}

const keyOf = ({ sku, channel }: QuotaPlace): number => sku * CHANNELS_MAX + channel;

function placeOf(key: number): QuotaPlace {
  const sku = Math.floor(key / CHANNELS_MAX);
  return { sku, channel: key - sku * CHANNELS_MAX };
}
