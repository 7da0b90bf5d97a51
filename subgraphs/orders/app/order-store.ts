import { ExponentialBackoff, handleWhen, retry, type IPolicy } from 'cockatiel';
import { DomainError, isRefusal, Refusal, toRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Collection, CollectionDefinition, Document, Versioned } from '../../../kernel/ports/documents.ts';
import { UniqueViolation } from '../../../kernel/ports/document-errors.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { OrderCommand, OrderEvent, Transition } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import { withFirstPriority } from '../domain/claims/claim-priority.ts';
import { withWakeTime } from '../domain/pass-time.ts';
import { withStanding } from '../domain/times/standing.ts';
import { USUAL_TIMES, type TimeRules } from '../domain/times/time-rules.ts';
import { transition } from '../domain/transition.ts';
import type { Cause } from './cause.ts';
import { publicationsOf } from './order-publications.ts';
import { OrderPlaces } from './order-places.ts';
import type { OrdersLimits } from './orders-limits.ts';

export const ORDERS: CollectionDefinition = {
  name: 'orders',
  indexes: [
    { paths: ['channel', 'externalId'], unique: true },
    { paths: ['customer', 'placedAtMs'] },
    { paths: ['channel', 'placedAtMs'] },
    { paths: ['status', 'placedAtMs'] },
    { paths: ['placedAtMs'] },
    { paths: ['wakeAtMs'] },
  ],
};

/** Another number of an order, under which its platform knows it after a change. */
interface OtherNumber extends Document {
  /** Channel and number. */
  readonly id: string;
  readonly order: string;
}

const OTHER_NUMBERS: CollectionDefinition = { name: 'orders-other-numbers', indexes: [] };

const numberKey = (channel: string, externalId: string): string => `${channel}|${externalId}`;

/** A command, or how it follows from the order as it is; undefined when there is nothing to do. */
export type OrderChange = OrderCommand | ((order: Order) => OrderCommand | RefusalValue | undefined);

/** The orders, each saved together with what it publishes. */
export class OrderStore {
  readonly places: OrderPlaces;
  readonly #orders: Collection<Order>;
  readonly #numbers: Collection<OtherNumber>;
  readonly #platform: Pick<Platform, 'clock' | 'ids'>;
  readonly #onConflict: IPolicy;
  readonly #timeRules: TimeRules;

