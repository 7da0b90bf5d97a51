import {
  bulkhead,
  BulkheadRejectedError,
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
  type IBackoff,
  type IPolicy,
  type IRetryBackoffContext,
} from 'cockatiel';
import { Agent } from 'undici';
import { Defect } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import { AttemptFailed, exchange, type HttpRequest, type HttpResponse } from './http-exchange.ts';
import { HTTP_LIMITS, type HttpLimits } from './http-limits.ts';
import { retryAfterMs } from './retry-after.ts';
import type { VendorPace } from './vendor-pace.ts';
import { UpstreamRejected, UpstreamTimeout, UpstreamUnavailable } from './upstream-errors.ts';

/** What proves to an outside system who is asking. */
export interface Authorisation {
  /** Headers of the next attempt. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** Called when the system refused them: the next headers must be new. False: there are no others. */
  renew(): boolean;
  /** The status with which the system refuses what is old. Default 401. */
  readonly refusedStatus?: number;
}

export interface HttpClientOptions {
  /** The name of the system, as errors and metrics call it. */
  readonly system: string;
  /** Paths of requests are below it. */
  readonly baseUrl: string;
  /** Default: none. */
  readonly authorisation?: Authorisation;
  /** Those that differ from HTTP_LIMITS. */
  readonly limits?: Partial<HttpLimits>;
  /** Takes in what the answers say of how often the system may be asked. */
  readonly pace?: Pick<VendorPace, 'hear'>;
  readonly clock: Clock;
  readonly telemetry?: Telemetry;
}

export interface HttpClient {
  /**
   * Asks within all limits.
   * @throws {UpstreamTimeout} when no answer came in time
   * @throws {UpstreamUnavailable} when the system is down, throttles, is cut off by the breaker, or has a full queue
   * @throws {UpstreamRejected} when it answered 3xx or 4xx
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Waits for the calls under way and closes the connections. */
  close(): Promise<void>;
}

/** The one way in which the hub calls outside systems. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limits: HttpLimits = { ...HTTP_LIMITS, ...options.limits };
  const agent = new Agent({
    connections: limits.concurrentMax,
    keepAliveTimeout: limits.keepAliveMs,
    maxResponseSize: limits.responseBytesMax,
    connect: { timeout: limits.connectTimeoutMs },
  });
  const policies = createPolicies(limits, options.clock);
  const call = async (request: HttpRequest): Promise<HttpResponse> => {
    const policy = request.isIdempotent ? policies.repeatable : policies.unrepeatable;
    try {
      return await policy.execute((context) => attempt(request, { options, limits, agent, signal: context.signal }));
    } catch (error) {
      throw upstreamError(options, request, error);
    }
  };
  return {
    request: async (request) =>
      measured(options, () => withFreshAuthorisation(options.authorisation, () => call(request))),
    close: () => agent.close(),
  };
}

interface Attempt {
  readonly options: HttpClientOptions;
  readonly limits: HttpLimits;
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

async function attempt(request: HttpRequest, { options, limits, agent, signal }: Attempt): Promise<HttpResponse> {
  const base = new URL(options.baseUrl);
  const url = new URL(request.path, base);
  // A link to the next page that leads elsewhere would carry our token to whoever wrote it.
  if (url.origin !== base.origin) {
    throw new AttemptFailed('UNUSABLE', { words: `A link leads to the foreign origin ${url.origin}.` });
  }
  const headers = (await options.authorisation?.headers()) ?? {};
  return exchange(request, {
    url,
    headers,
    dispatcher: agent,
    signal: AbortSignal.any([signal, AbortSignal.timeout(limits.attemptTimeoutMs)]),
    ...(options.pace && { heard: (answer) => options.pace?.hear(answer) }),
  });
}

/** From the outside in: the time of the whole call, the queue, the attempts, the breaker. */
function createPolicies(
  limits: HttpLimits,
  clock: Clock,
): { readonly repeatable: IPolicy; readonly unrepeatable: IPolicy } {
  const wholeCall = timeout(limits.callTimeoutMs, TimeoutStrategy.Aggressive);
  const queue = bulkhead(limits.concurrentMax, limits.queuedMax);
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof AttemptFailed && (error.kind === 'TIMEOUT' || error.kind === 'UNAVAILABLE')),
    { halfOpenAfter: limits.breakerOpenMs, breaker: new ConsecutiveBreaker(limits.breakerFailures) },
  );
  const attempts = (isRepeatable: boolean): IPolicy =>
    retry(
      handleWhen((error) => {
        if (!(error instanceof AttemptFailed) || error.kind === 'REJECTED' || error.kind === 'UNUSABLE') return false;
        if (error.mayBeProcessed && !isRepeatable) return false;
        return (retryAfterMs(error.retryAfter, clock.nowMs()) ?? 0) <= limits.retryAfterMsMax;
      }),
      { maxAttempts: limits.attemptsMax - 1, backoff: backoffOf(limits, clock) },
    );
  return {
    repeatable: wrap(wholeCall, queue, attempts(true), breaker),
    unrepeatable: wrap(wholeCall, queue, attempts(false), breaker),
  };
}

