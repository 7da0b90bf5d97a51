/*
 * The ledger as one would explain it to a person: lists and loops, nothing kept that can be summed up. Slow, and so plain
 * that its faults would be seen. It knows whole units, the two overlapping networks below and the counters of stores.
 */

export const MODEL_SKUS = ['A', 'B'] as const;
export const MODEL_LOCATIONS = ['L0', 'L1', 'L2'] as const;
/** In a chain: the middle location serves both. */
export const MODEL_NETWORKS: Readonly<Record<string, readonly string[]>> = { WEB: ['L0', 'L1'], APP: ['L1', 'L2'] };
export const CART_TTL_MS = 900_000;

export interface ModelReservation {
  readonly id: string;
  readonly sku: string;
  units: number;
  readonly channel: string;
  /** Absent: any location of the network of the channel. */
  readonly location?: string;
  status: 'ACTIVE' | 'CONVERTED' | 'CANCELLED' | 'EXPIRED';
  readonly expiresAtMs: number | undefined;
}

export interface ModelAllocation {
  readonly orderLine: string;
  readonly sku: string;
  readonly location: string;
  readonly channel: string;
  units: number;
  picked: number;
}

interface Shelf {
  readonly sku: string;
  readonly location: string;
}

/** Something that changed SELLABLE at an instant. */
interface ModelMovement extends Shelf {
  readonly units: number;
  readonly occurredAtMs: number;
}

export class LedgerModel {
  readonly reservations: ModelReservation[] = [];
  readonly allocations: ModelAllocation[] = [];
  readonly movements: ModelMovement[] = [];
  readonly suspects: (Shelf & { readonly units: number })[] = [];
  readonly counts: (Shelf & { readonly asOfMs: number })[] = [];
  /** Event id -> the content that was applied. */
  readonly facts = new Map<string, string>();

  sellable(shelf: Shelf): number {
    return sum(this.movements.filter((each) => isSame(each, shelf)));
  }

  suspect(shelf: Shelf): number {
    return sum(this.suspects.filter((each) => isSame(each, shelf)));
  }

  softReserved(shelf: Shelf): number {
    return sum(this.active().filter(({ sku, location }) => sku === shelf.sku && location === shelf.location));
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

  open(): ModelAllocation[] {
    return this.allocations.filter(({ units }) => units > 0);
  }

  free(shelf: Shelf): number {
    return this.sellable(shelf) - this.softReserved(shelf) - this.allocated(shelf);
  }

  /** What a channel may sell: the formula without any rule. */
  available(channel: string, sku: string): number {
    const locations = MODEL_NETWORKS[channel] ?? [];
    let balance = 0;
    for (const location of locations) {
      const shelf = { sku, location };
      const claims = this.softReserved(shelf) + this.allocated(shelf);
      balance += Math.max(0, this.free(shelf)) - Math.max(0, claims - Math.max(0, this.sellable(shelf)));
    }
    // Both networks share a location, so each counts the demand of both.
    for (const network of Object.keys(MODEL_NETWORKS)) balance -= this.demand(network, sku);
    return Math.max(0, balance);
  }

  demand(network: string, sku: string): number {
    return sum(
      this.active().filter((each) => each.sku === sku && each.location === undefined && each.channel === network),
    );
  }

  /** Accepted demand that could not be served: each network empties its own location first, then the shared one. */
  unserved(
    sku: string,
    less: { location: string; units: number; network?: string } = { location: '', units: 0 },
  ): number {
    const left = (location: string) =>
      Math.max(0, this.free({ sku, location }) - (less.location === location ? less.units : 0));
    const wanted = (network: string) => this.demand(network, sku) - (less.network === network ? less.units : 0);
    const beyond = Math.max(0, wanted('WEB') - left('L0')) + Math.max(0, wanted('APP') - left('L2'));
    return Math.max(0, beyond - left('L1'));
  }

  mayReserve(channel: string, sku: string, units: number): boolean {
    return units <= this.available(channel, sku);
  }

  /** At a location, by its own counter or by a channel that it takes part in. */
  mayReserveAt(shelf: Shelf, units: number, channel: string | undefined): boolean {
    const { sku, location } = shelf;
    if (units > this.free(shelf)) return false;
    if (channel !== undefined && units > this.available(channel, sku)) return false;
    return this.unserved(sku, { location, units }) <= this.unserved(sku);
  }

  mayAllocate({ sku, channel, location: bound }: ModelReservation, location: string, units: number): boolean {
    const shelf = { sku, location };
    if (bound !== undefined) return units <= this.free(shelf) + units;
    if (units > this.free(shelf)) return false;
    return this.unserved(sku, { location, units, network: channel }) <= this.unserved(sku);
  }

  /** @returns false when the fact was told before, or another one under its id */
  isNew(eventId: string, content: string): boolean {
    if (this.facts.has(eventId)) return false;
    this.facts.set(eventId, content);
    return true;
  }

  /** What comes to light about the time before a count was seen by the count. */
  move(shelf: Shelf, units: number, occurredAtMs: number): void {
    const countedAtMs = this.#countedAtMs(shelf);
    if (countedAtMs === undefined || occurredAtMs > countedAtMs) this.movements.push({ ...shelf, units, occurredAtMs });
  }

  count(shelf: Shelf, units: number, asOfMs: number): void {
    const countedAtMs = this.#countedAtMs(shelf);
    if (countedAtMs !== undefined && asOfMs < countedAtMs) return;
    const then = this.movements.filter((each) => isSame(each, shelf) && each.occurredAtMs <= asOfMs);
    this.movements.push({ ...shelf, units: units - sum(then), occurredAtMs: asOfMs });
    this.counts.push({ ...shelf, asOfMs });
  }

  expire(nowMs: number): void {
    for (const reservation of this.active()) {
      if (reservation.expiresAtMs !== undefined && reservation.expiresAtMs <= nowMs) reservation.status = 'EXPIRED';
    }
  }

  allocate(reservation: ModelReservation, orderLine: string, location: string, units: number): void {
    const { sku, channel } = reservation;
    if (reservation.units === units) reservation.status = 'CONVERTED';
    else reservation.units -= units;
    const open = this.open().find((each) => isSame(each, { sku, location }) && each.orderLine === orderLine);
    if (open) open.units += units;
    else this.allocations.push({ orderLine, sku, location, channel, units, picked: 0 });
  }

  #countedAtMs(shelf: Shelf): number | undefined {
    const instants = this.counts.filter((each) => isSame(each, shelf)).map(({ asOfMs }) => asOfMs);
    return instants.length === 0 ? undefined : Math.max(...instants);
  }
}

const isSame = (one: Shelf, other: Shelf): boolean => one.sku === other.sku && one.location === other.location;
const sum = (all: readonly { readonly units: number }[]): number => all.reduce((total, { units }) => total + units, 0);
