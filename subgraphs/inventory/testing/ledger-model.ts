/*
 * The ledger as one would explain it to a person: lists and loops, nothing kept that can be summed up. Slow, and so plain
 * that its faults would be seen. It knows the world of `model-world.ts` and the counters of its stores.
 */

import { ModelFeeds } from './model-feeds.ts';
import { ModelRules, type ModelPolicy } from './model-rules.ts';
import { ModelSupply, type ModelArrival } from './model-supply.ts';
import { ModelTransfers } from './model-transfers.ts';
import {
  isSame,
  MODEL_KIT,
  MODEL_LOCATIONS,
  MODEL_NETWORKS,
  MODEL_SKUS,
  partsOf,
  sum,
  type Shelf,
} from './model-world.ts';

export interface ModelReservation {
  readonly id: string;
  readonly kind: string;
  readonly sku: string;
  units: number;
  /** Of `units`, those that were sold beyond stock. */
  owed: number;
  readonly channel: string;
  /** Absent: any location of the network of the channel. */
  readonly location?: string;
  status: 'ACTIVE' | 'CONVERTED' | 'CANCELLED' | 'EXPIRED';
  readonly priority: number;
  readonly reservedAtMs: number;
  expiresAtMs: number | undefined;
}

export interface ModelAllocation {
  readonly order: string;
  readonly orderLine: string;
  readonly sku: string;
  readonly location: string;
  readonly channel: string;
  units: number;
  picked: number;
}

/** A line of a request. */
export interface ModelLine {
  readonly sku: string;
  readonly units: number;
}

interface ModelTerms {
  /** Without what may be sold beyond stock. */
  readonly stock: number;
  readonly available: number;
}

const NO_POLICY: ModelPolicy = { mode: 'DENY', limit: 0, horizonMs: 0, confidence: 0 };

export class LedgerModel {
  readonly reservations: ModelReservation[] = [];
  readonly allocations: ModelAllocation[] = [];
  /** Everything that changed SELLABLE, with the instant at which it did. */
  readonly movements: (Shelf & { readonly units: number; readonly occurredAtMs: number })[] = [];
  /** Everything that changed another bucket. */
  readonly held: (Shelf & { readonly bucket: string; readonly units: number })[] = [];
  readonly counts: (Shelf & { readonly asOfMs: number })[] = [];
  /** Event id -> the content that was applied. */
  readonly facts = new Map<string, string>();
  /** What was told under the id of another content. */
  readonly conflicts = new Set<string>();
  /** Numbers that the source gave its messages, in the order in which they came. */
  readonly numbers: number[] = [];
  readonly rules = new ModelRules();
  readonly feeds = new ModelFeeds();
  readonly supply = new ModelSupply();
  readonly transfers = new ModelTransfers(this);

  sellable(shelf: Shelf): number {
    return sum(this.movements.filter((each) => isSame(each, shelf)));
  }

  inBucket(shelf: Shelf, bucket: string): number {
    return sum(this.held.filter((each) => isSame(each, shelf) && each.bucket === bucket));
  }

