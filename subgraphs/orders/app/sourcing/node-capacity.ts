import { ExponentialBackoff, handleWhen, retry, type IPolicy } from 'cockatiel';
import { DomainError, Obstacle } from '../../../../kernel/model/errors.ts';
import type { Collection, CollectionDefinition, OutboxEvent, Versioned } from '../../../../kernel/ports/documents.ts';
import type { Documents } from '../../../../kernel/ports/documents.ts';
import type { CapacityClaim } from '../../domain/claims/capacity-claim.ts';
import type { Order } from '../../domain/order.ts';
import type { DayLimits } from '../../domain/sourcing/node-outlook.ts';
import { loadKey, type Load } from '../../domain/sourcing/sourcing-policy.ts';
import { addDays, type Day } from '../../domain/sourcing/working-calendar.ts';

/** What of a location's day is taken. */
export interface CapacityDay extends Load {
  /** `<location>|<day>`. */
  readonly id: string;
  readonly location: string;
  readonly day: Day;
  /** The day again, when something was said of it that differs from the rules. */
  readonly limitedOn?: Day;
  /** Commands that are counted and may come again, the oldest first. */
  readonly recent: readonly Counted[];
}

interface Counted {
  readonly command: string;
  readonly order: string;
}

const DAYS: CollectionDefinition = { name: 'orders-node-capacity', indexes: [{ paths: ['limitedOn'] }] };

/** Beyond the first, commands are forgotten whose orders have heard the answer; beyond the second nothing is taken. */
const RECENT_MAX = 64;
const UNANSWERED_MAX = 1_000;
/** Days of which something was said, at a time. */
const LIMITED_DAYS_MAX = 1_000;

/** A pending command of an order that changes what is taken. */
export interface Counting {
  readonly command: string;
  readonly order: string;
  readonly claim: CapacityClaim;
}

export interface NodeCapacityParts {
  readonly documents: Documents;
  readonly conflictRetriesMax: number;
  /** Orders by their ids, to see which commands they still wait for. */
  ordersOf(ids: readonly string[]): Promise<ReadonlyMap<string, Pick<Order, 'pending'>>>;
}

/**
 * What orders have taken of the days of locations, counted exactly whatever is sent twice, at the same time or after a crash.
 *
 * A command is counted and remembered in one save. It is forgotten only when its order no longer waits for its answer,
 * which is for ever; so one that is not remembered was either never counted, or its order waits for it no more. Whoever
 * counts reads the day first and the order afterwards, and saves only over the day that was read.
 */
export class NodeCapacity {
  readonly #days: Collection<CapacityDay>;
  readonly #parts: NodeCapacityParts;
  readonly #onConflict: IPolicy;
  /** Who counts a day at the moment in this process, so that they do not only meet in conflicts. */
  readonly #queues = new Map<string, Promise<unknown>>();
  #limited: ReadonlySet<string> = new Set();

