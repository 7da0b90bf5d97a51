import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import { DomainError } from '../../../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import type { Collection, CollectionDefinition, Document, Versioned } from '../../../../kernel/ports/documents.ts';
import type { Platform } from '../../../../kernel/ports/platform.ts';
import type { Order } from '../../domain/order.ts';
import { eachAlone } from '../each-alone.ts';
import { findOrders, type OrderPage } from '../find-orders.ts';
import type { OrdersServices } from '../orders-services.ts';
import { capacityVerdict } from './capacity-verdict.ts';
import { sweepPlanOf, type Excess } from './sweep-plan.ts';

/** A change at a location that concerns its orders one by one, and how far it has come. */
interface LocationSweep extends Document {
  /** Of the event that tells it. */
  readonly id: string;
  readonly envelope: EventEnvelope;
  /** The last order of the page before. Absent: it begins. */
  readonly after?: OrderPage['after'];
  /** Absent: it begins. */
  readonly left?: Excess;
  /** It was all looked at once. Absent: it was not. */
  readonly isSecond?: true;
  /** How often the page was tried. */
  readonly tries: number;
  /** Whoever works on it has it until then. */
  readonly dueAtMs: number;
}

const SWEEPS: CollectionDefinition = { name: 'orders-sweeps', indexes: [{ paths: ['dueAtMs'] }] };

/** Sweeps that are looked at in one go. */
const SWEEPS_MAX = 20;
/** Tries of a page of which an order fails for reasons of its own. */
const TRIES_MAX = 3;
/** Orders with open work: the others have nothing that could be taken away. */
const OPEN = ['PROCESSING', 'PARTIALLY_SHIPPED', 'PARTIALLY_DELIVERED', 'HELD'];

export interface SweepParts {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'telemetry'>;
  readonly services: Pick<OrdersServices, 'store' | 'wms' | 'limits'>;
}

/**
 * Goes through all open orders of a location, page by page, however many they are: where it has come to is kept after each
 * page, so that another process goes on there. What is done to an order is done once. All are looked at a second time after
 * a while: orders may just have been bound to the location when it began.
 */
export class LocationSweeps {
  readonly #parts: SweepParts;
  readonly #sweeps: Collection<LocationSweep>;
  #stop: () => Promise<void> = async () => undefined;

  private constructor(parts: SweepParts, sweeps: Collection<LocationSweep>) {
    this.#parts = parts;
    this.#sweeps = sweeps;
  }

  static async open(parts: SweepParts): Promise<LocationSweeps> {
    return new LocationSweeps(parts, await parts.platform.documents.collection<LocationSweep>(SWEEPS));
  }

  /** Has a change taken to the orders of its location; told again while it is under way, it is the same. */
  async begin(envelope: EventEnvelope): Promise<void> {
    const dueAtMs = this.#parts.platform.clock.nowMs();
    await ignoringConflict(() => this.#sweeps.save({ id: envelope.id, envelope, tries: 0, dueAtMs }, 0));
  }

  start(): void {
    const { platform, services } = this.#parts;
    this.#stop = repeatTask({
      platform,
      pauseMs: services.limits.sweepPollMs,
      failed: 'orders of a location could not be looked at',
      run: (signal) => this.#look(signal),
    });
  }

  /** Waits for what is in flight. */
  stop(): Promise<void> {
    return this.#stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const where = { dueAtMs: { lte: this.#parts.platform.clock.nowMs() } };
    const orderBy = { path: 'dueAtMs', direction: 'asc' } as const;
    for (const { document } of await this.#sweeps.find({ where, orderBy, limit: SWEEPS_MAX })) {
      while (!signal.aborted && (await this.#isAdvanced(document.id, signal)));
    }
  }

  /** @returns whether there is another page that nobody else works on */
  async #isAdvanced(id: string, signal: AbortSignal): Promise<boolean> {
    const { platform, services } = this.#parts;
    const found = await this.#sweeps.get(id);
    const nowMs = platform.clock.nowMs();
    if (!found || found.document.dueAtMs > nowMs) return false;
    const taken = { ...found.document, dueAtMs: nowMs + services.limits.sweepClaimMs };
    return ignoringConflict(async () => {
      const version = await this.#sweeps.save(taken, found.version);
      return this.#page({ document: taken, version }, signal);
    });
  }

  async #page({ document: sweep, version }: Versioned<LocationSweep>, signal: AbortSignal): Promise<boolean> {
    const { platform, services } = this.#parts;
    const { envelope, after, left, tries } = sweep;
    const plan = sweepPlanOf(services, envelope, left);
    const limit = services.limits.ordersPerSweepPage;
    const filter = { locations: [plan.location], statuses: OPEN };
    const orders = await findOrders(services.store, filter, { limit, ...(after && { after }) });
    let isOver = orders.length < limit;
    const act = async (order: Order): Promise<void> => {
      const change = isOver && orders.length === limit ? 'END' : plan.decide(order);
      if (change === 'END') isOver = true;
      else if (change !== 'SKIP') await services.store.change(order.id, change, causeOf(envelope));
    };
    const failedCount = await this.#each(orders, act, signal);
    // What was done is done; the page is looked at again by whoever comes next.
    if (signal.aborted) return false;
    const dueAtMs = platform.clock.nowMs();
    if (failedCount > 0 && tries < TRIES_MAX) {
      await this.#sweeps.save({ ...sweep, tries: tries + 1, dueAtMs }, version);
      return false;
    }
    const last = orders.at(-1);
    if (!isOver && last) {
      const next = { placedAtMs: last.placedAtMs, order: last.id };
      await this.#sweeps.save({ ...sweep, after: next, left: plan.left(), tries: 0, dueAtMs }, version);
      return true;
    }
    if (!sweep.isSecond) {
      const again = { id: sweep.id, envelope, tries: 0, isSecond: true as const };
      await this.#sweeps.save({ ...again, dueAtMs: dueAtMs + services.limits.sweepAgainMs }, version);
      return false;
    }
    const verdict = capacityVerdict(envelope, plan.left(), { id: platform.ids.next(), recordedAtMs: dueAtMs });
    const ended = await this.#sweeps.save({ ...sweep, left: plan.left() }, version, verdict);
    await this.#sweeps.delete(sweep.id, ended);
    return false;
  }

  /** @returns how many orders failed for reasons of their own */
  async #each(orders: readonly Order[], act: (order: Order) => Promise<void>, signal: AbortSignal): Promise<number> {
    const { telemetry } = this.#parts.platform;
    const done = new Set<string>();
    const counted = async (order: Order): Promise<void> => {
      await act(order);
      done.add(order.id);
    };
    await eachAlone(orders, counted, { signal, telemetry, failed: 'an order keeps work that its location cannot do' });
    return orders.length - done.size;
  }
}

const causeOf = ({ correlationId, id: causationId }: EventEnvelope) => ({ correlationId, causationId });

/** @returns false when somebody else was quicker, who has it now */
async function ignoringConflict(save: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await save()) === true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'VERSION_CONFLICT') return false;
    throw error;
  }
}
