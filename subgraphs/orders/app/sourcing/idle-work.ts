import { DomainError } from '../../../../kernel/model/errors.ts';
import { repeatTask } from '../../../../kernel/engine/repeat-task.ts';
import type { Collection, CollectionDefinition, Document, Versioned } from '../../../../kernel/ports/documents.ts';
import type { Platform } from '../../../../kernel/ports/platform.ts';
import type { OrderStatusChanged } from '../../../../schema/events/orders.ts';
import { hasAccepted } from '../../domain/work/accept-work.ts';
import type { OrderCommand } from '../../domain/order-command.ts';
import type { Order } from '../../domain/order.ts';
import { notBegunAt } from '../../domain/work/reject-work.ts';
import { eachAlone } from '../each-alone.ts';
import type { OrderStore } from '../order-store.ts';
import type { OrdersLimits } from '../orders-limits.ts';
import { toldByHub } from '../told-by.ts';
import type { RulesStore } from './rules-store.ts';

/** That a location was given work, and when it should have begun it; a durable timer. */
interface IdleTimer extends Document {
  /** `<order>|<location>`, and `|warn` after it. */
  readonly id: string;
  readonly order: string;
  readonly location: string;
  /** When it is looked at. */
  readonly dueAtMs: number;
  /** It only warns people. Absent: it takes the work away, or tells that nobody has begun it in time. */
  readonly warns?: true;
}

const TIMERS: CollectionDefinition = { name: 'orders-idle-work', indexes: [{ paths: ['dueAtMs'] }] };

/** Timers that are looked at in one go. */
const PAGE = 100;
const MINUTE_MS = 60_000;

export interface IdleWorkParts {
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'telemetry'>;
  readonly store: OrderStore;
  readonly rules: RulesStore;
  readonly limits: OrdersLimits;
  /** Whether a system runs the location, which alone can stop its work. */
  isRunBySystem(location: string): boolean;
}

/**
 * Takes work away from locations that have not begun it in time. A timer is kept for each order and location before the
 * change that started it is through, and goes when the work was looked at after its time; what it does is done once, by a
 * key made of the release.
 */
export class IdleWork {
  readonly #parts: IdleWorkParts;
  readonly #timers: Collection<IdleTimer>;
  #stop: () => Promise<void> = async () => undefined;

  private constructor(parts: IdleWorkParts, timers: Collection<IdleTimer>) {
    this.#parts = parts;
    this.#timers = timers;
  }

  static async open(parts: IdleWorkParts): Promise<IdleWork> {
    return new IdleWork(parts, await parts.platform.documents.collection<IdleTimer>(TIMERS));
  }

