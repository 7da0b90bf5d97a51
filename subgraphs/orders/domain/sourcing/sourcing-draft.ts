import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { NodeOutlook, WorkDay } from './node-outlook.ts';
import { unitsOf, type OpenDemand, type Option } from './open-demand.ts';
import type { Choice, Demand } from './sourcing-policy.ts';

interface Assigned {
  readonly open: OpenDemand;
  readonly option: Option;
  readonly quantity: Steps;
  readonly workDay: WorkDay;
}

/** A plan that is being made: what each location has left for the lines that come next, and what it costs so far. */
export class SourcingDraft {
  readonly #splitPenaltyMinor: number;
  readonly #assigned: Assigned[] = [];
  /** By SKU and location. */
  readonly #stockTaken = new Map<string, Steps>();
  /** By location and day. */
  readonly #unitsTaken = new Map<string, number>();
  readonly #parcels = new Map<string, number>();
  #lineCostMinor = 0;

  constructor(splitPenaltyMinor: number) {
    this.#splitPenaltyMinor = splitPenaltyMinor;
  }

  get assigned(): readonly Assigned[] {
    return this.#assigned;
  }

  get parcels(): ReadonlySet<string> {
    return new Set(this.#parcels.keys());
  }

  get costMinor(): number {
    const parcels = [...this.#parcels.values()].reduce((sum, cost) => sum + cost, 0);
    return this.#lineCostMinor + parcels + this.#splitPenaltyMinor * Math.max(0, this.#parcels.size - 1);
  }

  /** Demands that are served whole. */
  get served(): number {
    return new Set(this.#assigned.map(({ open }) => open)).size;
  }

  copy(): SourcingDraft {
    const copy = new SourcingDraft(this.#splitPenaltyMinor);
    for (const { open, option, quantity, workDay } of this.#assigned) copy.#add({ open, option, quantity, workDay });
    return copy;
  }

  /** What one more parcel of a location costs; nothing when one leaves there anyway. */
  parcelCostOf({ location, parcelCostMinor }: NodeOutlook): number {
    if (this.#parcels.has(location)) return 0;
    return parcelCostMinor + (this.#parcels.size > 0 ? this.#splitPenaltyMinor : 0);
  }

  /** What of a demand a location could still serve. */
  leftOf({ demand }: OpenDemand, { outlook, available }: Option): Steps {
    return Math.max(0, available - (this.#stockTaken.get(stockKey(demand, outlook)) ?? 0));
  }

  /** Whether a location can still serve that much of a demand. */
  fits(open: OpenDemand, option: Option, quantity: Steps): boolean {
    return this.leftOf(open, option) >= quantity && this.#dayFor(open, option, quantity) !== undefined;
  }

  /** Takes it when it fits. */
  take(open: OpenDemand, option: Option, quantity: Steps): boolean {
    const workDay = this.leftOf(open, option) >= quantity ? this.#dayFor(open, option, quantity) : undefined;
    if (!workDay) return false;
    this.#add({ open, option, quantity, workDay });
    return true;
  }

  /** The same plan without what comes from a location. */
  without(location: string): SourcingDraft {
    const rest = new SourcingDraft(this.#splitPenaltyMinor);
    for (const each of this.#assigned) if (each.option.outlook.location !== location) rest.#add(each);
    return rest;
  }

  choices(): readonly Choice[] {
    return this.#assigned.map(({ open: { demand }, option, quantity, workDay }) => ({
      line: demand.line,
      reservation: demand.reservation,
      location: option.outlook.location,
      quantity,
      capacityDay: workDay.isLimited ? workDay.day : null,
      units: unitsOf(quantity, demand),
      delivery: workDay.delivery,
    }));
  }

  #dayFor({ demand }: OpenDemand, { outlook }: Option, quantity: Steps): WorkDay | undefined {
    const units = unitsOf(quantity, demand);
    return outlook.days.find(({ day, hasPlace, unitsFree }) => {
      return hasPlace && unitsFree - (this.#unitsTaken.get(`${outlook.location}|${day}`) ?? 0) >= units;
    });
  }

  #add(assigned: Assigned): void {
    const { open, option, quantity, workDay } = assigned;
    const { location, parcelCostMinor, unitCostMinor } = option.outlook;
    const units = unitsOf(quantity, open.demand);
    this.#assigned.push(assigned);
    addTo(this.#stockTaken, stockKey(open.demand, option.outlook), quantity);
    addTo(this.#unitsTaken, `${location}|${workDay.day}`, units);
    this.#parcels.set(location, parcelCostMinor);
    this.#lineCostMinor += option.lineCostMinor + unitCostMinor * units;
  }
}

const stockKey = ({ sku }: Demand, { location }: NodeOutlook): string => `${sku}|${location}`;

function addTo(sums: Map<string, number>, key: string, more: number): void {
  sums.set(key, (sums.get(key) ?? 0) + more);
}
