import { Refusal } from '../../../../kernel/model/errors.ts';
import { nodeCapacityChanged } from '../../../../schema/events/orders.ts';
import { publicationOf } from '../../../../schema/events/publication.ts';
import { isDay } from '../../domain/sourcing/check-sourcing-rules.ts';
import { limitsOf } from '../../domain/sourcing/node-outlook.ts';
import { loadKey } from '../../domain/sourcing/sourcing-policy.ts';
import { addDays, localTimeAt, type Day } from '../../domain/sourcing/working-calendar.ts';
import { SOURCING_RULES_LIMITS } from '../../domain/sourcing/sourcing-rules.ts';
import type { Cause } from '../cause.ts';
import type { OrdersServices } from '../orders-services.ts';
import { checkedAuthor, type Author } from './change-rules.ts';
import type { CapacityDay } from './node-capacity.ts';

type Services = Pick<OrdersServices, 'capacity' | 'rules' | 'places' | 'ids' | 'clock'>;

export interface LimitCapacity {
  readonly location: string;
  readonly day: Day;
  /** Null: what the rules say. */
  readonly ordersPerDay: number | null;
  readonly unitsPerDay: number | null;
}

/** What a location can do on a day, and what of it is taken. */
export interface DayOfNode extends LimitCapacity {
  readonly orders: number;
  readonly units: number;
  /** Whether something was said of this very day. */
  readonly isLimited: boolean;
}

/** Days of one answer. */
const DAYS_MAX = 60;

/**
 * Says how much work a location can take on a day. What is too much by now is given to others; saying the same again does
 * nothing more.
 * @throws {Refusal} UNKNOWN_LOCATION, BAD_USER_INPUT
 */
export async function limitCapacity(
  services: Services,
  { location, day, ordersPerDay, unitsPerDay }: LimitCapacity,
  { author, cause }: { readonly author: Author; readonly cause: Cause },
): Promise<DayOfNode> {
  const { capacity, rules, places, ids, clock } = services;
  if (!places.has(location)) {
    throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
  }
  if (!isDay(day)) throw new Refusal('BAD_USER_INPUT', 'day must be a day such as 2026-12-24.', { field: 'day' });
  assertCount('ordersPerDay', ordersPerDay);
  assertCount('unitsPerDay', unitsPerDay);
  const key = loadKey(location, day);
  const node = rules.current().rulebook.node(location);
  const before = (await capacity.loadsOf([key])).get(key);
  const { by, reason } = checkedAuthor(author);
  const isSaid = before?.ordersMax === (ordersPerDay ?? undefined) && before?.unitsMax === (unitsPerDay ?? undefined);
  if (isSaid) return dayOf(services, { location, day }, before);
  const said = {
    ...(ordersPerDay !== null && { ordersMax: ordersPerDay }),
    ...(unitsPerDay !== null && { unitsMax: unitsPerDay }),
  };
  const { ordersMax, unitsMax } = limitsOf(node, said);
  const id = ids.next();
  const nowMs = clock.nowMs();
  const changed = publicationOf(nodeCapacityChanged, {
    id,
    key: location,
    source: { system: 'orders', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    ...cause,
    data: {
      location,
      day,
      ordersPerDay,
      unitsPerDay,
      excessOrders: Math.max(0, (before?.orders ?? 0) - (ordersMax ?? Infinity)),
      excessUnits: Math.max(0, (before?.units ?? 0) - (unitsMax ?? Infinity)),
      changedBy: by,
      reason,
    },
  });
  const saved = await capacity.limit({ location, day }, { ordersMax: ordersPerDay, unitsMax: unitsPerDay }, [changed]);
  return dayOf(services, { location, day }, saved);
}

/** Days of a location from one on; absent: from today there. */
export async function capacityOf(
  services: Services,
  { location, from, count }: { readonly location: string; readonly from: Day | undefined; readonly count: number },
): Promise<readonly DayOfNode[]> {
  const { capacity, places, clock } = services;
  const place = places.of([location]).get(location);
  if (!place) throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
  if (from !== undefined && !isDay(from)) {
    throw new Refusal('BAD_USER_INPUT', 'from must be a day such as 2026-12-24.', { field: 'from' });
  }
  if (count < 1 || count > DAYS_MAX) {
    throw new Refusal('BAD_USER_INPUT', `days must be 1 to ${DAYS_MAX}.`, { field: 'days', max: DAYS_MAX });
  }
  const first = from ?? localTimeAt(clock.nowMs(), place.timeZone).day;
  const days = Array.from({ length: count }, (_, ahead) => addDays(first, ahead));
  const loads = await capacity.loadsOf(days.map((day) => loadKey(location, day)));
  return days.map((day) => dayOf(services, { location, day }, loads.get(loadKey(location, day))));
}

function dayOf(
  { rules }: Services,
  { location, day }: Pick<LimitCapacity, 'location' | 'day'>,
  load: CapacityDay | undefined,
): DayOfNode {
  const { ordersMax, unitsMax } = limitsOf(rules.current().rulebook.node(location), load);
  return {
    location,
    day,
    ordersPerDay: ordersMax,
    unitsPerDay: unitsMax,
    orders: load?.orders ?? 0,
    units: load?.units ?? 0,
    isLimited: load?.limitedOn !== undefined,
  };
}

function assertCount(field: string, value: number | null): void {
  const { countMax } = SOURCING_RULES_LIMITS;
  if (value === null || (Number.isInteger(value) && value >= 0 && value <= countMax)) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must be 0 to ${countMax}.`, { field, max: countMax });
}
