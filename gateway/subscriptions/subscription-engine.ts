import { Obstacle } from '../../kernel/model/errors.ts';
import type { ChangeFeed } from '../../kernel/ports/change-feed.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { Rpc } from '../../kernel/ports/rpc.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { ChangeOwners } from './change-owners.ts';
import { ChangeSource } from './change-source.ts';
import { ClientShares } from './client-shares.ts';
import { DeliveryTurns } from './delivery-turns.ts';
import { GroupIndex } from './group-index.ts';
import { Group } from './group.ts';
import type { LiveOperation } from './live-operations.ts';
import type { Member } from './member.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import { createTopicMetrics, type TopicMetrics } from './topic-metrics.ts';
import type { Topic } from './topic.ts';

export interface SubscriptionEngineOptions {
  readonly topics: Iterable<Topic>;
  readonly changeFeed: ChangeFeed;
  readonly rpc: Rpc;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly limits: SubscriptionLimits;
}

interface Stream {
  readonly source: ChangeSource;
  /** Groups by the event that they follow. */
  readonly indexes: Map<string, GroupIndex<Group>>;
  readonly groups: Set<Group>;
}

/** Brings the changes of every context to the groups that they concern. */
export class SubscriptionEngine {
  readonly #options: SubscriptionEngineOptions;
  readonly #owners: ChangeOwners;
  readonly #streams = new Map<string, Stream>();
  readonly #groups = new Map<string, Group>();
  readonly #clients: ClientShares;
  readonly #turns: DeliveryTurns;
  /** By field; there are no more than topics. */
  readonly #metrics = new Map<string, TopicMetrics>();

  constructor(options: SubscriptionEngineOptions) {
    this.#options = options;
    this.#clients = new ClientShares(options.limits.subscriptionsPerClientMax);
    this.#turns = new DeliveryTurns(options);
    this.#owners = new ChangeOwners(options);
    this.follow(options.topics);
  }

  /** Opens topics that are not open yet; those of the change logs that are stay as they are. */
  follow(topics: Iterable<Topic>): void {
    for (const { context, event } of topics) {
      const stream = this.#streams.get(context) ?? this.#openStream(context);
      if (!stream.indexes.has(event)) stream.indexes.set(event, new GroupIndex());
    }
  }

  get groupCount(): number {
    return this.#groups.size;
  }

  /**
   * @returns ends the subscription
   * @throws {Obstacle} OVERLOADED when there are too many groups
   * @throws {Refusal} OPERATION_LIMIT_EXCEEDED when the client has too many subscriptions
   */
  subscribe(operation: LiveOperation, member: Member): () => void {
    const giveBack = this.#clients.take(operation.client);
    try {
      const group = this.#groups.get(operation.groupKey) ?? this.#openGroup(operation);
      const leave = group.join(member, operation.after);
      return () => {
        leave();
        giveBack();
      };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  close(): void {
    for (const { source } of this.#streams.values()) source.close();
  }

  #openStream(context: string): Stream {
    const stream: Stream = {
      source: new ChangeSource({ ...this.#options, context }),
      indexes: new Map(),
      groups: new Set(),
    };
    stream.source.listen({
      onRecord: (record) => {
        for (const group of stream.indexes.get(record.event)?.candidates(record) ?? []) group.onRecord(record);
      },
      onLoss: (after) => {
        for (const group of stream.groups) group.onLoss(after);
      },
    });
    this.#streams.set(context, stream);
    return stream;
  }

  #metricsOf(field: string): TopicMetrics {
    const known = this.#metrics.get(field);
    if (known) return known;
    const created = createTopicMetrics(this.#options.telemetry, field);
    this.#metrics.set(field, created);
    return created;
  }

  #openGroup(operation: LiveOperation): Group {
    const { limits, telemetry } = this.#options;
    const { topic, filters, groupKey } = operation;
    const stream = this.#streams.get(topic.context);
    if (!stream || this.#groups.size >= limits.groupsMax) {
      throw new Obstacle('OVERLOADED', 'Too many different subscriptions.', { limit: 'groupsMax' });
    }
    const group: Group = new Group({
      ...this.#options,
      ...operation,
      source: stream.source,
      turns: this.#turns,
      metrics: this.#metricsOf(topic.field),
      owners: this.#owners,
      onEmpty: () => {
        this.#groups.delete(groupKey);
        stream.groups.delete(group);
        stream.indexes.get(topic.event)?.remove(group, filters);
        telemetry.gauge('subscription_groups', this.#groups.size);
      },
    });
    this.#groups.set(groupKey, group);
    stream.groups.add(group);
    stream.indexes.get(topic.event)?.add(group, filters);
    telemetry.gauge('subscription_groups', this.#groups.size);
    return group;
  }
}
