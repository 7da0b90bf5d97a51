import { locationId } from '../../../kernel/model/codes.ts';
import { isRefusal, Refusal, toRefusal } from '../../../kernel/model/errors.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { parsePositiveQuantity, parseQuantity } from '../../../kernel/model/quantity.ts';
import { describeSale } from '../../../schema/commands/orders.ts';
import type { ReturnReason } from '../../../schema/events/fields.ts';
import { lineWorthOf } from '../domain/line-worth.ts';
import { claimUnits, type ClaimRequest, type OrderClaims } from '../domain/order-claims.ts';
import type { RequestedLine } from '../domain/request-return.ts';
import type { ReturnStart } from '../domain/return-state.ts';
import type { Sale } from '../domain/sale.ts';
import { assertLineCount } from './assert-line-count.ts';
import { changeClaims } from './change-claims.ts';
import { dropOrphanClaims } from './drop-orphan-claims.ts';
import { outcomeOf, type ReturnOutcome } from './handle-return.ts';
import { assertTakesReturns, knownSkusOf } from './known-codes.ts';
import { openReturn } from './open-return.ts';
import { actsForStores, assertMayActAt, mayReturn, requesterOf } from './return-access.ts';
import type { ReturnsParts } from './returns-parts.ts';
import type { KnownSku } from './returns-store.ts';
import { sendCommand } from './send-command.ts';
import { useIdempotencyKey } from './use-idempotency-key.ts';

export interface ReturnRequestInput {
  readonly idempotencyKey: string;
  readonly order: string;
  readonly location: string | null;
  readonly lines: readonly { readonly orderLine: string; readonly quantity: string; readonly reason: ReturnReason }[];
  /** How it begins where the caller's role does not say it; for staff alone. */
  readonly start?: Extract<ReturnStart, 'REFUSED_DELIVERY' | 'MARKETPLACE'>;
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
  const { identity } = caller;
  assertLineCount(input.lines);
  if (input.start !== undefined && requesterOf(identity) === 'CUSTOMER') {
    throw new Refusal('FORBIDDEN', 'How a return begins is said by staff alone.', { field: 'start' });
  }
  const location = input.location === null ? null : locationId(input.location);
  if (location !== null) {
    if (actsForStores(identity)) assertMayActAt(identity, location);
    await assertTakesReturns(parts, location);
  }
  const id = await useIdempotencyKey(parts, identity, { key, payload });
  if (!(await parts.store.returns.get(id))) {
    const { sale, lines, skus } = await claim(parts, caller, { id, input });
    const requester = requesterOf(identity);
    const start = input.start ?? requester;
    await openReturn(
      parts,
      { requester, correlationId: caller.correlationId },
      { id, start, location, sale, lines, skus },
    );
  }
  return outcomeOf(parts, id);
}

interface Opening {
  readonly id: string;
  readonly input: ReturnRequestInput;
}

interface Claimed {
  readonly sale: Sale;
  readonly lines: readonly RequestedLine[];
  readonly skus: ReadonlyMap<string, KnownSku>;
}

async function claim(parts: ReturnsParts, caller: Caller, opening: Opening): Promise<Claimed> {
  const attempt = (isLast: boolean) =>
    changeClaims<Claimed | 'ORPHANS'>(parts, opening.input.order, async (current) => {
      const sale = await saleFor(parts, caller, opening.input.order);
      const { request, ...read } = await readLines(parts, opening, sale);
      const claims = claimUnits(current, request);
      if (!isRefusal(claims)) return { claims, result: { sale, ...read } };
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
  const skus = await knownSkusOf(parts, [...new Set(bought.map((line) => line.sku))]);
  const decimalsFor = (sku: string) => skus.get(sku)?.decimals ?? 0;
  const lines = bought.map((line, index) => {
    const { quantity, reason } = input.lines[index] as ReturnRequestInput['lines'][number];
    const { orderLine, sku, unitPriceMinor } = line;
    const decimals = decimalsFor(sku);
    const steps = parsePositiveQuantity(quantity, decimals);
    const worth = lineWorthOf(line, parseQuantity(line.ordered, decimals));
    const requested = { id: parts.platform.ids.next(), orderLine, sku, steps, decimals, unitPriceMinor, reason };
    return { ...requested, ...(worth && { worth }) };
  });
  const returnable = new Map(
    bought.map((line) => [line.orderLine, parseQuantity(line.returnable, decimalsFor(line.sku))]),
  );
  const request: ClaimRequest = { returnId: id, version: 0, nowMs: parts.platform.clock.nowMs(), lines, returnable };
  return { lines, skus, request };
}
