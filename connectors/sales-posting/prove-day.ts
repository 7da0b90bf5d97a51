import { createHash } from 'node:crypto';
import type { OutboxEvent } from '../../kernel/ports/documents.ts';
import type { RegisterSales } from '../../schema/commands/sales.ts';
import { postedSalesAgreed, postedSalesDiffered } from '../../schema/events/outbound-sales.ts';
import { publicationOf } from '../../schema/events/publication.ts';
import { registerSales } from './aggregate-batch.ts';
import { differenceOf, isToldOtherwise, sidesOf, toldSales, type Difference } from './compare-day.ts';
import { lastRegularMs } from './due-batch.ts';
import { mergeRegisters } from './merge-registers.ts';
import type { PostingParts } from './posting-parts.ts';
import { askTills } from './registers-of-receipts.ts';
import type { Comparison, SalesDayDocument } from './sales-documents.ts';

/**
 * Compares a day whose batches have all come to their end: what the tills say, what the hub took in, what the ERP holds. Each
 * register that differs is told once, with what it differs by, and told again when that changes or is gone.
 * @throws {Obstacle} when a side cannot be asked at the moment
 * @throws {DocumentConflict} when something happened on that day meanwhile: it is compared again
 */
export async function proveDay(parts: PostingParts, day: SalesDayDocument, version: number): Promise<Comparison> {
  const { platform, store } = parts;
  const nowMs = platform.clock.nowMs();
  const isToldFinal = day.isEnded || nowMs >= lastRegularMs(day, parts.limits);
  const taken = registerSales((await store.allReceiptsOf(day.id, 'BATCHED')).map(({ document }) => document));
  const posted = await postedOf(parts, day);
  const tills = await askTills(parts, day);
  const told = tills ? toldSales(tills) : null;
  const sides = sidesOf(taken, posted, told);
  const differences = sides.flatMap((each) => differenceOf(each, { isToldFinal }) ?? []);
  const compared: Comparison = {
    atMs: nowMs,
    change: day.changes,
    told,
    posted,
    differing: differences.map(({ register, summary }) => ({ register, summary })),
    isUnsettled: !isToldFinal && sides.some(isToldOtherwise),
  };
  await store.days.save({ ...day, compared, closesNow: false, changedAtMs: nowMs }, version, [
    ...eventsOf(parts, day, differences),
  ]);
  platform.telemetry.count('sales_days_compared_total', {
    system: parts.system,
    outcome: differences.length > 0 ? 'DIFFERS' : 'AGREES',
  });
  return compared;
}

async function postedOf({ ledger }: PostingParts, day: SalesDayDocument): Promise<readonly RegisterSales[]> {
  const batches = await ledger.posted(day.location, day.businessDay);
  return mergeRegisters(
    batches.filter(({ currency }) => currency === day.currency).flatMap(({ registers }) => registers),
  );
}

/** Of registers whose difference is new or another one, and of those that agree again. */
function eventsOf(
  parts: PostingParts,
  day: SalesDayDocument,
  differences: readonly Difference[],
): readonly OutboxEvent[] {
  const before = day.compared?.differing ?? [];
  const news = differences.filter(
    ({ register, summary }) => !before.some((each) => each.register === register && each.summary === summary),
  );
  const gone = before.filter(({ register }) => !differences.some((each) => each.register === register));
  return [
    ...news.map((each) => eventOf(parts, day, each)),
    ...gone.map(({ register }) => eventOf(parts, day, { register })),
  ];
}

function eventOf(
  { system, platform }: PostingParts,
  { location, businessDay, currency }: SalesDayDocument,
  found: Difference | Pick<Difference, 'register'>,
): OutboxEvent {
  const { register } = found;
  const id = platform.ids.next();
  const names = [system, location, businessDay, currency, register];
  const exceptionId = `sales-${createHash('sha256').update(JSON.stringify(names)).digest('base64url')}`;
  const nowMs = platform.clock.nowMs();
  const told = {
    id,
    key: exceptionId,
    source: { system: 'outbound', eventId: id },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: id,
  };
  const data = { exceptionId, system, location, businessDay, currency, register };
  if (!('summary' in found)) return publicationOf(postedSalesAgreed, { ...told, data });
  const { differenceMinor, summary } = found;
  return publicationOf(postedSalesDiffered, { ...told, data: { ...data, differenceMinor, summary } });
}