/** A doubling wait with jitter, so that many who fail together do not come together, after what the system asks for. */
function backoffOf(
  limits: HttpLimits,
  clock: Clock,
): DelegateBackoff<IRetryBackoffContext<unknown>, IBackoff<unknown>> {
  const doubling = new ExponentialBackoff({
    generator: halfJitterGenerator,
    initialDelay: limits.backoffMinMs,
    maxDelay: limits.backoffMaxMs,
  });
  return new DelegateBackoff((context, previous?: IBackoff<unknown>) => {
    const { result } = context;
    const error = 'error' in result ? result.error : undefined;
    const askedMs = error instanceof AttemptFailed ? retryAfterMs(error.retryAfter, clock.nowMs()) : undefined;
    const state = previous ? previous.next(context) : doubling.next();
    return { delay: (askedMs ?? 0) + state.duration, state };
  });
}

async function withFreshAuthorisation<Result>(
  authorisation: Authorisation | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const isRefused = error instanceof UpstreamRejected && error.status === (authorisation?.refusedStatus ?? 401);
    if (!isRefused || authorisation?.renew() !== true) throw error;
    return run();
  }
}

function upstreamError({ system, clock }: HttpClientOptions, { isIdempotent }: HttpRequest, error: unknown): Error {
  const options = { cause: error };
  // An idempotent call is repeated after attempts of which that is not known.
  const undone = isIdempotent ? {} : { mayBeProcessed: false };
  if (error instanceof BulkheadRejectedError)
    return new UpstreamUnavailable(system, { limit: 'queuedMax', ...undone }, options);
  if (error instanceof BrokenCircuitError)
    return new UpstreamUnavailable(system, { breaker: 'open', ...undone }, options);
  if (error instanceof TaskCancelledError) return new UpstreamTimeout(system, { limit: 'callTimeoutMs' }, options);
  if (!(error instanceof AttemptFailed)) {
    return error instanceof Error ? error : new Defect('A call threw what is no error.', {}, options);
  }
  const { kind, status, words } = error;
  const askedMs = retryAfterMs(error.retryAfter, clock.nowMs());
  const facts = {
    ...(status !== undefined && { status }),
    words,
    ...(askedMs !== undefined && { retryAfterMs: askedMs }),
    ...(!error.mayBeProcessed && undone),
  };
  if (kind === 'TIMEOUT') return new UpstreamTimeout(system, facts, options);
  if (kind === 'REJECTED') return new UpstreamRejected(system, { status: status ?? 0, words }, options);
  return new UpstreamUnavailable(system, facts, options);
}

async function measured(options: HttpClientOptions, run: () => Promise<HttpResponse>): Promise<HttpResponse> {
  const { system, telemetry = silentTelemetry, clock } = options;
  const startedMs = clock.nowMs();
  let outcome = 'failed';
  try {
    const response = await run();
    outcome = 'answered';
    return response;
  } finally {
    telemetry.observe('upstream_request_seconds', Math.max(0, clock.nowMs() - startedMs) / 1_000, { system, outcome });
  }
}
