import { distanceKm, pointOf, type Destination } from './destination.ts';
import type { NodeInForce, Point, Rulebook } from './rulebook.ts';
import { loadKey, type DeliveryDates, type Objection, type SourcingRequest } from './sourcing-policy.ts';
import type { TransitTime } from './sourcing-rules.ts';
import { beginsOn, daysBetween, deliveredOn, localTimeAt, workingDayAfter } from './working-calendar.ts';
import type { Day, LocalTime } from './working-calendar.ts';

interface WorkDates {
  readonly day: Day;
  readonly leavesOn: Day;
  readonly delivery: DeliveryDates | null;
}

/** A day on which a location could work, and what room it has left then. */
export interface WorkDay extends WorkDates {
  /** Infinity without a limit. */
  readonly unitsFree: number;
  readonly hasPlace: boolean;
  /** Whether anything of it is to be reserved. */
  readonly isLimited: boolean;
}

/** What a location means for an order, whatever the line. */
export interface NodeOutlook {
  readonly location: string;
  /** Undefined when nothing speaks against it as such. */
  readonly objection: Objection | undefined;
  readonly distanceKm: number | null;
  /** The days that may be used, the first one first; never empty without an objection. */
  readonly days: readonly WorkDay[];
  /** Of one parcel. */
  readonly parcelCostMinor: number;
  readonly unitCostMinor: number;
}

type Request = Omit<SourcingRequest, 'demands'>;

/** Looks at locations once per order, however many lines ask for them. */
export class NodeOutlooks {
  readonly #request: Request;
  readonly #point: Point | null;
  readonly #transit: readonly TransitTime[];
  readonly #today: Day;
  readonly #known = new Map<string, NodeOutlook>();
  /** By time zone, calendar and time in transit, which many locations share. */
  readonly #dates = new Map<string, readonly WorkDates[]>();
  readonly #clocks = new Map<string, LocalTime>();

  constructor(request: Request) {
    const { destination, rulebook } = request;
    this.#request = request;
    this.#point = destination && pointOf(destination, rulebook);
    this.#today = new Date(request.nowMs).toISOString().slice(0, 10);
    this.#transit = rulebook.rules.transit.filter((row) => fits(row, destination));
  }

  of(location: string): NodeOutlook {
    const known = this.#known.get(location);
    if (known) return known;
    const outlook = this.#look(location);
    this.#known.set(location, outlook);
    return outlook;
  }

  #look(location: string): NodeOutlook {
    const { rulebook, places } = this.#request;
    const node = rulebook.node(location);
    const place = places.get(location);
    const distance = this.#point && node.point ? distanceKm(node.point, this.#point) : null;
    const days = this.#daysOf(location, { node, distance, timeZone: place?.timeZone ?? 'UTC' });
    const transit = this.#transitOf(distance);
    const isStranded = rulebook.rules.transit.length > 0 && !transit;
    const [first] = days;
    return {
      location,
      objection:
        objectionOf(node, { channel: this.#request.channel, capabilities: place?.capabilities, distance }) ??
        (first ? undefined : 'CLOSED') ??
        (isStranded ? 'NO_CARRIER' : undefined) ??
        (days.some(({ hasPlace }) => hasPlace) ? undefined : 'NO_CAPACITY'),
      distanceKm: distance,
      days,
      parcelCostMinor: this.#parcelCostOf(node, distance, first),
      unitCostMinor: node.unitCostMinor,
    };
  }

  #parcelCostOf(node: NodeInForce, distance: number | null, first: WorkDay | undefined): number {
    const { perKmMinor, perDayMinor } = this.#request.rulebook.rules;
    const isDated = perDayMinor > 0 && first !== undefined;
    const days = isDated ? Math.max(0, daysBetween(this.#today, first.delivery?.latestOn ?? first.leavesOn)) : 0;
    return node.parcelCostMinor + Math.round((distance ?? 0) * perKmMinor) + days * perDayMinor;
  }

  #transitOf(distance: number | null): TransitTime | undefined {
    return this.#transit.find(({ distanceKmMax: max }) => max === null || (distance !== null && distance <= max));
  }

  #daysOf(
    location: string,
    { node, distance, timeZone }: { node: NodeInForce; distance: number | null; timeZone: string },
  ): readonly WorkDay[] {
    const days: WorkDay[] = [];
    for (const dates of this.#datesOf(node, this.#transitOf(distance), timeZone)) {
      const room = this.#roomOf(location, dates.day, node);
      days.push({ ...dates, ...room });
      // Without a limit the first day is as good as any other.
      if (!room.isLimited) break;
    }
    return days;
  }

