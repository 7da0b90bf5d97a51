import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { NatsConnection } from './nats-connection.ts';
import { isTransient, toNatsError } from './nats-errors.ts';

/**
 * Runs an attempt to publish until it has an answer, within bounds. Each attempt must carry the same message id and the
 * same expectation, because the one before it may have come through without its acknowledgement.
 * @param attempt is told how many came before it
 */
export async function publishAgain<Result>(
  connection: NatsConnection,
  what: string,
  attempt: (before: number) => Promise<Result>,
): Promise<Result> {
  const { limits } = connection.parts;
  const policy = retry(handleWhen(isTransient), {
    maxAttempts: limits.publishAttemptsMax - 1,
    backoff: new ExponentialBackoff({ initialDelay: limits.publishBackoffMinMs, maxDelay: limits.publishBackoffMaxMs }),
  });
  try {
    return await policy.execute(({ attempt: before }) => {
      // Sent without a connection it would wait in memory; a rest does as well.
      if (!connection.isConnected) throw new Error('there is no connection to NATS at the moment');
      return attempt(before);
    });
  } catch (error) {
    throw toNatsError(error, what);
  }
}
