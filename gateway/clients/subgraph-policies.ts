import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
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
import type { IPolicy } from 'cockatiel';
import { FetchFailed } from './fetch-failed.ts';
import type { SubgraphLimits } from './subgraph-limits.ts';

/** How often an operation is sent, and when no more. */
export interface SubgraphPolicies {
  readonly query: IPolicy;
  readonly mutation: IPolicy;
}

/** From the outside in: how many at a time, the attempts, the breaker. */
export function createSubgraphPolicies(limits: SubgraphLimits, onCircuit: (isOpen: boolean) => void): SubgraphPolicies {
  const places = bulkhead(limits.fetchesMax, 0);
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof FetchFailed && error.isOutage),
    { halfOpenAfter: limits.breakerOpenMs, breaker: new ConsecutiveBreaker(limits.breakerFailures) },
  );
  breaker.onStateChange((state) => onCircuit(state === CircuitState.Open));
  const attempts = retry(
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
  return { query: wrap(places, attempts, breaker), mutation: wrap(places, breaker) };
}

/** Refusals of the policies themselves, as failures of the fetch. */
export function fetchFailedByPolicy(error: unknown): FetchFailed | undefined {
  if (error instanceof BrokenCircuitError) return turnedAway('cut off after repeated failures', error);
  if (error instanceof BulkheadRejectedError) return turnedAway('too many fetches under way', error);
  if (error instanceof TaskCancelledError) return turnedAway('the client operation was aborted', error);
  return undefined;
}

function turnedAway(reason: string, cause: unknown): FetchFailed {
  return new FetchFailed(reason, { isOutage: false, isWorthRepeating: false, cause });
}
