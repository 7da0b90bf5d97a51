import type { DocumentNode } from 'graphql';
import type { ServedSupergraph } from '../executor/generation.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { LiveOperations, SubscriptionRequest } from './live-operations.ts';
import type { Member } from './member.ts';
import type { SubscriptionEngine } from './subscription-engine.ts';
import type { UpstreamSubscriptions } from './upstream/upstream-subscriptions.ts';

export interface SubscriptionStarterOptions {
  readonly operations: LiveOperations;
  /** Those with a topic; absent: there are none. */
  readonly subscriptions?: SubscriptionEngine;
  /** All others; absent: they are refused. */
  readonly upstream?: UpstreamSubscriptions;
}

export interface StartedSubscription {
  readonly document: DocumentNode;
  readonly leave: () => void;
}

/** Begins subscriptions of every transport: of the change feed where a topic says so, else at the subgraph of the field. */
export class SubscriptionStarter {
  readonly #options: SubscriptionStarterOptions;

  constructor(options: SubscriptionStarterOptions) {
    this.#options = options;
  }

  /**
   * @throws {RequestRefused} for an invalid document or variables, or fields that the caller may not read
   * @throws {Refusal} for what is not offered, or beyond a limit
   * @throws {Obstacle} OVERLOADED
   */
  start(request: SubscriptionRequest, member: Member): StartedSubscription {
    const { operations, subscriptions, upstream } = this.#options;
    const admitted = operations.admit(request);
    const { document } = admitted.prepared;
    if (subscriptions && operations.isLive(admitted)) {
      return { document, leave: subscriptions.subscribe(operations.prepare(admitted, request), member) };
    }
    if (!upstream) throw new Refusal('BAD_USER_INPUT', `${admitted.field.name.value} cannot be subscribed to.`);
    return { document, leave: upstream.subscribe(admitted, request, member) };
  }

  /** As `LiveOperations.prepareReload`; subscriptions that have begun go on as they are. */
  prepareReload(next: ServedSupergraph): () => void {
    const { operations, subscriptions } = this.#options;
    const serve = operations.prepareReload(next);
    return () => {
      serve();
      subscriptions?.follow(operations.topics.values());
    };
  }
}