  private constructor(days: Collection<CapacityDay>, parts: NodeCapacityParts) {
    this.#days = days;
    this.#parts = parts;
    const isConflict = (error: unknown): boolean => error instanceof DomainError && error.code === 'VERSION_CONFLICT';
    this.#onConflict = retry(handleWhen(isConflict), {
      maxAttempts: parts.conflictRetriesMax,
      backoff: new ExponentialBackoff({ initialDelay: 1, maxDelay: 50 }),
    });
  }

  static async open(parts: NodeCapacityParts): Promise<NodeCapacity> {
    return new NodeCapacity(await parts.documents.collection<CapacityDay>(DAYS), parts);
  }

  /** Learns of which days something was said, from today on; what another process was told is known after the next look. */
  async lookAtLimits(today: Day): Promise<void> {
    const where = { limitedOn: { gte: addDays(today, -1) } };
    const found = await this.#days.find({ where, limit: LIMITED_DAYS_MAX });
    this.#limited = new Set(found.map(({ document }) => document.id));
  }

  /** Whether something was said of this day that differs from the rules. */
  isLimited(location: string, day: Day): boolean {
    return this.#limited.has(loadKey(location, day));
  }

  /** By `loadKey`; a day of which nothing is taken is missing. */
  async loadsOf(keys: readonly string[]): Promise<ReadonlyMap<string, CapacityDay>> {
    if (keys.length === 0) return new Map();
    const found = await this.#days.getMany([...new Set(keys)]);
    return new Map(found.map(({ document }) => [document.id, document]));
  }

  /**
   * Takes room in a day, once for each command.
   * @param limitsOf what may be taken of the day as it is now
   * @throws {Obstacle} when too many others change the day, or too many orders have not heard their answer
   */
  take(counting: Counting, limitsOf: (day: CapacityDay) => DayLimits): Promise<'TAKEN' | 'FULL'> {
    return this.#count(counting, (day) => {
      const orders = day.orders + counting.claim.orders;
      const units = day.units + counting.claim.units;
      const { ordersMax, unitsMax } = limitsOf(day);
      return orders <= (ordersMax ?? Infinity) && units <= (unitsMax ?? Infinity) ? { orders, units } : undefined;
    });
  }

  /** Gives room back, once for each command. */
  async giveBack(counting: Counting): Promise<void> {
    const { claim } = counting;
    await this.#count(counting, (day) => ({ orders: day.orders - claim.orders, units: day.units - claim.units }));
  }

  /** Says what may be taken of a day, other than the rules; `null` is what the rules say. */
  async limit(
    { location, day }: Pick<CapacityDay, 'location' | 'day'>,
    { ordersMax, unitsMax }: DayLimits,
    outbox: readonly OutboxEvent[],
  ): Promise<CapacityDay> {
    const id = loadKey(location, day);
    const saved = await this.#inTurn(id, async () => {
      const found = await this.#read(location, day);
      const { ordersMax: _orders, unitsMax: _units, limitedOn: _on, ...rest } = found.document;
      const document = {
        ...rest,
        ...(ordersMax !== null && { ordersMax }),
        ...(unitsMax !== null && { unitsMax }),
        ...((ordersMax !== null || unitsMax !== null) && { limitedOn: day }),
      };
      await this.#days.save(document, found.version, outbox);
      return document;
    });
    const others = [...this.#limited].filter((each) => each !== id);
    this.#limited = new Set(saved.limitedOn === undefined ? others : [...others, id]);
    return saved;
  }

  #count(
    { command, order, claim: { location, day } }: Counting,
    decide: (day: CapacityDay) => Pick<Load, 'orders' | 'units'> | undefined,
  ): Promise<'TAKEN' | 'FULL'> {
    return this.#inTurn(loadKey(location, day), async () => {
      const { document, version } = await this.#read(location, day);
      if (document.recent.some((each) => each.command === command)) return 'TAKEN';
      const waiting = await this.#parts.ordersOf([order]);
      if (!isWaiting(waiting, { command, order })) return 'TAKEN';
      const sums = decide(document);
      if (!sums) return 'FULL';
      const recent = [...(await this.#remembered(document.recent)), { command, order }];
      await this.#days.save({ ...document, ...sums, recent }, version);
      return 'TAKEN';
    });
  }

  async #remembered(recent: readonly Counted[]): Promise<readonly Counted[]> {
    if (recent.length < RECENT_MAX) return recent;
    const orders = await this.#parts.ordersOf([...new Set(recent.map(({ order }) => order))]);
    const left = recent.filter((each) => isWaiting(orders, each));
    if (left.length < UNANSWERED_MAX) return left;
    throw new Obstacle('OVERLOADED', 'Too many orders have not heard what a location has kept for them.');
  }

  async #read(location: string, day: Day): Promise<Versioned<CapacityDay>> {
    const id = loadKey(location, day);
    const none = { id, location, day, orders: 0, units: 0, recent: [] };
    return (await this.#days.get(id)) ?? { document: none, version: 0 };
  }

  async #inTurn<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
    const before = this.#queues.get(key) ?? Promise.resolve();
    const turn = before.then(() => this.#onConflict.execute(run));
    const settled = turn.catch(() => undefined);
    this.#queues.set(key, settled);
    try {
      return await turn;
    } finally {
      if (this.#queues.get(key) === settled) this.#queues.delete(key);
    }
  }
}

function isWaiting(orders: ReadonlyMap<string, Pick<Order, 'pending'>>, { command, order }: Counted): boolean {
  return orders.get(order)?.pending.some(({ id }) => id === command) ?? false;
}
