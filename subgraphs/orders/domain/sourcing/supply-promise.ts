import type { Steps } from '../../../../kernel/model/quantity.ts';
import { NodeOutlooks } from './node-outlook.ts';
import type { DeliveryDates, SourcingRequest } from './sourcing-policy.ts';
import { laterDay, localTimeAt } from './working-calendar.ts';

/** Stock that is to come to a location. */
export interface ComingStock {
  readonly kind: 'IN_TRANSIT' | 'ON_ORDER';
  readonly location: string;
  readonly steps: Steps;
  /** Null when nobody has said. */
  readonly expectedAtMs: number | null;
}

const DAY_MS = 86_400_000;

/**
 * When a quantity arrives that is not there yet: of all locations that have it one day, from what lies there and what is to
 * come, the one from which it arrives first. Null when no location ever has enough by what is announced.
 */
export function promiseFromSupply(
  request: Omit<SourcingRequest, 'demands'>,
  {
    quantity,
    there,
    coming,
  }: {
    readonly quantity: Steps;
    /** What lies there, by location. */
    readonly there: ReadonlyMap<string, Steps>;
    readonly coming: readonly ComingStock[];
  },
): DeliveryDates | null {
  const byLocation = Map.groupBy(
    coming.filter(({ expectedAtMs }) => expectedAtMs !== null),
    ({ location }) => location,
  );
  let best: DeliveryDates | null = null;
  for (const [location, supplies] of [...byLocation].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const last = completing(supplies, quantity - (there.get(location) ?? 0));
    const dates = last && datesFrom(request, last);
    if (dates && (!best || dates.latestOn < best.latestOn)) best = dates;
  }
  return best;
}

/** The supply with which there is enough, the earliest first. */
function completing(supplies: readonly ComingStock[], missing: Steps): ComingStock | undefined {
  let sum = 0;
  return supplies
    .toSorted((a, b) => (a.expectedAtMs ?? 0) - (b.expectedAtMs ?? 0))
    .find(({ steps }) => (sum += steps) >= missing);
}

/** From the day on which it can be sold, as if the order came in then; at the latest with what the supply may be late. */
function datesFrom(
  request: Omit<SourcingRequest, 'demands'>,
  { kind, location, expectedAtMs }: ComingStock,
): DeliveryDates | null {
  const { receivingDays, inTransitSlackDays, onOrderSlackDays } = request.rulebook.rules.supply;
  const slackDays = kind === 'IN_TRANSIT' ? inTransitSlackDays : onOrderSlackDays;
  const fromMs = Math.max(request.nowMs, startOfDayMs(request, location, expectedAtMs ?? 0)) + receivingDays * DAY_MS;
  const earliest = deliveryFrom(request, location, fromMs);
  const latest = deliveryFrom(request, location, fromMs + slackDays * DAY_MS);
  if (!earliest || !latest) return null;
  return { earliestOn: earliest.earliestOn, latestOn: laterDay(earliest.latestOn, latest.latestOn) };
}

/** Work of an announced day begins with the day, whatever the hour that was announced. */
function startOfDayMs({ places }: Pick<SourcingRequest, 'places'>, location: string, atMs: number): number {
  const { minute } = localTimeAt(atMs, places.get(location)?.timeZone ?? 'UTC');
  return atMs - minute * 60_000;
}

/** When it arrives from a location whose work begins then; null when nobody can say. */
export function deliveryFrom(
  request: Omit<SourcingRequest, 'demands'>,
  location: string,
  nowMs: number,
): DeliveryDates | null {
  // Nothing is taken yet of days that are so far ahead.
  const outlook = new NodeOutlooks({ ...request, nowMs, loads: new Map() }).of(location);
  return outlook.objection ? null : (outlook.days[0]?.delivery ?? null);
}

/** The dates of parts that arrive one by one: everything is there with the last. */
export function datesOfAll(parts: readonly (DeliveryDates | null)[]): DeliveryDates | null {
  return parts.reduce((whole, part) => {
    if (!whole || !part) return null;
    return {
      earliestOn: laterDay(whole.earliestOn, part.earliestOn),
      latestOn: laterDay(whole.latestOn, part.latestOn),
    };
  });
}
