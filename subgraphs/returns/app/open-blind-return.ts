import { locationId } from '../../../kernel/model/codes.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import type { ReturnReason } from '../../../schema/events/fields.ts';
import { assertLineCount } from './assert-line-count.ts';
import { assertTexts } from './assert-texts.ts';
import { outcomeOf, type ReturnOutcome } from './handle-return.ts';
import { assertTakesReturns, knownSkusOf } from './known-codes.ts';
import { openReturn } from './open-return.ts';
import { assertMayActAt, requesterOf } from './return-access.ts';
import { CUSTOMER_LENGTH_MAX } from './returns-limits.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { useIdempotencyKey } from './use-idempotency-key.ts';

export interface BlindReturnInput {
  readonly idempotencyKey: string;
  readonly location: string;
  readonly customer: string | null;
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: string; readonly reason: ReturnReason }[];
}

/**
 * Opens a return of goods that no order was found for. Repeating it with the same key gives the same return.
 * @throws {Refusal} IDEMPOTENCY_KEY_REUSED, UNKNOWN_SKU, INVALID_QUANTITY, UNKNOWN_LOCATION, NOT_SOLD_HERE, FORBIDDEN,
 *   BAD_USER_INPUT
 */
export async function openBlindReturn(
  parts: ReturnsParts,
  caller: { readonly identity: Identity; readonly correlationId: string },
  input: BlindReturnInput,
): Promise<ReturnOutcome> {
  const { idempotencyKey: key, ...payload } = input;
  const { customer, currency } = input;
  const location = locationId(input.location);
  assertLineCount(input.lines);
  assertTexts({ customer: customer ?? undefined }, CUSTOMER_LENGTH_MAX);
  assertMayActAt(caller.identity, location);
  await assertTakesReturns(parts, location);
  const skus = await knownSkusOf(parts, [...new Set(input.lines.map(({ sku }) => sku))]);
  const lines = input.lines.map(({ sku, quantity, reason }) => {
    const decimals = skus.get(sku)?.decimals ?? 0;
    const steps = parsePositiveQuantity(quantity, decimals);
    return { id: parts.platform.ids.next(), sku, orderLine: null, steps, decimals, unitPriceMinor: 0, reason };
  });
  const id = await useIdempotencyKey(parts, caller.identity, { key, payload });
  if (!(await parts.store.returns.get(id))) {
    const blind = { customer, currency };
    const asking = { requester: requesterOf(caller.identity), correlationId: caller.correlationId };
    await openReturn(parts, asking, { id, start: 'BLIND', location, sale: null, blind, lines, skus });
  }
  return outcomeOf(parts, id);
}
