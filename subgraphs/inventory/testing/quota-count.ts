import type { AllocatedLine, LedgerEvent, LedgerEventOf } from '../domain/ledger-event.ts';
import type { RuleSetting } from '../domain/rule-setting.ts';

/** One step of a SKU that a channel has claimed or sold. */
interface Unit {
  readonly sku: string;
  readonly channel: string;
  isOwed: boolean;
  isCounted: boolean;
  isGivenUp: boolean;
}

interface Claim {
  readonly kind: string;
  readonly stepsEach: ReadonlyMap<string, number>;
  units: Unit[];
}

/** The slow and obvious way to what is sold of quotas: every unit by itself, and a list of all of them. */
export class QuotaCount {
  readonly #units: Unit[] = [];
  readonly #reservations = new Map<string, Claim>();
  readonly #allocations = new Map<string, Unit[]>();
  readonly #quotas = new Set<string>();
  readonly #versions = new Map<number, readonly RuleSetting[]>();

  soldOf(sku: string, channel: string): number {
    return this.#units.filter(
      (unit) => unit.sku === sku && unit.channel === channel && unit.isCounted && !unit.isGivenUp,
    ).length;
  }

  apply(event: LedgerEvent): void {
    switch (event.type) {
      case 'availability-rules-changed':
        return void this.#versions.set(event.version, event.settings);
      case 'availability-rule-effective':
        for (const setting of this.#versions.get(event.version) ?? []) this.#set(setting);
        return;
      case 'stock-reserved':
        return this.#reserve(event);
      case 'backorder-covered':
        for (const unit of this.#owedOf(event.reservation).slice(0, event.steps)) this.#cover(unit);
        return;
      case 'reservations-cancelled':
        for (const id of event.reservations) this.#giveUp(id);
        return;
      case 'reservation-expired':
        return this.#giveUp(event.reservation);
      case 'stock-allocated':
        for (const line of event.lines) this.#allocate(line);
        return;
      case 'stock-deallocated':
        for (const line of event.lines) for (const unit of this.#take(line)) unit.isGivenUp = true;
        return;
      case 'allocations-shipped':
        for (const line of event.lines) this.#take(line);
        return;
      case 'stock-moved':
        for (const { sku, steps } of event.channel === undefined ? [] : event.lines) {
          for (let at = 0; at < steps; at++) this.#add(sku, event.channel ?? '', false);
        }
        return;
      default:
        return;
    }
  }

  #set({ kind, scope: { sku, channel = '' }, value }: RuleSetting): void {
    if (kind !== 'QUOTA') return;
    const key = `${sku ?? '*'}|${channel}`;
    if (value === null && !this.#quotas.delete(key)) return;
    if (value !== null) this.#quotas.add(key);
    for (const unit of this.#units) {
      const isElsewhere = sku === undefined ? this.#quotas.has(`${unit.sku}|${channel}`) : unit.sku !== sku;
      if (unit.channel === channel && !isElsewhere) unit.isCounted = false;
    }
  }

  #reserve({ kind, channel, lines }: LedgerEventOf<'stock-reserved'>): void {
    for (const { id, sku, steps, components = [{ sku, stepsEach: 1 }], backordered = 0 } of lines) {
      const units = components.flatMap((part) =>
        Array.from({ length: steps * part.stepsEach }, (_, at) =>
          this.#add(part.sku, kind === 'TRANSFER' ? '' : channel, at < backordered),
        ),
      );
      const stepsEach = new Map(components.map((part) => [part.sku, part.stepsEach]));
      this.#reservations.set(id, { kind, stepsEach, units });
    }
  }

  #add(sku: string, channel: string, isOwed: boolean): Unit {
    const unit = { sku, channel, isOwed, isCounted: false, isGivenUp: false };
    if (!isOwed) this.#cover(unit);
    this.#units.push(unit);
    return unit;
  }

  #cover(unit: Unit): void {
    unit.isOwed = false;
    unit.isCounted = this.#quotas.has(`${unit.sku}|${unit.channel}`) || this.#quotas.has(`*|${unit.channel}`);
  }

  #owedOf(id: string): readonly Unit[] {
    return this.#reservations.get(id)?.units.filter(({ isOwed }) => isOwed) ?? [];
  }

  #giveUp(id: string): void {
    for (const unit of this.#reservations.get(id)?.units ?? []) unit.isGivenUp = true;
    this.#reservations.delete(id);
  }

  /** What is there goes first, what is owed last; of what is there, what was counted goes first. */
  #allocate(line: LedgerEventOf<'stock-allocated'>['lines'][number]): void {
    const claim = this.#reservations.get(line.reservation);
    for (const [sku, stepsEach] of claim?.stepsEach ?? []) {
      const taken = countedFirst(claim?.units.filter((unit) => unit.sku === sku) ?? []).slice(
        0,
        line.steps * stepsEach,
      );
      if (claim) claim.units = claim.units.filter((unit) => !taken.includes(unit));
      for (const unit of taken) if (unit.isOwed) this.#cover(unit);
      const key = keyOf({ ...line, sku });
      this.#allocations.set(key, [...(this.#allocations.get(key) ?? []), ...taken]);
    }
  }

  #take(line: AllocatedLine): readonly Unit[] {
    const open = countedFirst(this.#allocations.get(keyOf(line)) ?? []);
    this.#allocations.set(keyOf(line), open.slice(line.steps));
    return open.slice(0, line.steps);
  }
}

const keyOf = ({ order, orderLine, sku, location }: AllocatedLine): string =>
  [order, orderLine, sku, location].join('|');

const countedFirst = (units: readonly Unit[]): Unit[] =>
  units.toSorted((a, b) => Number(a.isOwed) - Number(b.isOwed) || Number(b.isCounted) - Number(a.isCounted));
