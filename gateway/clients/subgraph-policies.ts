import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  halfJitterGenerator,
  retry,
  TaskCancelledError,
  wrap,
} from 'cockatiel';
import type { CircuitBreakerPolicy, IPolicy } from 'cockatiel';
import { FetchFailed } from './fetch-failed.ts';
import type { SubgraphLimits } from './subgraph-limits.ts';

/**
 * How many fetches there are at a time, how often each is sent, and when no more. As long as nothing fails, neither the
 * breaker nor the attempts have anything to count, and a fetch does not pass through them; the first failure does, as if
 * it had happened there, and everything after it until the next success.
 */
export class SubgraphPolicies {
  readonly #fetchesMax: number;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #query: IPolicy;
  #underWay = 0;
  #isCalm = true;

  constructor(limits: SubgraphLimits, onCircuit: (isOpen: boolean) => void) {
    this.#fetchesMax = limits.fetchesMax;
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof FetchFailed && error.isOutage),
      { halfOpenAfter: limits.breakerOpenMs, breaker: new ConsecutiveBreaker(limits.breakerFailures) },
    );
    this.#breaker.onStateChange((state) => onCircuit(state === CircuitState.Open));
    this.#query = wrap(createAttempts(limits), this.#breaker);
  }

  /** @throws {FetchFailed} */
  query<Reply>(send: () => Promise<Reply>): Promise<Reply> {
    return this.#execute(this.#query, send);
  }

  /** @throws {FetchFailed} */
  mutation<Reply>(send: () => Promise<Reply>): Promise<Reply> {
    return this.#execute(this.#breaker, send);
  }

  async #execute<Reply>(policy: IPolicy, send: () => Promise<Reply>): Promise<Reply> {
    if (this.#underWay >= this.#fetchesMax) throw turnedAway('too many fetches under way');
    this.#underWay++;
    try {
      return await (this.#isCalm ? this.#calmly(policy, send) : this.#guarded(policy, send));
    } catch (error) {
      throw fetchFailedByPolicy(error) ?? error;
    } finally {
      this.#underWay--;
    }
  }

  async #calmly<Reply>(policy: IPolicy, send: () => Promise<Reply>): Promise<Reply> {
    let reply: Reply;
    try {
      reply = await send();
    } catch (error) {
      this.#isCalm = false;
      // Nothing is to be counted any more, and nothing would be sent again.
      if (this.#breaker.state !== CircuitState.Closed) throw error;
      let isFirst = true;
      return this.#guarded(policy, () => {
        if (!isFirst) return send();
        isFirst = false;
        return Promise.reject(error);
      });
    }
    // Others failed meanwhile: the breaker counts failures in a row, and this is none.
    if (!this.#isCalm && this.#breaker.state === CircuitState.Closed) {
      return this.#guarded(this.#breaker, () => Promise.resolve(reply));
    }
    return reply;
  }

  async #guarded<Reply>(policy: IPolicy, send: () => Promise<Reply>): Promise<Reply> {
    const reply = await policy.execute(send);
    this.#isCalm = this.#breaker.state === CircuitState.Closed;
    return reply;
  }
}

function createAttempts(limits: SubgraphLimits): IPolicy {
  return retry(
    handleWhen((error) => error instanceof FetchFailed && error.isWorthRepeating),
    {
      maxAttempts: limits.queryAttemptsMax - 1,
      backoff: new ExponentialBackoff({
        initialDelay: limits.retryDelayMs,
        maxDelay: limits.retryDelayMsMax,
        generator: halfJitterGenerator,
      }),
    },
  );
}

/** Refusals of the policies themselves, as failures of the fetch. */
function fetchFailedByPolicy(error: unknown): FetchFailed | undefined {
  if (error instanceof BrokenCircuitError) return turnedAway('cut off after repeated failures', error);
  if (error instanceof TaskCancelledError) return turnedAway('the client operation was aborted', error);
  return undefined;
}

function turnedAway(reason: string, cause?: unknown): FetchFailed {
  return new FetchFailed(reason, { isOutage: false, isWorthRepeating: false, cause });
}
