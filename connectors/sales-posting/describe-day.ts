import { NO_REGISTER, type RegisterPosting, type RegisterSales, type SalesDay } from '../../schema/commands/sales.ts';
import { registerSales } from './aggregate-batch.ts';
import { sidesOf } from './compare-day.ts';
import { mergeRegisters } from './merge-registers.ts';
import type { SalesBatch, SalesDayDocument } from './sales-documents.ts';
import type { StoreReceipt } from './store-receipt.ts';

export interface DayRecords {
  readonly system: string;
  readonly day: SalesDayDocument;
  readonly batches: readonly SalesBatch[];
  readonly receipts: readonly StoreReceipt[];
}

/** A day as people see it. */
export function describeDay({ system, day, batches, receipts }: DayRecords): SalesDay {
  const { location, businessDay, currency, compared } = day;
  const complete = receipts.filter(({ status }) => status !== 'WAITING');
  const sides = sidesOf(registerSales(complete), compared?.posted ?? [], compared?.told ?? null);
  return {
    system,
    location,
    businessDay,
    currency,
    waiting: receipts.length - complete.length,
    comparedAt: compared && new Date(compared.atMs).toISOString(),
    registers: sides.map(({ register, told, taken, posted }) => ({
      register,
      state: stateOf({ register, day, batches, receipts: complete }),
      told: told && { sales: told.sales, returns: told.returns, totalMinor: told.totalMinor },
      taken: withoutName(taken),
      posted: compared ? withoutName(posted) : null,
    })),
    batches: batches.map(({ sequence, status, receipts: some, payload, closedAtMs, document, reason }) => ({
      sequence,
      status,
      receipts: some.length,
      totalMinor: mergeRegisters(payload.registers).reduce((sum, { totalMinor }) => sum + totalMinor, 0),
      closedAt: new Date(closedAtMs).toISOString(),
      document,
      reason,
    })),
  };
}

/** Where a register stands: no further than the receipt of it that is behind the most. */
export function stateOf({
  register,
  day,
  batches,
  receipts,
}: Pick<DayRecords, 'day' | 'batches' | 'receipts'> & { readonly register: string }): RegisterPosting['state'] {
  // At which register a receipt was written may not be known before its batch is made.
  const isOpen = receipts.some(
    (each) => each.status === 'TAKEN' && (each.register === register || each.register === NO_REGISTER),
  );
  if (isOpen) return 'OPEN';
  const own = batches.filter(({ receipts: some }) => some.some((each) => each.register === register));
  if (own.some(({ status }) => status === 'DEAD')) return 'FAILED';
  if (own.some(({ status }) => status === 'QUEUED')) return 'QUEUED';
  const { compared } = day;
  if (compared?.change !== day.changes) return 'POSTED';
  if (compared.differing.some((each) => each.register === register)) return 'DIFFERS';
  return compared.isUnsettled ? 'POSTED' : 'PROVEN';
}

function withoutName({ sales, returns, units, totalMinor }: RegisterSales): Omit<RegisterSales, 'register'> {
  return { sales, returns, units, totalMinor };
}
