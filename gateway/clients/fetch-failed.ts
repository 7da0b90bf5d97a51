import { errors } from 'undici';

/** A fetch that brought no GraphQL answer. */
export class FetchFailed extends Error {
  /** For the client's error: short, without addresses. */
  readonly reason: string;
  /** The subgraph or the way to it is at fault, so that it counts against the subgraph. */
  readonly isOutage: boolean;
  /** Nobody took it up, as far as can be told, and it may be taken up at once by another server behind the address. */
  readonly isWorthRepeating: boolean;

  constructor(
    reason: string,
    options: { readonly isOutage: boolean; readonly isWorthRepeating: boolean; cause?: unknown },
  ) {
    super(reason, { cause: options.cause });
    this.name = 'FetchFailed';
    this.reason = reason;
    this.isOutage = options.isOutage;
    this.isWorthRepeating = options.isWorthRepeating;
  }
}

/** A slow subgraph is not asked again: that would double what it is already slow with. */
const TIMEOUTS: readonly (readonly [abstract new (...args: never) => Error, string])[] = [
  [errors.ConnectTimeoutError, 'connect timeout'],
  [errors.HeadersTimeoutError, 'timeout'],
  [errors.BodyTimeoutError, 'timeout'],
];

/** What undici throws, in our words. */
export function fetchFailedBy(error: unknown): FetchFailed {
  if (error instanceof FetchFailed) return error;
  const slow = TIMEOUTS.find(([type]) => error instanceof type);
  if (slow) return new FetchFailed(slow[1], { isOutage: true, isWorthRepeating: false, cause: error });
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new FetchFailed('response too large', { isOutage: false, isWorthRepeating: false, cause: error });
  }
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  if (name === 'AbortError') {
    return new FetchFailed('the client operation was aborted', {
      isOutage: false,
      isWorthRepeating: false,
      cause: error,
    });
  }
  const reason = typeof code === 'string' ? code : 'connection failed';
  return new FetchFailed(reason, { isOutage: true, isWorthRepeating: true, cause: error });
}

/** Statuses of proxies and servers that are starting, stopping or full. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** An answer of HTTP that is none of GraphQL. */
export function noGraphqlAnswer(statusCode: number, what: string, cause?: unknown): FetchFailed {
  const isPassing = PASSING_STATUSES.has(statusCode);
  return new FetchFailed(`status ${statusCode} with ${what}`, {
    isOutage: statusCode >= 500,
    isWorthRepeating: isPassing,
    cause,
  });
}