  softReserved(shelf: Shelf): number {
    return sum(this.#claims(({ location }) => location === shelf.location).filter(({ sku }) => sku === shelf.sku));
  }

  allocated(shelf: Shelf): number {
    return sum(this.allocations.filter((each) => isSame(each, shelf)));
  }

  picked(shelf: Shelf): number {
    return sum(this.allocations.filter((each) => isSame(each, shelf)).map(({ picked }) => ({ units: picked })));
  }

  active(): ModelReservation[] {
    return this.reservations.filter(({ status }) => status === 'ACTIVE');
  }

  /** Of orders; what transfers claim is their own affair. */
  open(): ModelAllocation[] {
    return this.allocations.filter(({ units, channel }) => units > 0 && channel !== '');
  }

  free(shelf: Shelf): number {
    return this.sellable(shelf) - this.softReserved(shelf) - this.allocated(shelf);
  }

  /** What one location offers a seller. */
  node(shelf: Shelf, channel: string): number {
    const place = { ...shelf, channel };
    if (!this.rules.isSold(place)) return 0;
    const free = this.free(shelf);
    const percent = this.rules.value('SAFETY_PERCENT', place);
    const safety = Math.max(
      this.rules.value('SAFETY_QUANTITY', place),
      Math.ceil((percent * Math.max(0, free)) / 10_000),
    );
    const stale = this.feeds.isStale(shelf.location) ? this.rules.value('STALE_BUFFER', place) : 0;
    return Math.max(0, free - safety - stale);
  }

  /** What a channel may sell. */
  available(channel: string, sku: string): number {
    return this.#terms(channel, sku).available;
  }

  demand(network: string, sku: string): number {
    const ofNetwork = this.#claims(({ location, channel }) => location === undefined && channel === network);
    return sum(ofNetwork.filter((each) => each.sku === sku));
  }

  /** Units that somebody was promised beyond what is there. */
  owed(sku: string, channel?: string): number {
    const waiting = this.active().filter((each) => each.sku === sku && (each.channel === channel || !channel));
    return sum(waiting.map(({ owed }) => ({ units: owed })));
  }

  toCome(shelf: Shelf): readonly ModelArrival[] {
    return [...this.supply.toCome(shelf), ...this.transfers.toCome(shelf)];
  }

  /** Accepted demand that could not be served: each network empties its own location first, then the shared one. */
  unserved(
    sku: string,
    less: { location: string; units: number; network?: string | undefined } = { location: '', units: 0 },
  ): number {
    const left = (location: string) =>
      Math.max(0, this.free({ sku, location }) - (less.location === location ? less.units : 0));
    const wanted = (network: string) => this.demand(network, sku) - (less.network === network ? less.units : 0);
    const beyond = Math.max(0, wanted('WEB') - left('L0')) + Math.max(0, wanted('APP') - left('L2'));
    return Math.max(0, beyond - left('L1'));
  }

  /** Whether units can be taken from a shelf without leaving demand of others unserved. */
  mayTake(shelf: Shelf, units: number, fromNetwork: string | undefined): boolean {
    const { sku, location } = shelf;
    if (units > this.free(shelf)) return false;
    return this.unserved(sku, { location, units, network: fromNetwork }) <= this.unserved(sku);
  }

  /** All lines together, or none. */
  mayReserve(channel: string, lines: readonly ModelLine[]): boolean {
    const kits = lines.filter(({ sku }) => sku === MODEL_KIT);
    if (sum(kits) > this.available(channel, MODEL_KIT)) return false;
    return MODEL_SKUS.every((sku) => {
      const forKits = sum(needs(kits).filter((part) => part.sku === sku));
      const asked = sum(needs(lines).filter((part) => part.sku === sku));
      const isThere = kits.length === 0 || forKits <= this.#fromStock(channel, sku);
      return asked === 0 || (isThere && asked <= this.available(channel, sku));
    });
  }

  /** Of each accepted line, what is sold beyond stock: kits are served first, then the lines in their order. */
  owedOf(channel: string, lines: readonly ModelLine[]): readonly number[] {
    const left = new Map<string, number>(MODEL_SKUS.map((sku) => [sku, this.#fromStock(channel, sku)]));
    const take = (sku: string, units: number): number => {
      const there = Math.min(units, left.get(sku) ?? 0);
      left.set(sku, (left.get(sku) ?? 0) - there);
      return units - there;
    };
    for (const { sku, units } of lines) {
      if (sku === MODEL_KIT) for (const part of partsOf(sku, units)) take(part.sku, part.units);
    }
    return lines.map(({ sku, units }) => (sku === MODEL_KIT ? 0 : take(sku, units)));
  }

  /** At a location, by its own counter or by a channel that it takes part in; all lines together. */
  mayReserveAt(location: string, lines: readonly ModelLine[], channel: string): boolean {
    const kits = sum(lines.filter(({ sku }) => sku === MODEL_KIT));
    if (channel in MODEL_NETWORKS && kits > this.available(channel, MODEL_KIT)) return false;
    if (kits > 0 && !this.rules.isSold({ sku: MODEL_KIT, location, channel })) return false;
    return MODEL_SKUS.every((sku) => {
      const units = sum(needs(lines).filter((part) => part.sku === sku));
      if (units === 0) return true;
      if (units > this.node({ sku, location }, channel)) return false;
      if (channel in MODEL_NETWORKS && units > this.available(channel, sku)) return false;
      return this.mayTake({ sku, location }, units, undefined);
    });
  }

  mayAllocate(reservation: ModelReservation, location: string, units: number): boolean {
    const { sku, channel, location: bound, owed } = reservation;
    return partsOf(sku, units).every((part) => {
      const shelf = { sku: part.sku, location };
      if (bound !== undefined) return part.units <= this.free(shelf) + part.units;
      // What is owed is no demand of its network yet.
      return this.mayTake(shelf, part.units, units > reservation.units - owed ? undefined : channel);
    });
  }

  /** @returns false when the fact was told before, or another one under its id */
  isNew(eventId: string, content: string): boolean {
    const known = this.facts.get(eventId);
    if (known !== undefined && known !== content) this.conflicts.add(`${eventId} ${content}`);
    if (known === undefined) this.facts.set(eventId, content);
    return known === undefined;
  }

  /** Numbers that were skipped, from the first one told on. */
  missingNumbers(): readonly number[] {
    const [first = 0] = this.numbers;
    const missing = Array.from({ length: Math.max(0, ...this.numbers) - first + 1 }, (_, index) => first + index);
    return missing.filter((number) => !this.numbers.includes(number) && number > first);
  }

  /** What comes to light about the time before a count was seen by the count. */
  move(shelf: Shelf, units: number, occurredAtMs: number): void {
    const countedAtMs = this.#countedAtMs(shelf);
    if (countedAtMs !== undefined && occurredAtMs <= countedAtMs) return;
    this.movements.push({ sku: shelf.sku, location: shelf.location, units, occurredAtMs });
  }

  count(shelf: Shelf, units: number, asOfMs: number): void {
    const countedAtMs = this.#countedAtMs(shelf);
    if (countedAtMs !== undefined && asOfMs < countedAtMs) return;
    const { sku, location } = shelf;
    const then = this.movements.filter((each) => isSame(each, shelf) && each.occurredAtMs <= asOfMs);
    this.movements.push({ sku, location, units: units - sum(then), occurredAtMs: asOfMs });
    this.counts.push({ sku, location, asOfMs });
  }

  allocate(
    reservation: ModelReservation,
    work: { readonly order: string; readonly orderLine: string },
    taken: {
      readonly location: string;
      readonly units: number;
    },
  ): void {
    const { sku, channel } = reservation;
    const { location, units } = taken;
    if (reservation.units === units) reservation.status = 'CONVERTED';
    else reservation.units -= units;
    reservation.owed = Math.min(reservation.owed, reservation.units);
    for (const part of partsOf(sku, units)) {
      const shelf = { sku: part.sku, location };
      const open = this.open().find((each) => isSame(each, shelf) && each.orderLine === work.orderLine);
      if (open) open.units += part.units;
      else this.allocations.push({ ...work, ...shelf, channel, units: part.units, picked: 0 });
    }
  }

  /** What the writer does when it looks at the time: it ends, it applies, it finds stale, and it covers what is owed. */
  tick(nowMs: number): void {
    for (const reservation of this.active()) {
      if (reservation.expiresAtMs !== undefined && reservation.expiresAtMs <= nowMs) reservation.status = 'EXPIRED';
    }
    this.rules.applyDue(nowMs);
    this.feeds.markStale(nowMs);
    for (const sku of MODEL_SKUS) this.#cover(sku);
  }

  /** The highest priority first, then the oldest. */
  #cover(sku: string): void {
    const waiting = this.active().filter((each) => each.sku === sku && each.owed > 0);
    const inOrder = waiting.toSorted(
      (a, b) => b.priority - a.priority || a.reservedAtMs - b.reservedAtMs || (a.id < b.id ? -1 : 1),
    );
    for (const reservation of inOrder) {
      // What this one is given, the next one does not find any more.
      const { stock } = this.#terms(reservation.channel, sku);
      reservation.owed -= Math.max(0, Math.min(reservation.owed, stock));
    }
  }

  #terms(channel: string, sku: string): ModelTerms {
    const cap = this.rules.value('CAP', { sku, channel }, Infinity);
    if (sku === MODEL_KIT) {
      const parts = partsOf(MODEL_KIT, 1).map((part) => Math.floor(this.#fromStock(channel, part.sku) / part.units));
      const stock = this.rules.isSold({ sku, channel }) ? Math.min(...parts) : 0;
      return { stock, available: Math.min(cap, stock) };
    }
    let stock = -this.rules.value('THRESHOLD', { sku, channel });
    for (const location of MODEL_NETWORKS[channel] ?? []) {
      const shelf = { sku, location };
      const claims = this.softReserved(shelf) + this.allocated(shelf);
      stock += this.node(shelf, channel) - Math.max(0, claims - Math.max(0, this.sellable(shelf)));
    }
    // Both networks share a location, so each counts the demand of both.
    for (const network of Object.keys(MODEL_NETWORKS)) stock -= this.demand(network, sku);
    return { stock, available: Math.min(cap, Math.max(0, stock + this.#beyondStock(channel, sku))) };
  }

  /** What is left for whoever comes now, when those who are owed have been served. */
  #fromStock(channel: string, sku: string): number {
    const { stock, available } = this.#terms(channel, sku);
    return Math.min(available, Math.max(0, stock - this.owed(sku)));
  }

  #beyondStock(channel: string, sku: string): number {
    const rule = this.rules.find('SELL_POLICY', { sku, channel });
    const { mode, limit, horizonMs, confidence } = rule?.policy ?? NO_POLICY;
    if (mode === 'DENY') return -this.owed(sku);
    const owed = this.owed(sku, rule?.scope.channel);
    if (mode === 'BACKORDER') return limit - owed;
    const untilMs = this.rules.asOfMs + horizonMs;
    const arrivals = (MODEL_NETWORKS[channel] ?? []).flatMap((location) => this.toCome({ sku, location }));
    const expected = sum(arrivals.filter(({ expectedAtMs }) => expectedAtMs !== undefined && expectedAtMs <= untilMs));
    return Math.min(limit, Math.floor((expected * confidence) / 10_000)) - owed;
  }

  /** What active reservations claim of stock, kits by their parts. */
  #claims(isMeant: (reservation: ModelReservation) => boolean): readonly ModelLine[] {
    return this.active()
      .filter(isMeant)
      .flatMap(({ sku, units, owed }) => partsOf(sku, units - owed));
  }

  #countedAtMs(shelf: Shelf): number | undefined {
    const instants = this.counts.filter((each) => isSame(each, shelf)).map(({ asOfMs }) => asOfMs);
    return instants.length === 0 ? undefined : Math.max(...instants);
  }
}

/** What a request needs of each SKU that lies on a shelf. */
function needs(lines: readonly ModelLine[]): readonly ModelLine[] {
  return lines.flatMap(({ sku, units }) => partsOf(sku, units));
}

export const EVERY_SHELF: readonly Shelf[] = MODEL_SKUS.flatMap((sku) =>
  MODEL_LOCATIONS.map((location) => ({ sku, location })),
);