  /** Takes in a published change: work that waits to be begun gets its timer, where the rules give it a time. */
  async follow({ order: id, lines }: OrderStatusChanged): Promise<void> {
    const waiting = lines.filter(({ states }) => states.some(({ state }) => state === 'RELEASED'));
    if (waiting.length === 0 || !this.#hasTimes()) return;
    const order = await this.#parts.store.get(id);
    if (!order) return;
    for (const location of Object.keys(order.releasedAtMs ?? {})) {
      const times = this.#timesOf(order, location);
      if (!times || notBegunAt(order, location).length === 0) continue;
      const timer = { order: id, location };
      await this.#schedule({ id: `${id}|${location}`, ...timer, dueAtMs: times.dueAtMs });
      await this.#schedule({ id: `${id}|${location}|warn`, ...timer, dueAtMs: times.warnAtMs, warns: true });
    }
  }

  start(): void {
    const { platform, limits } = this.#parts;
    this.#stop = repeatTask({
      platform,
      pauseMs: limits.idlePollMs,
      failed: 'idle work could not be looked at',
      run: (signal) => this.#look(signal),
    });
  }

  /** Waits for what is in flight. */
  stop(): Promise<void> {
    return this.#stop();
  }

  #hasTimes(): boolean {
    const { defaults, nodes } = this.#parts.rules.current().rulebook.rules;
    return defaults.idleMinutes !== null || nodes.some(({ idleMinutes = null }) => idleMinutes !== null);
  }

  /** Undefined when the work may lie for ever, or was taken on. */
  #timesOf(order: Order, location: string): { readonly warnAtMs: number; readonly dueAtMs: number } | undefined {
    if (hasAccepted(order, location)) return undefined;
    const { releasedAtMs = {} } = order;
    const { idleMinutes } = this.#parts.rules.current().rulebook.node(location);
    const releasedMs = releasedAtMs[location];
    if (idleMinutes === null || releasedMs === undefined) return undefined;
    const givenMs = idleMinutes * MINUTE_MS;
    const warnMs = Math.min(this.#parts.limits.idleWarnMs, givenMs / 2);
    return { warnAtMs: releasedMs + givenMs - warnMs, dueAtMs: releasedMs + givenMs };
  }

  async #schedule(timer: IdleTimer): Promise<void> {
    const before = await this.#timers.get(timer.id);
    if (before?.document.dueAtMs === timer.dueAtMs) return;
    await ignoringConflict(() => this.#timers.save(timer, before?.version ?? 0));
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clock, telemetry } = this.#parts.platform;
    const where = { dueAtMs: { lte: clock.nowMs() } };
    const due = await this.#timers.find({ where, orderBy: { path: 'dueAtMs', direction: 'asc' }, limit: PAGE });
    const timers = due.map((timer) => ({ id: timer.document.id, ...timer }));
    const failed = 'idle work of an order could not be looked at';
    await eachAlone(timers, (timer) => this.#fire(timer), { signal, telemetry, failed });
  }

  /** Work that was released anew, or has another time by now, gets its new one. */
  async #fire({ document, version }: Versioned<IdleTimer>): Promise<void> {
    const { platform, store } = this.#parts;
    const { order: id, location, warns = false } = document;
    const order = await store.get(id);
    const times = order && this.#timesOf(order, location);
    const dueAtMs = warns ? times?.warnAtMs : times?.dueAtMs;
    if (dueAtMs !== undefined && dueAtMs > platform.clock.nowMs()) {
      await ignoringConflict(() => this.#timers.save({ ...document, dueAtMs }, version));
      return;
    }
    if (dueAtMs !== undefined) {
      const change = (now: Order) => (warns ? this.#warningFor(now, location) : this.#commandFor(now, location));
      await store.change(id, change, { correlationId: platform.ids.next() });
      if (!warns) platform.telemetry.count('orders_idle_work_total');
    }
    await ignoringConflict(() => this.#timers.delete(document.id, version));
  }

  /** Nobody is warned of what is late already. */
  #warningFor(order: Order, location: string): OrderCommand | undefined {
    const times = this.#timesOf(order, location);
    const nowMs = this.#parts.platform.clock.nowMs();
    if (!times || times.warnAtMs > nowMs || times.dueAtMs <= nowMs) return undefined;
    const key = `idle-soon/${location}/${order.releasedAtMs?.[location]}`;
    const about = { location, dueAtMs: times.dueAtMs, once: { key, contentHash: '' } };
    return { type: 'WarnIdleWork', ...about, told: toldByHub(nowMs, key) };
  }

  #commandFor(order: Order, location: string): OrderCommand | undefined {
    const lines = notBegunAt(order, location);
    const { dueAtMs } = this.#timesOf(order, location) ?? {};
    const { clock } = this.#parts.platform;
    if (lines.length === 0 || dueAtMs === undefined || dueAtMs > clock.nowMs()) return undefined;
    const key = `idle/${location}/${order.releasedAtMs?.[location]}`;
    const about = { location, once: { key, contentHash: '' }, told: toldByHub(clock.nowMs(), key) };
    // An outside OMS alone may take back what it has given.
    if (order.routing || this.#parts.isRunBySystem(location)) return { type: 'NoteIdleWork', ...about };
    return { type: 'RejectWork', reason: 'IDLE_TIMEOUT', lines, ...about };
  }
}

/** @returns when somebody else was quicker, who has seen to it */
async function ignoringConflict(save: () => Promise<unknown>): Promise<void> {
  try {
    await save();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'VERSION_CONFLICT')) throw error;
  }
}
