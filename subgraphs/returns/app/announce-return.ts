import { isRefusal, Refusal, toRefusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import { describeSale, type DescribeSale } from '../../../schema/commands/orders.ts';
import type { ReturnReason } from '../../../schema/events/fields.ts';
import { allocateToSale } from '../domain/attach-sale.ts';
import { claimedByOthers, setClaim, stepsClaimedBy } from '../domain/order-claims.ts';
import type { RequestedLine } from '../domain/request-return.ts';
import type { ReturnLine, ReturnStart } from '../domain/return-state.ts';
import type { Sale } from '../domain/sale.ts';
import { changeClaims } from './change-claims.ts';
import { knownSkusOf } from './known-codes.ts';
import { openReturn } from './open-return.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { sendCommand } from './send-command.ts';

export interface Announcement {
  readonly id: string;
  /** Unique over all returns: the same once more opens nothing. */
  readonly fact: string;
  /** Absent: the hub numbers it. */
  readonly number?: string;
  readonly start: Extract<ReturnStart, 'REFUSED_DELIVERY' | 'MARKETPLACE'>;
  readonly sale: DescribeSale;
  readonly location: string | null;
  readonly lines: readonly AnnouncedUnits[];
  readonly correlationId: string;
}

export interface AnnouncedUnits {
  readonly sku: string;
  readonly steps: Steps;
  readonly decimals: StepDecimals;
  readonly reason: ReturnReason;
  /** Absent: whichever line of the SKU can still come back. */
  readonly orderLine?: string;
}

/**
 * Opens a return that was agreed elsewhere, as far as its units can still come back and no other return awaits them. Goods
 * that come beyond that are received as blind.
 * @throws {Refusal} UNKNOWN_ORDER, which may be heard of later; UNKNOWN_SKU
 */
export async function announceReturn(parts: ReturnsParts, announced: Announcement): Promise<void> {
  const { id, fact, number, start, location, correlationId } = announced;
  const [known] = await parts.store.returns.find({ where: { openedByFact: { eq: fact } }, limit: 1 });
  if (known || (await parts.store.returns.get(id))) return;
  const { sale } = await sendCommand(parts, describeSale, { request: announced.sale, correlationId });
  if (!sale) throw new Refusal('UNKNOWN_ORDER', 'The order of an announced return is not known.', { return: id });
  const lines = await claimUnits(parts, announced, sale.order);
  if (lines.length === 0) {
    parts.platform.telemetry.log('info', 'an announced return awaits nothing', { fact });
    return;
  }
  const skus = await knownSkusOf(parts, [...new Set(lines.map(({ sku }) => sku))]);
  const told = { fact, ...(number !== undefined && { number }) };
  await openReturn(parts, { requester: 'CUSTOMER', correlationId }, { id, start, location, sale, lines, skus, told });
}

async function claimUnits(
  parts: ReturnsParts,
  { id, lines, correlationId }: Announcement,
  order: string,
): Promise<readonly RequestedLine[]> {
  const { ids, clock } = parts.platform;
  const blind = lines.map((line) => blindLine(ids.next(), line));
  const meant = new Map(
    lines.flatMap(({ orderLine }, index) => {
      const line = blind[index];
      return line && orderLine !== undefined ? [[line.id, orderLine] as const] : [];
    }),
  );
  const outcome = await changeClaims<readonly ReturnLine[]>(parts, order, async (current) => {
    const { sale } = await sendCommand(parts, describeSale, { request: { order }, correlationId });
    if (!sale) return { claims: current, result: [] };
    const bought = boughtOf(sale, blind, { claimed: claimedByOthers(current, id), meant, nextId: () => ids.next() });
    const steps = stepsClaimedBy({ lines: bought });
    const claim = { returnId: id, version: 0, nowMs: clock.nowMs(), steps };
    return { claims: bought.length === 0 ? current : setClaim(current, claim), result: bought };
  });
  if (isRefusal(outcome)) throw toRefusal(outcome);
  return outcome;
}

function boughtOf(
  sale: Sale,
  blind: readonly ReturnLine[],
  sources: Omit<Parameters<typeof allocateToSale>[1], 'sale'>,
): readonly ReturnLine[] {
  return allocateToSale(blind, { sale, ...sources }).lines.filter((line) => line.orderLine !== null);
}

function blindLine(id: string, { sku, steps, decimals, reason }: AnnouncedUnits): ReturnLine {
  const fresh = { status: 'AUTHORIZED', condition: null, disposition: null, isRegistered: false } as const;
  return { id, sku, orderLine: null, steps, decimals, unitPriceMinor: 0, reason, ...fresh };
}
