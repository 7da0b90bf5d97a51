import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { ClientLimits } from './client-limits.ts';

export interface TokenFailuresOptions {
  readonly limits: Pick<ClientLimits, 'windowMs' | 'tokenFailuresPerWindowMax' | 'clientsMax'>;
  readonly clock: Clock;
}

/** What is left of one address. */
interface Bucket {
  left: number;
  atMs: number;
}

/**
 * Holds each address to a number of tokens that turn out to be none. Verifying one costs as much as answering a request,
 * so that whoever sends bad ones is turned away before; a token that was verified before costs nothing and is not asked
 * about here.
 */
export class TokenFailures {
  readonly #options: TokenFailuresOptions;
  readonly #buckets: LruMap<string, Bucket>;

  constructor(options: TokenFailuresOptions) {
    this.#options = options;
    this.#buckets = new LruMap(options.limits.clientsMax);
  }

  /**
   * Counts a token that is about to be verified as a failure, so that many at once cannot pass together.
   * @throws {Obstacle} RATE_LIMITED, saying when to come again
   */
  take(address: string | undefined): void {
    const { tokenFailuresPerWindowMax: max, windowMs } = this.#options.limits;
    if (max === Infinity) return;
    const bucket = this.#bucketOf(address);
    if (bucket.left < 1) {
      const retryAfterMs = Math.max(1, Math.ceil(((1 - bucket.left) * windowMs) / max));
      const details = { limit: 'tokenFailuresPerWindowMax', max, windowMs, retryAfterMs };
      throw new Obstacle('RATE_LIMITED', `Too many tokens from this address were not valid here.`, details);
    }
    bucket.left--;
  }

  /** It was a good one. */
  giveBack(address: string | undefined): void {
    if (this.#options.limits.tokenFailuresPerWindowMax !== Infinity) this.#bucketOf(address).left++;
  }

  #bucketOf(address = ''): Bucket {
    const { limits, clock } = this.#options;
    const { tokenFailuresPerWindowMax: max, windowMs } = limits;
    const nowMs = clock.nowMs();
    const bucket = this.#buckets.get(address) ?? { left: max, atMs: nowMs };
    bucket.left = Math.min(max, bucket.left + (Math.max(0, nowMs - bucket.atMs) * max) / windowMs);
    bucket.atMs = nowMs;
    this.#buckets.set(address, bucket);
    return bucket;
  }
}
