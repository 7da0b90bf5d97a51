import { ExponentialBackoff, handleType, retry, type RetryPolicy } from 'cockatiel';
import { DomainError, Obstacle } from '../../../kernel/model/errors.ts';
import type { Clock } from '../../../kernel/ports/clock.ts';
import type { Erp } from '../../../connectors/erp/port.ts';
import { reportsOf } from './open-erp-items.ts';
import { registerItems, type RegistrationParts } from './register-items.ts';

export interface ErpListing {
  /** Gives up what is under way and waits for it to end. */
  stop(): Promise<void>;
}

/**
 * Registers everything that the ERP holds, page by page, in the background: now, and again after `listingIntervalMs`.
 * An ERP that is down delays the listing and nothing else.
 */
export function startErpListing(parts: RegistrationParts, erp: Erp): ErpListing {
  const aborting = new AbortController();
  const listing = listForEver(parts, erp, aborting.signal);
  return {
    stop: async () => {
      aborting.abort();
      await listing;
    },
  };
}

async function listForEver(parts: RegistrationParts, erp: Erp, signal: AbortSignal): Promise<void> {
  const { platform, limits } = parts;
  let after: string | undefined;
  while (!signal.aborted) {
    const outcome = await listFrom(parts, { erp, after, signal });
    after = outcome.stoppedAfter;
    const waitMs = outcome.isComplete ? limits.listingIntervalMs : limits.listingRestMs;
    if (!signal.aborted) await wait(platform.clock, waitMs, signal);
  }
}

interface ListingOutcome {
  readonly isComplete: boolean;
  /** Where to go on; undefined begins anew. */
  readonly stoppedAfter: string | undefined;
}

async function listFrom(
  parts: RegistrationParts,
  { erp, after, signal }: { erp: Erp; after: string | undefined; signal: AbortSignal },
): Promise<ListingOutcome> {
  const { limits, platform } = parts;
  const policy = retryPolicy(parts);
  const correlationId = platform.ids.next();
  let position = after;
  try {
    for (let page = 0; page < limits.listingPagesMax; page++) {
      const next = await policy.execute(() => registerPage(parts, erp, { after: position, correlationId }), signal);
      if (next === undefined || next === position) return { isComplete: true, stoppedAfter: undefined };
      position = next;
    }
    platform.telemetry.log('warn', 'the listing of items was longer than its limit', { after: position });
    return { isComplete: true, stoppedAfter: undefined };
  } catch (error) {
    if (!signal.aborted) {
      platform.telemetry.count('products_listing_failures_total');
      platform.telemetry.log('warn', 'the listing of items rests', { after: position, error: String(error) });
    }
    return { isComplete: false, stoppedAfter: position };
  }
}

/** @returns where the next page begins, undefined after the last one */
async function registerPage(
  parts: RegistrationParts,
  erp: Erp,
  { after, correlationId }: { after: string | undefined; correlationId: string },
): Promise<string | undefined> {
  const askedAtMs = parts.platform.clock.nowMs();
  const { items, next } = await erp.listItems(after);
  await registerItems(parts, reportsOf(erp.system, items, askedAtMs), { correlationId });
  return next;
}

function retryPolicy({ limits }: RegistrationParts): RetryPolicy {
  return retry(
    handleType(DomainError, (error) => error instanceof Obstacle),
    {
      maxAttempts: limits.listingAttemptsMax - 1,
      backoff: new ExponentialBackoff({ initialDelay: limits.listingRetryMinMs, maxDelay: limits.listingRetryMaxMs }),
    },
  ).dangerouslyUnref();
}

function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
}
