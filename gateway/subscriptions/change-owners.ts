import { bulkhead, ExponentialBackoff, handleWhen, isBulkheadRejectedError, retry, wrap } from 'cockatiel';
import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import { DomainError, Obstacle } from '../../kernel/model/errors.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { Rpc } from '../../kernel/ports/rpc.ts';
import type { ChangesSinceReply, ChangesSinceRequest } from '../../schema/commands/change-log.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { Position, Topic } from './topic.ts';

export interface ChangeOwnersOptions {
  readonly rpc: Rpc;
  readonly ids: Ids;
  readonly limits: SubscriptionLimits;
}

/** What an owner knows of the changes after a position. */
export interface OwnerAnswer {
  readonly position: Position;
  readonly reset: boolean;
  readonly records: readonly ChangeRecord[];
}

/** Asks the owners of change logs, so many at a time, and again when something was in the way. */
export class ChangeOwners {
  readonly #options: ChangeOwnersOptions;
  readonly #policy;

  constructor(options: ChangeOwnersOptions) {
    const { limits } = options;
    this.#options = options;
    const backoff = new ExponentialBackoff({ initialDelay: limits.ownerRetryMinMs, maxDelay: limits.ownerRetryMaxMs });
    this.#policy = wrap(
      retry(
        handleWhen((error) => error instanceof Obstacle),
        { maxAttempts: limits.ownerRetriesMax, backoff },
      ),
      bulkhead(limits.ownerRequestsMax, limits.ownerQueueMax),
    );
  }

  /**
   * @throws {Refusal} what the owner refuses
   * @throws {Obstacle} when it does not answer, is not that far, or too many ask
   */
  async changesSince(topic: Topic, filters: readonly ChangeFilter[], after?: Position): Promise<OwnerAnswer> {
    const answers = await Promise.all(filters.map((filter) => this.#ask(topic, filter, after)));
    const [first, ...others] = answers;
    if (first && others.every((answer) => isLike(answer, first))) return merge(first, others);
    // One part can be continued and the other not: both are read anew, as one state.
    const snapshots = await Promise.all(filters.map((filter) => this.#ask(topic, filter, undefined)));
    const [snapshot, ...rest] = snapshots;
    if (snapshot && rest.every((answer) => isLike(answer, snapshot))) return merge(snapshot, rest);
    throw new Obstacle('CONTEXT_UNAVAILABLE', `The change log of ${topic.context} is being replaced.`);
  }

  async #ask(topic: Topic, filter: ChangeFilter, after: Position | undefined): Promise<ChangesSinceReply> {
    const { rpc, ids, limits } = this.#options;
    const { context, event } = topic;
    const request: ChangesSinceRequest = { event, filter: mutable(filter), ...(after && { after: { ...after } }) };
    const options = { timeoutMs: limits.ownerTimeoutMs, correlationId: ids.next() };
    try {
      return (await this.#policy.execute(() =>
        rpc.request(rpcSubjectOf(context, 'changes-since'), request, options),
      )) as ChangesSinceReply;
    } catch (error) {
      if (error instanceof DomainError || !isBulkheadRejectedError(error)) throw error;
      throw new Obstacle('OVERLOADED', 'Too many subscriptions begin at once.', { limit: 'ownerQueueMax' });
    }
  }
}

function isLike(a: ChangesSinceReply, b: ChangesSinceReply): boolean {
  return a.reset === b.reset && a.epoch === b.epoch;
}

/**
 * As of the earliest position. What another part knows beyond it comes again with the live changes; a snapshot's record,
 * which may not, is kept under the earlier version.
 */
function merge(first: ChangesSinceReply, others: readonly ChangesSinceReply[]): OwnerAnswer {
  const { epoch, reset } = first;
  const all = [first, ...others];
  const seq = Math.min(...all.map((answer) => answer.seq));
  const byKey = new Map<string, ChangeRecord>();
  for (const told of all.flatMap(({ records }) => records as readonly ChangeRecord[])) {
    if (!reset && told.version > seq) continue;
    const record = told.version > seq ? { ...told, version: seq } : told;
    const known = byKey.get(record.key);
    if (!known || supersedes(record, known)) byKey.set(record.key, record);
  }
  return { position: { epoch, seq }, reset, records: [...byKey.values()] };
}

/** A key that has left one part may well be in the other. */
function supersedes(record: ChangeRecord, known: ChangeRecord): boolean {
  return record.version > known.version || (record.version === known.version && known.deleted === true);
}

function mutable(filter: ChangeFilter): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filter).map(([field, values]) => [field, [...values]]));
}
