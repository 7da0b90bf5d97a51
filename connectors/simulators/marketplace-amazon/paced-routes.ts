import { HttpFailure } from '../runtime/http-failure.ts';
import type { Route } from '../runtime/router.ts';
import { TokenBucket, type RateLimit } from '../runtime/token-bucket.ts';

/**
 * How often each operation may be asked for, by the name of its route; one that is not named: 5 a second, 10 at once.
 * Source: the usage plans in the reference of each operation.
 */
const RATES: Readonly<Record<string, RateLimit>> = {
  'GET /orders/v0/orders': { capacity: 20, refillPerSecond: 0.0167 },
  'GET /orders/v0/orders/:orderId': { capacity: 30, refillPerSecond: 0.5 },
  'GET /orders/v0/orders/:orderId/orderItems': { capacity: 30, refillPerSecond: 0.5 },
  'GET /orders/v0/orders/:orderId/address': { capacity: 30, refillPerSecond: 0.5 },
  'POST /tokens/2021-03-01/restrictedDataToken': { capacity: 10, refillPerSecond: 1 },
  'POST /orders/v0/orders/:orderId/shipmentConfirmation': { capacity: 10, refillPerSecond: 2 },
  'POST /feeds/2021-06-30/documents': { capacity: 15, refillPerSecond: 0.5 },
  'POST /feeds/2021-06-30/feeds': { capacity: 15, refillPerSecond: 0.0083 },
  'GET /feeds/2021-06-30/feeds/:feedId': { capacity: 15, refillPerSecond: 2 },
  'GET /feeds/2021-06-30/documents/:feedDocumentId': { capacity: 10, refillPerSecond: 0.0222 },
};
const OTHERWISE: RateLimit = { capacity: 10, refillPerSecond: 5 };

/** Each operation has a bucket of its own, so many times as large as the vendor's. */
export function paced(
  routes: readonly Route[],
  { times, now }: { readonly times: number; readonly now: () => number },
): readonly Route[] {
  return routes.map((route) => {
    const { capacity, refillPerSecond } = RATES[`${route.method} ${route.path}`] ?? OTHERWISE;
    const bucket = new TokenBucket({ capacity: capacity * times, refillPerSecond: refillPerSecond * times }, now);
    const headers = { 'x-amzn-ratelimit-limit': String(refillPerSecond) };
    return {
      ...route,
      handle: async (request) => {
        if (bucket.take() > 0) {
          throw new HttpFailure(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.', {
            headers,
          });
        }
        const answer = await route.handle(request);
        return { ...answer, headers: { ...headers, ...answer.headers } };
      },
    };
  });
}
