import { HttpFailure } from './http-failure.ts';
import type { SimulatorRequest } from './router.ts';

/** What a request says it is to be done once under. @throws {HttpFailure} 400 when it says nothing */
export function idempotencyKeyOf({ headers }: SimulatorRequest): string {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && key !== '') return key;
  throw new HttpFailure(400, 'idempotency_key_missing', 'Idempotency-Key is required.', { field: 'Idempotency-Key' });
}
