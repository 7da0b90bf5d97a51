import { locationId } from '../../../kernel/model/codes.ts';
import { isRefusal, Refusal, toRefusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { parsePositiveQuantity, parseQuantity, type StepDecimals } from '../../../kernel/model/quantity.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import { describeSale } from '../../../schema/commands/orders.ts';
import type { ReturnReason } from '../../../schema/events/fields.ts';
import { claimUnits, type ClaimRequest, type OrderClaims } from '../domain/order-claims.ts';
import { requestReturn as open, type RequestedLine } from '../domain/request-return.ts';
import type { Sale } from '../domain/sale.ts';
import { assertLineCount } from './assert-line-count.ts';
import { changeClaims } from './change-claims.ts';
import { dropOrphanClaims } from './drop-orphan-claims.ts';
import { outcomeOf, type ReturnOutcome } from './handle-return.ts';
import { assertTakesReturns, decimalsOf } from './known-codes.ts';
import { actsForStores, assertMayActAt, mayReturn, requesterOf } from './return-access.ts';
import { returnNumber } from './return-number.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { saveReturn } from './save-return.ts';
import { sendCommand } from './send-command.ts';
import { useIdempotencyKey } from './use-idempotency-key.ts';

export interface ReturnRequestInput {
  readonly idempotencyKey: string;
  readonly order: string;
  readonly location: string | null;
  readonly lines: readonly { readonly orderLine: string; readonly quantity: string; readonly reason: ReturnReason }[];
}

interface Caller {
  readonly identity: Identity;
  readonly correlationId: string;
}

/**
 * Opens a return of units that were handed over. Repeating it with the same key gives the same return.
 * @throws {Refusal} IDEMPOTENCY_KEY_REUSED, UNKNOWN_ORDER, UNKNOWN_ORDER_LINE, INVALID_QUANTITY, RETURN_EXCEEDS_SOLD,
 *   UNKNOWN_LOCATION, NOT_SOLD_HERE, FORBIDDEN, BAD_USER_INPUT
 * @throws {Obstacle} CONTEXT_UNAVAILABLE while orders do not answer
 */
export async function requestReturn(
  parts: ReturnsParts,
  caller: Caller,
  input: ReturnRequestInput,
): Promise<ReturnOutcome> {
  const { idempotencyKey: key, ...payload } = input;
  assertLineCount(input.lines);
  const location = input.location === null ? null : locationId(input.location);
  if (location !== null) {
    if (actsForStores(caller.identity)) assertMayActAt(caller.identity, location);
    await assertTakesReturns(parts, location);
  }
  const id = await useIdempotencyKey(parts, caller.identity, { key, payload });
  if (!(await parts.store.returns.get(id))) await openOnce(parts, caller, { id, location, input });
  return outcomeOf(parts, id);
}

interface Opening {
  readonly id: string;
  readonly location: string | null;
  readonly input: ReturnRequestInput;
}

async function openOnce(parts: ReturnsParts, caller: Caller, { id, location, input }: Opening): Promise<void> {
  const { platform, policy } = parts;
  const { sale, lines } = await claim(parts, caller, { id, location, input });
  const nowMs = platform.clock.nowMs();
  const requester = requesterOf(caller.identity);
  const change = open({
    id,
    number: returnNumber(id),
    order: sale.order,
    customer: sale.customer,
    currency: sale.currency,
    location,
    lines,
    answer: policy.decideRequest({ placedAtMs: Date.parse(sale.placedAt), requestedAtMs: nowMs, requester }),
    nowMs,
    correlationId: caller.correlationId,
  });
  try {
    await saveReturn(parts, change, undefined);
  } catch (error) {
    // The same request came twice at the same time; the other one is saved.
    if (!(error instanceof DocumentConflict)) throw error;
  }
}

interface Claimed {
  readonly sale: Sale;
  readonly lines: readonly RequestedLine[];
}

async function claim(parts: ReturnsParts, caller: Caller, opening: Opening): Promise<Claimed> {
  const attempt = (isLast: boolean) =>
    changeClaims<Claimed | 'ORPHANS'>(parts, opening.input.order, async (current) => {
      const sale = await saleFor(parts, caller, opening.input.order);
      const { lines, request } = await readLines(parts, opening, sale);
      const claims = claimUnits(current, request);
      if (!isRefusal(claims)) return { claims, result: { sale, lines } };
      const cleaned: OrderClaims = isLast ? current : await dropOrphanClaims(parts, current);
      return cleaned === current ? claims : { claims: cleaned, result: 'ORPHANS' };
    });
  const first = await attempt(false);
  const outcome = first === 'ORPHANS' ? await attempt(true) : first;
  if (isRefusal(outcome)) throw toRefusal(outcome);
  if (outcome === 'ORPHANS') throw new Refusal('RETURN_EXCEEDS_SOLD', 'Everything is claimed by other returns.');
  return outcome;
}

async function saleFor(parts: ReturnsParts, { identity, correlationId }: Caller, order: string): Promise<Sale> {
  const { sale } = await sendCommand(parts, describeSale, { request: { order }, correlationId });
  if (sale && mayReturn(identity, sale)) return sale;
  throw new Refusal('UNKNOWN_ORDER', `There is no order ${order} that you may return.`, { order });
}

async function readLines(parts: ReturnsParts, { id, input }: Opening, sale: Sale) {
  const sold = new Map(sale.lines.map((line) => [line.orderLine, line]));
  const bought = input.lines.map(({ orderLine }) => {
    const line = sold.get(orderLine);
    if (line) return line;
    throw new Refusal('UNKNOWN_ORDER_LINE', `The order has no line ${orderLine}.`, { orderLine });
  });
  const decimals = await decimalsOf(parts, [...new Set(bought.map((line) => line.sku))]);
  const decimalsFor = (sku: string): StepDecimals => decimals.get(sku) ?? 0;
  const lines = bought.map((line, index): RequestedLine => {
    const asked = input.lines[index] as ReturnRequestInput['lines'][number];
    const { orderLine, sku, unitPriceMinor } = line;
    const steps = parsePositiveQuantity(asked.quantity, decimalsFor(sku));
    const { reason } = asked;
    return { id: parts.platform.ids.next(), orderLine, sku, steps, decimals: decimalsFor(sku), unitPriceMinor, reason };
  });
  const returnable = new Map(
    bought.map((line) => [line.orderLine, parseQuantity(line.returnable, decimalsFor(line.sku))]),
  );
  const request: ClaimRequest = { returnId: id, version: 0, nowMs: parts.platform.clock.nowMs(), lines, returnable };
  return { lines, request };
}
