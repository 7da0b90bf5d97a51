import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { CancelTimer, Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { ChangeOwners } from './change-owners.ts';
import type { ChangeSource } from './change-source.ts';
import type { DeliveryTurns } from './delivery-turns.ts';
import { Interest, type Frame } from './frame.ts';
import { FrameQueue, type RunFrame } from './frame-queue.ts';
import { HeldChanges } from './held-changes.ts';
import type { Member, Membership } from './member.ts';
import { SharedAnswers } from './shared-answers.ts';
import type { TopicMetrics } from './topic-metrics.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { Position, Topic } from './topic.ts';

export interface GroupOptions {
  readonly topic: Topic;
  readonly filters: readonly ChangeFilter[];
  readonly minIntervalMs: number;
  readonly source: ChangeSource;
  readonly owners: ChangeOwners;
  readonly run: RunFrame;
  readonly clock: Clock;
  readonly turns: DeliveryTurns;
  readonly telemetry: Telemetry;
  readonly limits: SubscriptionLimits;
  readonly metrics: TopicMetrics;
  /** The last member has left. */
  onEmpty(): void;
}

/**
 * Everybody who subscribes to the same thing with the same rights. A frame is executed and written out once for all of
 * them. Who comes, comes back or has fallen behind catches up by itself and then joins in one synchronous turn.
 */
export class Group {
  readonly #options: GroupOptions;
  readonly #members = new Set<Membership>();
  readonly #live = new Set<Membership>();
  readonly #interest: Interest;
  readonly #held: HeldChanges;
  readonly #frames: FrameQueue;
  readonly #answers: SharedAnswers;
  #repairing: Promise<void> | undefined;
  /** Those who lost their connections together come back with the same cursor, and the ring is long. */
  #replayed: Replay | undefined;
  /** When the held changes are looked at; 0 is in the next turn. */
  #flushAtMs = Infinity;
  #cancelTimer: CancelTimer | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
    this.#interest = new Interest(options.filters, options.topic);
    this.#held = new HeldChanges(options.minIntervalMs);
    const { owners, source, topic, filters } = options;
    this.#answers = new SharedAnswers({
      ...options,
      ask: (from) => owners.changesSince(topic, filters, from),
      canReplay: (position) => source.canReplay(position),
    });
    this.#frames = new FrameQueue({
      ...options,
      context: options.topic.context,
      members: this.#live,
      onIdle: () => this.#scheduleFlush(),
      onStalled: (membership) => this.#pause(membership),
    });
  }

  get filters(): readonly ChangeFilter[] {
    return this.#options.filters;
  }

  /** Begins with a snapshot, or after `from`. @returns leaves the group */
  join(member: Member, from: Position | undefined): () => void {
    const membership: Membership = { member, sent: from, liveSince: 0, isGreeted: false, hasLeft: false };
    this.#members.add(membership);
    this.#bringIn(membership);
    return () => this.#leave(membership);
  }

  onRecord(record: ChangeRecord): void {
    if (this.#repairing || this.#live.size === 0) return;
    const onTheWay = this.#held.get(record.key);
    const concerned = this.#interest.concern(record, onTheWay);
    if (!concerned) return;
    if (!onTheWay && this.#held.size >= this.#options.limits.heldKeysMax) {
      this.#repair({
        epoch: this.#options.source.position?.epoch ?? '',
        seq: this.#held.completeUntil(record.version - 1),
      });
      return;
    }
    if (onTheWay) this.#options.metrics.conflated();
    this.#held.hold(concerned);
    this.#scheduleFlush();
  }

  onLoss(after: Position): void {
    if (this.#repairing || this.#live.size === 0) return;
    this.#repair({ epoch: after.epoch, seq: this.#held.completeUntil(after.seq) });
  }

  #leave(membership: Membership): void {
    membership.hasLeft = true;
    this.#retire(membership);
    if (!this.#members.delete(membership) || this.#members.size > 0) return;
    this.#answers.clear();
    this.#options.onEmpty();
  }

  /** Without live members nothing is held back: everybody else reads on from where they are. */
  #retire(membership: Membership): boolean {
    const wasLive = this.#live.delete(membership);
    if (wasLive && this.#live.size === 0) {
      this.#cancelFlush();
      this.#held.clear();
    }
    return wasLive;
  }

  #bringIn(membership: Membership): void {
    this.#catchUp(membership).catch((error: unknown) => {
      if (membership.hasLeft) return;
      if (error instanceof Obstacle) membership.member.outlet.tryAgainLater();
      else membership.member.fail(error);
    });
  }

  /** Its changes are no longer sent but left where they are; later it takes them up from what it was sent last. */
  #pause(membership: Membership): void {
    if (!this.#retire(membership)) return;
    this.#options.telemetry.count('subscription_slow_clients_total', { topic: this.#options.topic.field });
    membership.member.outlet.whenReady(() => {
      if (!membership.hasLeft) this.#bringIn(membership);
    });
  }

  /**
   * Brings a member to where it can join. Every round ends with a position; what the ring holds after it closes the gap,
   * and what it no longer holds is asked of the owner.
   */
  async #catchUp(membership: Membership): Promise<void> {
    const { source } = this.#options;
    const done = await this.#follow(membership.sent, {
      isRepair: false,
      isOver: () => membership.hasLeft,
      tell: (frame) => {
        membership.isGreeted = true;
        this.#frames.push(frame, membership);
      },
      // No promise stands between the look at the ring and joining, so nothing can happen in between.
      arrive: (from) => {
        this.#flush();
        const changes = this.#changesAfter(from);
        const { epoch, seq } = this.#completePosition(source.position ?? from);
        const position = { epoch, seq: Math.max(from.seq, seq) };
        if (changes.length > 0 || !membership.isGreeted) {
          membership.isGreeted = true;
          this.#frames.push({ position, reset: false, changes }, membership);
        }
        membership.liveSince = this.#frames.pushed;
        this.#live.add(membership);
      },
    });
    if (!done) throw tooFast();
  }

  /** Something was lost, or there is another log. All members go on together from what was complete. */
  #repair(from: Position): void {
    const { source, telemetry, topic } = this.#options;
    const { promise, resolve } = Promise.withResolvers<void>();
    const settle = (): void => {
      this.#repairing = undefined;
      resolve();
    };
    this.#held.clear();
    this.#repairing = promise;
    telemetry.count('subscription_repairs_total', { topic: topic.field });
    const follower: Follower = {
      isRepair: true,
      isOver: () => this.#members.size === 0,
      tell: (frame) => this.#frames.push(frame),
      arrive: (at) => {
        settle();
        const changes = this.#changesAfter(at);
        if (changes.length > 0) this.#frames.push({ position: source.position ?? at, reset: false, changes });
      },
    };
    this.#follow(from, follower)
      .then((done) => {
        if (!done) throw tooFast();
      })
      .catch((error: unknown) => {
        telemetry.log('warn', 'a group could not be repaired', { topic: topic.field, error: String(error) });
        for (const { member } of this.#live) member.outlet.tryAgainLater();
      })
      .finally(settle);
  }

  /** @returns false when it never arrived */
  async #follow(from: Position | undefined, follower: Follower): Promise<boolean> {
    const { source, limits } = this.#options;
    let position = from;
    for (let attempt = 0; attempt < limits.joinAttemptsMax; attempt++) {
      // Until the group is whole again, nobody can join it.
      if (!follower.isRepair) while (this.#repairing) await this.#repairing;
      if (follower.isOver()) return true;
      if (position && source.canReplay(position)) {
        follower.arrive(position);
        return true;
      }
      if (position && source.isAhead(position)) {
        if (!(await source.reached(position, limits.parkMs))) return false;
        continue;
      }
      const answer = await this.#answers.changesSince(position);
      if (follower.isOver()) return true;
      source.learn(answer.position);
      follower.tell({ position: answer.position, reset: answer.reset, changes: answer.records });
      position = answer.position;
    }
    return false;
  }

  #changesAfter({ seq }: Position): readonly ChangeRecord[] {
    const { source, topic, filters } = this.#options;
    const { epoch, seq: until } = source.position ?? { epoch: '', seq: 0 };
    const known = this.#replayed;
    if (known?.epoch === epoch && known.after === seq && known.until === until) return known.changes;
    const changes = this.#interest.newestOf(source.recordsAfter(seq, topic.event, filters));
    this.#replayed = { epoch, after: seq, until, changes };
    return changes;
  }

  #completePosition({ epoch, seq }: Position): Position {
    return { epoch, seq: this.#held.completeUntil(seq) };
  }

  #scheduleFlush(): void {
    const dueAtMs = this.#held.nextDueAtMs();
    if (dueAtMs === undefined || this.#frames.isBusy || dueAtMs >= this.#flushAtMs) return;
    const { clock, turns } = this.#options;
    this.#cancelFlush();
    this.#flushAtMs = dueAtMs;
    const waitMs = dueAtMs === 0 ? 0 : dueAtMs - clock.nowMs();
    if (waitMs <= 0) return turns.run(this.#flushInTurn);
    this.#cancelTimer = clock.after(waitMs, () => turns.run(this.#flushInTurn));
  }

  #cancelFlush(): void {
    if (this.#flushAtMs === Infinity) return;
    this.#flushAtMs = Infinity;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#options.turns.cancel(this.#flushInTurn);
  }

  readonly #flushInTurn = (): boolean => {
    this.#flushAtMs = Infinity;
    // While a frame is being executed, changes gather and are summed up per key.
    if (!this.#frames.isBusy) this.#flush();
    return true;
  };

  #flush(): void {
    const { clock, source } = this.#options;
    const position = source.position;
    if (this.#repairing || !position) return;
    const changes = this.#held.take(clock.nowMs());
    if (changes.length > 0) {
      const { committedAtMs } = source;
      this.#frames.push({ position: this.#completePosition(position), reset: false, changes, committedAtMs });
    }
    this.#scheduleFlush();
  }
}

function tooFast(): Obstacle {
  return new Obstacle('NOT_CAUGHT_UP', 'The changes come faster than they can be read, or do not come at all.');
}

/** What the ring held for a group between two places of one log. */
interface Replay {
  readonly epoch: string;
  readonly after: number;
  readonly until: number;
  readonly changes: readonly ChangeRecord[];
}

interface Follower {
  /** For the whole group, as opposed to one member. */
  readonly isRepair: boolean;
  isOver(): boolean;
  tell(frame: Frame): void;
  arrive(from: Position): void;
}