  #datesOf(node: NodeInForce, transit: TransitTime | undefined, timeZone: string): readonly WorkDates[] {
    const key = `${node.calendar}|${transit ? this.#transit.indexOf(transit) : ''}|${timeZone}`;
    const known = this.#dates.get(key);
    if (known) return known;
    const dates = this.#listDates(node, transit, timeZone);
    this.#dates.set(key, dates);
    return dates;
  }

  #listDates(node: NodeInForce, transit: TransitTime | undefined, timeZone: string): readonly WorkDates[] {
    const { rulebook, nowMs } = this.#request;
    const clock = this.#clocks.get(timeZone) ?? localTimeAt(nowMs, timeZone);
    this.#clocks.set(timeZone, clock);
    const dates: WorkDates[] = [];
    let day = beginsOn(clock, node);
    while (day !== undefined && dates.length < rulebook.rules.capacityDaysMax) {
      const leavesOn = workingDayAfter(day, node.handlingDays, node);
      if (leavesOn === undefined) break;
      dates.push({ day, leavesOn, delivery: transit ? deliveryOf(leavesOn, transit, rulebook) : null });
      day = workingDayAfter(day, 1, node);
    }
    return dates;
  }

  #roomOf(location: string, day: Day, node: NodeInForce): Pick<WorkDay, 'unitsFree' | 'hasPlace' | 'isLimited'> {
    const { loads, ownDays } = this.#request;
    const key = loadKey(location, day);
    const load = loads.get(key);
    const { orders = 0, units = 0 } = load ?? {};
    const { ordersMax, unitsMax } = limitsOf(node, load);
    const unitsFree = unitsMax === null ? Infinity : Math.max(0, unitsMax - units);
    const hasPlace = ownDays.has(key) || ordersMax === null || orders < ordersMax;
    return { unitsFree, hasPlace: hasPlace && unitsFree > 0, isLimited: ordersMax !== null || unitsMax !== null };
  }
}

export interface DayLimits {
  readonly ordersMax: number | null;
  readonly unitsMax: number | null;
}

/** What may be worked on in a day: what was said of the very day, else what the rules say. */
export function limitsOf(
  { ordersPerDay, unitsPerDay }: Pick<NodeInForce, 'ordersPerDay' | 'unitsPerDay'>,
  day: { readonly ordersMax?: number; readonly unitsMax?: number } | undefined,
): DayLimits {
  return { ordersMax: day?.ordersMax ?? ordersPerDay, unitsMax: day?.unitsMax ?? unitsPerDay };
}

function objectionOf(
  node: NodeInForce,
  about: {
    readonly channel: string;
    readonly capabilities: readonly string[] | undefined;
    readonly distance: number | null;
  },
): Objection | undefined {
  if (node.isExcluded) return 'EXCLUDED_BY_RULE';
  if (node.channels && !node.channels.includes(about.channel)) return 'NOT_FOR_CHANNEL';
  if (about.capabilities && !about.capabilities.includes('SHIP')) return 'CANNOT_SHIP';
  const { distanceKmMax } = node;
  return distanceKmMax !== null && about.distance !== null && about.distance > distanceKmMax ? 'TOO_FAR' : undefined;
}

function fits({ country, postalPrefix }: TransitTime, destination: Destination | null): boolean {
  if (country !== null && country !== destination?.country) return false;
  return postalPrefix === null || (destination?.postalCode ?? '').startsWith(postalPrefix);
}

function deliveryOf(leavesOn: Day, transit: TransitTime, { rules }: Rulebook): DeliveryDates | null {
  const earliestOn = deliveredOn(leavesOn, transit.earliestDays, rules.deliveryDays);
  const latestOn = deliveredOn(leavesOn, transit.latestDays, rules.deliveryDays);
  return earliestOn === undefined || latestOn === undefined ? null : { earliestOn, latestOn };
}
