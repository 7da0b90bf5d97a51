import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import { isAuthenticated } from '../../kernel/model/identity.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';
import { beyondLimit } from '../planner/measure-operation.ts';
import type { ClientLimits, ClientOverrides } from './client-limits.ts';
import { TokenFailures } from './token-failures.ts';

export interface ClientBudgetsOptions {
  readonly limits: ClientLimits;
  readonly overrides?: ClientOverrides;
  readonly clock: Clock;
}

/** Who is counted: everybody with a token of one client together, and without a token one by one. */
export interface Caller {
  readonly identity: Identity;
  /** Where the request came from. */
  readonly address?: string | undefined;
  readonly headers?: RequestHeaders;
  /** Of the request; overrides that hold for some operations go by it. */
  readonly correlationId?: string;
}

/** What is left of one bound of one client. */
interface Bucket {
  left: number;
  atMs: number;
}

type Bound = 'requestsPerWindowMax' | 'subscriptionStartsPerWindowMax' | 'costPerWindowMax';

/** Holds each client to its rate of requests and its budget of cost. Nothing is counted that is not bounded. */
export class ClientBudgets {
  readonly #options: ClientBudgetsOptions;
  readonly #requests: LruMap<string, Bucket>;
  readonly #starts: LruMap<string, Bucket>;
  readonly #costs: LruMap<string, Bucket>;
  /** Who sends tokens that are none is nobody yet, and is known by the address alone. */
  readonly tokenFailures: TokenFailures;

  constructor(options: ClientBudgetsOptions) {
    this.#options = options;
    this.tokenFailures = new TokenFailures(options);
    this.#requests = new LruMap(options.limits.clientsMax);
    this.#starts = new LruMap(options.limits.clientsMax);
    this.#costs = new LruMap(options.limits.clientsMax);
  }

  /** @throws {Obstacle} RATE_LIMITED, saying when to come again */
  admit(caller: Caller): void {
    const waitMs = this.#take(this.#requests, 'requestsPerWindowMax', caller, 1);
    if (waitMs > 0) throw this.#refused('RATE_LIMITED', 'requestsPerWindowMax', { caller, value: 1, waitMs });
  }

  /** @throws {Obstacle} RATE_LIMITED when too many subscriptions are begun, saying when to come again */
  admitSubscription(caller: Caller): void {
    const limit = 'subscriptionStartsPerWindowMax';
    const waitMs = this.#take(this.#starts, limit, caller, 1);
    if (waitMs > 0) throw this.#refused('RATE_LIMITED', limit, { caller, value: 1, waitMs });
  }

  /**
   * Nothing is charged when it throws.
   * @throws {Obstacle} COST_BUDGET_EXCEEDED, saying when to come again
   * @throws {Refusal} OPERATION_LIMIT_EXCEEDED when no wait would do, because the whole budget is less
   */
  charge(caller: Caller, cost: number): void {
    const max = this.#maxOf('costPerWindowMax', caller);
    if (cost > max) throw beyondLimit('costPerWindowMax', cost, max);
    const waitMs = this.#take(this.#costs, 'costPerWindowMax', caller, cost);
    if (waitMs > 0) throw this.#refused('COST_BUDGET_EXCEEDED', 'costPerWindowMax', { caller, value: cost, waitMs });
  }

  /** @returns 0 when it was taken, else how long until there is as much */
  #take(buckets: LruMap<string, Bucket>, bound: Bound, caller: Caller, amount: number): number {
    const max = this.#maxOf(bound, caller);
    if (max === Infinity) return 0;
    const { clock, limits } = this.#options;
    const nowMs = clock.nowMs();
    const key = clientKeyOf(caller);
    const known = buckets.get(key);
    const bucket = known ?? { left: max, atMs: nowMs };
    if (!known) buckets.set(key, bucket);
    const perMs = max / limits.windowMs;
    bucket.left = Math.min(max, bucket.left + Math.max(0, nowMs - bucket.atMs) * perMs);
    bucket.atMs = nowMs;
    if (bucket.left < amount) return Math.max(1, Math.ceil((amount - bucket.left) / perMs));
    bucket.left -= amount;
    return 0;
  }

  #maxOf(bound: Bound, { identity }: Caller): number {
    const { limits, overrides } = this.#options;
    const own = overrides && isAuthenticated(identity) ? overrides[identity.clientId]?.[bound] : undefined;
    return own ?? limits[bound];
  }

  #refused(
    code: 'RATE_LIMITED' | 'COST_BUDGET_EXCEEDED',
    limit: Bound,
    { caller, value, waitMs }: { readonly caller: Caller; readonly value: number; readonly waitMs: number },
  ): Obstacle {
    const max = this.#maxOf(limit, caller);
    const { windowMs } = this.#options.limits;
    const details = { limit, max, value, windowMs, retryAfterMs: waitMs };
    return new Obstacle(code, `The client is beyond the limit ${limit} of ${max} in ${windowMs} ms.`, details);
  }
}

/** Equal for callers who are counted together. */
export function clientKeyOf({ identity, address = '' }: Caller): string {
  return isAuthenticated(identity) ? keyOfClient(identity) : `address ${address}`;
}

/** An identity lives as long as its token is believed; a text that was looked up before is hashed already. */
const keysByIdentity = new WeakMap<Identity, string>();

function keyOfClient(identity: Identity): string {
  const known = keysByIdentity.get(identity);
  if (known !== undefined) return known;
  const key = `client ${identity.clientId}`;
  keysByIdentity.set(identity, key);
  return key;
}
