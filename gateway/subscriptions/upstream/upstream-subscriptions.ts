import { print } from 'graphql';
import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { invariant, Refusal } from '../../../kernel/model/errors.ts';
import type { Ids } from '../../../kernel/ports/ids.ts';
import type { Telemetry } from '../../../kernel/ports/telemetry.ts';
import type { PrimaryFetch } from '../../executor/compile-plan.ts';
import { OperationContext } from '../../executor/operation-context.ts';
import type { OperationContextOptions, RequestHeaders } from '../../executor/operation-context.ts';
import { toResponseText } from '../../executor/prepared-operation.ts';
import { readAnswer } from '../../executor/read-answer.ts';
import { compileRewrites } from '../../executor/rewrites.ts';
import type { SubgraphResult } from '../../executor/subgraph-client.ts';
import { clientKeyOf } from '../../limits/client-budgets.ts';
import { ClientShares } from '../client-shares.ts';
import type { AdmittedSubscription, SubscriptionRequest } from '../live-operations.ts';
import type { Member } from '../member.ts';
import { sharedIdentity } from '../shared-identity.ts';
import { UpstreamGroup } from './upstream-group.ts';
import type { UpstreamLimits } from './upstream-limits.ts';
import type { Upstream } from './upstream.ts';

/** How subscriptions that no topic answers reach their subgraphs. */
export interface UpstreamReach {
  /** Undefined for a subgraph that cannot be subscribed at. */
  readonly upstreamOf: (subgraph: string) => Upstream | undefined;
  /** Names, in lower case, of the headers that any subgraph gets; callers who differ in one share nothing. */
  readonly propagatedHeaders: readonly string[];
  /** What errors of subgraphs may carry to clients in `extensions`. Default: `DEFAULT_FORWARDED_EXTENSIONS`. */
  readonly forwardedExtensions?: readonly string[];
}

export interface UpstreamSubscriptionsOptions extends UpstreamReach {
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  /** As in `SubscriptionLimits`. */
  readonly subscriptionsPerClientMax: number;
}

/** Subscriptions that a subgraph answers itself. What of an event other subgraphs know is fetched by the plan. */
export class UpstreamSubscriptions {
  readonly #options: UpstreamSubscriptionsOptions;
  /** Those that may be joined, by what they have in common. */
  readonly #groups = new Map<string, UpstreamGroup>();
  readonly #open = new Set<UpstreamGroup>();
  readonly #clients: ClientShares;

  constructor(options: UpstreamSubscriptionsOptions) {
    this.#options = options;
    this.#clients = new ClientShares(options.subscriptionsPerClientMax);
  }

  get groupCount(): number {
    return this.#open.size;
  }

  /**
   * @returns ends the subscription
   * @throws {Refusal} when the subgraph cannot be subscribed at, or the client has too many subscriptions
   * @throws {Obstacle} OVERLOADED
   */
  subscribe(admitted: AdmittedSubscription, request: SubscriptionRequest, member: Member): () => void {
    const giveBack = this.#clients.take(clientKeyOf(request));
    try {
      const leave = this.#join(admitted, request, member);
      return () => {
        leave();
        giveBack();
      };
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  #join(admitted: AdmittedSubscription, request: SubscriptionRequest, member: Member): () => void {
    const { prepared, coerced } = admitted;
    // One for the whole subscription, so that progressive overrides hold for all of its events or for none.
    const correlationId = this.#options.ids.next();
    const { primary } = prepared.variantFor(coerced, correlationId);
    const upstream = primary && this.#options.upstreamOf(primary.serviceName);
    if (!upstream) throw new Refusal('BAD_USER_INPUT', `${admitted.field.name.value} cannot be subscribed to.`);
    const context = { ...this.#callerOf(request, upstream), correlationId };
    const key = keyOf(admitted, context);
    const known = this.#groups.get(key);
    if (known && (!known.hasBegun || upstream.lateSubscribers === 'together')) return known.join(member);
    const group = this.#openGroup(key, { admitted, primary, context }, upstream.limits);
    const leave = group.join(member);
    try {
      group.start((listener) =>
        upstream.subscribe(
          { text: primary.operation, variables: variablesOf(primary, coerced), context: new OperationContext(context) },
          listener,
        ),
      );
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** A subgraph that is told who asks may tell each caller something else; any other, those with equal rights the same. */
  #callerOf({ identity, headers = {} }: SubscriptionRequest, { knowsCallers }: Upstream) {
    const { propagatedHeaders } = this.#options;
    const told = Object.fromEntries(
      propagatedHeaders.flatMap((name) => (name in headers ? [[name, headers[name]]] : [])),
    );
    return { identity: knowsCallers ? identity : sharedIdentity(identity), headers: told as RequestHeaders };
  }

  #openGroup(key: string, opening: Opening, limits: UpstreamLimits): UpstreamGroup {
    const { telemetry } = this.#options;
    const group: UpstreamGroup = new UpstreamGroup({
      service: opening.primary.serviceName,
      run: this.#runOf(opening),
      limits,
      onEmpty: () => {
        if (this.#groups.get(key) === group) this.#groups.delete(key);
        this.#open.delete(group);
        telemetry.gauge('upstream_subscriptions', this.#open.size);
      },
    });
    this.#groups.set(key, group);
    this.#open.add(group);
    telemetry.gauge('upstream_subscriptions', this.#open.size);
    return group;
  }

  #runOf({ admitted, primary, context }: Opening): (result: SubgraphResult) => Promise<string> | string {
    const { engine, prepared, coerced } = admitted;
    const { serviceName: service } = primary;
    const rewrite = compileRewrites(primary.outputRewrites, engine.supergraph);
    const events = this.#options.telemetry.counter('upstream_events_total', { service });
    return (result) => {
      events();
      const { data, errors = [] } = readAnswer(result, service, this.#options.forwardedExtensions);
      if (data) rewrite?.(data);
      const outcome = engine.run(prepared, {
        variables: coerced,
        context: new OperationContext(context),
        initialData: { ...data },
        initialErrors: errors,
      });
      return outcome instanceof Promise ? outcome.then(toResponseText) : toResponseText(outcome);
    };
  }
}

interface Opening {
  readonly admitted: AdmittedSubscription;
  readonly primary: PrimaryFetch;
  readonly context: OperationContextOptions;
}

function keyOf({ ordinal, prepared, coerced }: AdmittedSubscription, context: OperationContextOptions): string {
  const { expiresAtMs: _, ...identity } = context.identity;
  invariant(context.headers, 'the headers of a subscription are chosen before it is shared');
  const name = prepared.operation.name?.value;
  return canonicalJson({
    ordinal,
    document: print(prepared.document),
    ...(name !== undefined && { name }),
    variables: coerced,
    identity,
    headers: context.headers,
  });
}

function variablesOf({ variableUsages = [] }: PrimaryFetch, coerced: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(variableUsages.flatMap((name) => (name in coerced ? [[name, coerced[name]]] : [])));
}