  private constructor(parts: {
    readonly orders: Collection<Order>;
    readonly numbers: Collection<OtherNumber>;
    readonly places: OrderPlaces;
    readonly platform: Pick<Platform, 'clock' | 'ids'>;
    readonly limits: OrdersLimits;
    readonly timeRules: TimeRules;
  }) {
    this.#orders = parts.orders;
    this.#numbers = parts.numbers;
    this.#timeRules = parts.timeRules;
    this.places = parts.places;
    this.#platform = parts.platform;
    const isConflict = (error: unknown): boolean => error instanceof DomainError && error.code === 'VERSION_CONFLICT';
    this.#onConflict = retry(handleWhen(isConflict), {
      maxAttempts: parts.limits.conflictRetriesMax,
      backoff: new ExponentialBackoff({ initialDelay: 1, maxDelay: 50 }),
    });
  }

  /** @param timeRules what time alone does to orders; changed rules hold for an order from its next change on */
  static async open(platform: Platform, limits: OrdersLimits, timeRules: TimeRules = USUAL_TIMES): Promise<OrderStore> {
    const orders = await platform.documents.collection<Order>(ORDERS);
    const numbers = await platform.documents.collection<OtherNumber>(OTHER_NUMBERS);
    return new OrderStore({
      orders,
      numbers,
      places: await OrderPlaces.open(platform.documents),
      platform,
      limits,
      timeRules,
    });
  }

  async get(id: string): Promise<Order | undefined> {
    return (await this.#orders.get(id))?.document;
  }

  async getMany(ids: readonly string[]): Promise<ReadonlyMap<string, Order>> {
    const found = await this.#orders.getMany(ids);
    return new Map(found.map(({ document }) => [document.id, document]));
  }

  async findByNumber(channel: string, externalId: string): Promise<Order | undefined> {
    const where = { channel: { eq: channel }, externalId: { eq: externalId } };
    const [found] = await this.#orders.find({ where, limit: 1 });
    if (found) return found.document;
    const other = await this.#numbers.get(numberKey(channel, externalId));
    return other && this.get(other.document.order);
  }

  /** Lets an order be found under another number of its channel as well. */
  async addNumber({ id, channel }: Order, externalId: string): Promise<void> {
    const key = numberKey(channel, externalId);
    const before = await this.#numbers.get(key);
    if (before?.document.order !== id) await this.#numbers.save({ id: key, order: id }, before?.version ?? 0);
  }

  get collection(): Pick<Collection<Order>, 'find' | 'get'> {
    return this.#orders;
  }

  /** A new order as it is saved: ranked among others, and with what time will do to it, seen from its first entry. */
  timed(order: Order): Order {
    const [first] = order.timeline;
    if (!first) return withWakeTime(order, this.#timeRules);
    const stood = withStanding(order, order, first.told);
    const ranked = withFirstPriority(stood, this.#timeRules.priorities ?? [], first.told.recordedAtMs);
    return withWakeTime(ranked, this.#timeRules);
  }

  /** Saves a new order. @returns false, and nothing is saved, when its channel has an order of its number already */
  async insert(order: Order, events: readonly OrderEvent[], cause: Cause): Promise<boolean> {
    if (await this.#numbers.get(numberKey(order.channel, order.externalId))) return false;
    await this.places.add(order);
    try {
      await this.#orders.save(this.timed(order), 0, this.#publications(order, events, cause));
      return true;
    } catch (error) {
      if (error instanceof UniqueViolation) return false;
      throw error;
    }
  }

  /**
   * Applies a command to an order, again and again while others change it in between, within bounds.
   * @returns the order afterwards
   * @throws {Refusal} what the domain says, or UNKNOWN_ORDER
   * @throws {Obstacle} VERSION_CONFLICT when the bound is reached
   */
  change(id: string, change: OrderChange, cause: Cause): Promise<Order> {
    return this.changeInTurn(id, [change], cause);
  }

  /**
   * As `change`, and after it others, each applied to what the one before it made of the order. All is saved once; of the
   * others, one that the domain refuses is left out.
   */
  async changeInTurn(
    id: string,
    [first, ...others]: readonly [OrderChange, ...OrderChange[]],
    cause: Cause,
  ): Promise<Order> {
    return this.#onConflict.execute(async () => {
      const found = await this.#orders.get(id);
      if (!found) throw new Refusal('UNKNOWN_ORDER', `There is no order ${id}.`, { order: id });
      const decided = this.#decide(found.document, first);
      if (isRefusal(decided)) throw toRefusal(decided);
      const all = others.reduce<Transition>((before, change) => {
        const next = this.#decide(before.state, change);
        return isRefusal(next) ? before : { state: next.state, events: [...before.events, ...next.events] };
      }, decided);
      return this.#save(found, all, cause);
    });
  }

  #decide(order: Order, change: OrderChange): Transition | RefusalValue {
    const command = typeof change === 'function' ? change(order) : change;
    if (command === undefined) return { state: order, events: [] };
    return isRefusal(command) ? command : transition(order, command, this.#timeRules);
  }

  async #save(found: Versioned<Order>, { state, events }: Transition, cause: Cause): Promise<Order> {
    if (state === found.document) return state;
    await this.places.add(state, found.document.locations);
    await this.#orders.save(state, found.version, this.#publications(state, events, cause));
    return state;
  }

  #publications(order: Order, events: readonly OrderEvent[], cause: Cause) {
    const { ids, clock } = this.#platform;
    return publicationsOf(order, events, { ids, recordedAtMs: clock.nowMs(), cause });
  }
}
