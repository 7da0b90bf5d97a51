import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { parsePositiveQuantity } from '../../../kernel/model/quantity.ts';
import { receiveReturn as decide } from '../domain/receive-return.ts';
import type { ArrivedUnits } from '../domain/take-in.ts';
import { assertLineCount } from './assert-line-count.ts';
import { handleReturn, type ReturnOutcome } from './handle-return.ts';
import { assertTakesReturns, decimalsOf } from './known-codes.ts';
import { assertMayActAt } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';

export interface ReceiptInput {
  readonly id: string;
  readonly location: string;
  readonly key?: string | undefined;
  /** What came; absent: everything that is authorized. */
  readonly lines?: readonly ArrivedInput[] | undefined;
}

interface ArrivedInput {
  readonly sku: string;
  readonly quantity: string;
  readonly line?: string | undefined;
}

/**
 * @throws {Refusal} FORBIDDEN, UNKNOWN_LOCATION, NOT_SOLD_HERE, UNKNOWN_RETURN, UNKNOWN_SKU, INVALID_QUANTITY,
 *   BAD_USER_INPUT, ILLEGAL_TRANSITION
 */
export async function receiveReturn(
  parts: ReturnsParts,
  identity: Identity,
  { id, location: code, key, lines }: ReceiptInput,
): Promise<ReturnOutcome> {
  const location = locationId(code);
  const { clock, ids } = parts.platform;
  assertMayActAt(identity, location);
  await assertTakesReturns(parts, location);
  if (lines && key === undefined) {
    throw new Refusal('BAD_USER_INPUT', 'A receipt of single lines needs a key.', { field: 'idempotencyKey' });
  }
  const arrived = lines && (await readArrived(parts, lines));
  return handleReturn(parts, { identity, id }, (state) =>
    decide(state, {
      location,
      ...(arrived && { arrived }),
      ...(key !== undefined && { key }),
      nowMs: clock.nowMs(),
      nextId: () => ids.next(),
    }),
  );
}

async function readArrived(parts: ReturnsParts, lines: readonly ArrivedInput[]): Promise<readonly ArrivedUnits[]> {
  assertLineCount(lines);
  const decimals = await decimalsOf(parts, [...new Set(lines.map(({ sku }) => sku))]);
  return lines.map(({ sku, quantity, line }) => {
    const places = decimals.get(sku) ?? 0;
    const steps = parsePositiveQuantity(quantity, places);
    return { sku, steps, decimals: places, ...(line !== undefined && { returnLine: line }) };
  });
}
