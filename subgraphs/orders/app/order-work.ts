import { partitionOf, PARTITIONS } from '../../../schema/events/partition.ts';
import { DomainError } from '../../../kernel/model/errors.ts';
import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Collection, CollectionDefinition, Document, Versioned } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { RunOutcome } from './advance-order.ts';
import type { OrdersLimits } from './orders-limits.ts';

/** That work on an order has to be tried again; a durable timer. */
interface DueWork extends Document {
  /** The order. */
  readonly id: string;
  /** Absent when it was given up. */
  readonly dueAtMs?: number;
  readonly tries: number;
  /** How often it failed for reasons of its own, without a pass in between; absent: not once. */
  readonly failures?: number;
}

const WORK: CollectionDefinition = { name: 'orders-due-work', indexes: [{ paths: ['dueAtMs'] }] };

const GIVEN_UP = 'It was tried too often, and is tried again when something of the order changes.';

export interface OrderWorkParts {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'telemetry'>;
  readonly limits: OrdersLimits;
  /** Does what is due for an order. */
  run(order: string): Promise<RunOutcome>;
  /** Tells people that work on an order fails again and again, or, with null, that it does no more. */
  tellStuck(order: string, because: string | null): Promise<void>;
}

/**
 * Work that met an obstacle, tried again when it is due, by any process of the role. An order whose system is down waits
 * here and holds nothing else up.
 */
export class OrderWork {
  readonly #parts: OrderWorkParts;
  readonly #work: Collection<DueWork>;
  #cancel: CancelTimer = () => undefined;
  #polling: Promise<void> | undefined;
  #isStopped = false;

  private constructor(parts: OrderWorkParts, work: Collection<DueWork>) {
    this.#parts = parts;
    this.#work = work;
  }

  static async open(parts: OrderWorkParts): Promise<OrderWork> {
    return new OrderWork(parts, await parts.platform.documents.collection<DueWork>(WORK));
  }

  start(): void {
    this.#wait();
  }

  /** Waits for what is in flight. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#polling;
  }

  /** Makes sure that the order is tried again. */
  async schedule(order: string): Promise<void> {
    const before = await this.#work.get(order);
    if (before?.document.dueAtMs !== undefined) return;
    const first = { id: order, tries: 1, dueAtMs: this.#dueAtMs(order, 1) };
    await ignoringConflict(() => this.#work.save(first, before?.version ?? 0));
  }

  #wait(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#parts.platform.clock.after(this.#parts.limits.workPollMs, () => {
      this.#polling = this.#poll().finally(() => {
        this.#polling = undefined;
        this.#wait();
      });
    });
  }

  async #poll(): Promise<void> {
    const { platform, limits } = this.#parts;
    try {
      for (let isMore = true; isMore && !this.#isStopped;) {
        const due = await this.#work.find({
          where: { dueAtMs: { lte: platform.clock.nowMs() } },
          orderBy: { path: 'dueAtMs', direction: 'asc' },
          limit: limits.workConcurrencyMax,
        });
        await Promise.all(due.map((work) => this.#try(work)));
        isMore = due.length === limits.workConcurrencyMax;
      }
    } catch (error) {
      // The next poll tries again; nothing is lost, because the work is in the collection.
      platform.telemetry.log('error', 'due work could not be read', { error: String(error) });
    }
  }

  async #try({ document, version }: Versioned<DueWork>): Promise<void> {
    const { platform, limits } = this.#parts;
    // Claimed by compare-and-set: of several processes one gets it.
    const claimed = { ...document, dueAtMs: platform.clock.nowMs() + limits.workClaimMs };
    if (!(await ignoringConflict(() => this.#work.save(claimed, version)))) return;
    const { outcome, failures } = await this.#run(document);
    const next = outcome === 'DONE' ? undefined : this.#next({ ...document, failures });
    if (next && next.dueAtMs === undefined) await this.#tellStuck(document.id, GIVEN_UP);
    await ignoringConflict(() =>
      next ? this.#work.save(next, version + 1) : this.#work.delete(document.id, version + 1),
    );
  }

  async #run({
    id,
    failures: before = 0,
  }: DueWork): Promise<{ readonly outcome: RunOutcome; readonly failures: number }> {
    const { limits, platform } = this.#parts;
    try {
      const outcome = await this.#parts.run(id);
      if (before >= limits.workFailuresMax) await this.#tellStuck(id, null);
      return { outcome, failures: 0 };
    } catch (error) {
      const failures = before + 1;
      platform.telemetry.log('error', 'work on an order failed', { order: id, error: String(error), failures });
      if (failures === limits.workFailuresMax) await this.#tellStuck(id, String(error));
      return { outcome: 'AGAIN', failures };
    }
  }

  /** Whoever cannot be told now is told by the log, and goes on. */
  async #tellStuck(order: string, because: string | null): Promise<void> {
    try {
      await this.#parts.tellStuck(order, because);
    } catch (error) {
      const { telemetry } = this.#parts.platform;
      telemetry.log('error', 'nobody could be told of work that is stuck', { order, because, error: String(error) });
    }
  }

  #next({ id, tries: before, failures = 0 }: DueWork): DueWork {
    const tries = before + 1;
    const counted = failures > 0 ? { failures } : {};
    if (tries <= this.#parts.limits.workTriesMax) return { id, tries, dueAtMs: this.#dueAtMs(id, tries), ...counted };
    const { telemetry } = this.#parts.platform;
    telemetry.count('orders_work_given_up_total');
    telemetry.log('error', 'work on an order was given up', { order: id, tries });
    return { id, tries: before, ...counted };
  }

  /** Doubles with the tries, less up to a half, which differs from order to order. */
  #dueAtMs(order: string, tries: number): number {
    const { platform, limits } = this.#parts;
    const fullMs = Math.min(limits.workRetryMaxMs, limits.workRetryMinMs * 2 ** Math.min(tries - 1, 30));
    const jitter = partitionOf(`${order}/${tries}`) / PARTITIONS / 2;
    return platform.clock.nowMs() + Math.ceil(fullMs * (1 - jitter));
  }
}

/** @returns false when somebody else was quicker, who then does what has to be done */
async function ignoringConflict(save: () => Promise<unknown>): Promise<boolean> {
  try {
    await save();
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'VERSION_CONFLICT') return false;
    throw error;
  }
}
