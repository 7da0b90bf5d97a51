import { Obstacle, Refusal } from '../../../../kernel/model/errors.ts';
import type { Cause } from '../cause.ts';
import { contentHash } from '../content-hash.ts';
import type { OrdersServices } from '../orders-services.ts';
import { runErasure, type ErasureProgress } from './run-erasure.ts';

export interface EraseCustomer {
  /** Null: only orders are named. */
  readonly customer: string | null;
  readonly orders: readonly string[];
  readonly texts: readonly string[];
  readonly reason: string;
  readonly by: string;
}

export type EraseAnswer = Partial<ErasureProgress> & {
  /** The pseudonym. */
  readonly erasure: string;
  readonly isComplete: boolean;
};

const LIMITS = {
  orders: { max: 500 },
  texts: { max: 20, lengthMin: 3, lengthMax: 200 },
  reason: { lengthMax: 1_000 },
  customer: { lengthMax: 200 },
} as const;

/**
 * Has a customer forgotten: at once in what has ended, in the rest when it has. Asking for the same again goes on with
 * what is not done, and changes nothing of what is.
 * @throws {Refusal} BAD_USER_INPUT
 */
export async function eraseCustomer(
  services: OrdersServices,
  input: EraseCustomer,
  cause: Cause,
): Promise<EraseAnswer> {
  check(input);
  const { customer, orders, texts, reason, by } = input;
  const erasure = await services.erasures.ask({
    id: `asked-${contentHash({ customer, orders: orders.toSorted(), texts: texts.toSorted() })}`,
    state: 'OPEN',
    pseudonym: `erased-${services.ids.next()}`,
    customer,
    orders,
    texts,
    by,
    reason,
    requestedAtMs: services.clock.nowMs(),
  });
  try {
    const progress = await runErasure(services, erasure, cause);
    const isComplete = progress.openOrders === 0 && progress.openReturns === 0;
    return { erasure: erasure.pseudonym, isComplete, ...progress };
  } catch (error) {
    // It is kept, and gone on with when whoever is away is back.
    if (error instanceof Obstacle) return { erasure: erasure.pseudonym, isComplete: false };
    throw error;
  }
}

function check({ customer, orders, texts, reason }: EraseCustomer): void {
  if (customer === null && orders.length === 0) {
    throw new Refusal('BAD_USER_INPUT', 'Name a customer or orders.', { field: 'customer' });
  }
  assertLength('customer', customer ?? ' ', { min: customer === null ? 0 : 1, max: LIMITS.customer.lengthMax });
  assertLength('reason', reason, { min: 1, max: LIMITS.reason.lengthMax });
  const { max, lengthMin, lengthMax } = LIMITS.texts;
  for (const text of texts) assertLength('texts', text, { min: lengthMin, max: lengthMax });
  if (texts.length > max) throw new Refusal('BAD_USER_INPUT', `texts must be 0 to ${max}.`, { field: 'texts', max });
  if (orders.length > LIMITS.orders.max) {
    throw new Refusal('BAD_USER_INPUT', `orders must be 0 to ${LIMITS.orders.max}.`, { field: 'orders' });
  }
}

function assertLength(field: string, text: string, { min, max }: { readonly min: number; readonly max: number }): void {
  if (text.trim().length >= min && text.length <= max) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must have ${min} to ${max} characters.`, { field, min, max });
}
