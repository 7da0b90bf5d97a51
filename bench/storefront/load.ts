import { closedLoop, percentile } from '../measure/closed-loop.ts';
import type { Answers } from './answers.ts';
import type { Client } from './client.ts';
import type { Operation } from './operations.ts';
import type { Variant } from './variants.ts';

/** What one variant did in one round. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the gateway's process per request. */
  readonly gatewayUs: number;
  /** CPU time of the gateway's and the subgraphs' processes per request. */
  readonly totalUs: number;
}

/** Requests that are always in flight. */
export const CONCURRENCY = 32;

/**
 * Loads a gateway with an operation, each request with other variables.
 * @throws when an answer is not the one that was checked before
 */
export async function load(
  variant: Variant,
  work: {
    readonly client: Client;
    readonly operation: Operation;
    readonly answers: Answers;
    readonly durationMs: number;
    /** Default: `CONCURRENCY`. */
    readonly concurrency?: number;
  },
): Promise<Load> {
  const { client, operation, answers, durationMs, concurrency = CONCURRENCY } = work;
  let asked = 0;
  const call = async () => {
    const index = asked++ % operation.bodies.length;
    const text = await client.post(operation.bodies[index] ?? '');
    if (text !== answers[index]) {
      throw new Error(`${variant.name} does not answer ${operation.name} as it did before: ${text.slice(0, 500)}`);
    }
  };
  const before = await cpuOf(variant);
  const { completed, elapsedMs, latenciesMs } = await closedLoop({ concurrency, durationMs, call });
  const after = await cpuOf(variant);
  return {
    requestsPerSecond: (completed * 1_000) / elapsedMs,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    gatewayUs: (after.gatewayUs - before.gatewayUs) / completed,
    totalUs: (after.totalUs - before.totalUs) / completed,
  };
}

async function cpuOf({ gateway, subgraphs }: Variant): Promise<Pick<Load, 'gatewayUs' | 'totalUs'>> {
  const gatewayUs = await gateway.cpuUs();
  return { gatewayUs, totalUs: gatewayUs + ((await subgraphs?.cpuUs()) ?? 0) };
}
