import type { Clock } from '../../../kernel/ports/clock.ts';
import { boundsOfDay, type DayBounds } from '../../runtime/calendar-day.ts';
import { minorUnits } from '../../runtime/exact-decimal.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { RegisterDay } from '../port.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { registerDaysOf, type DayReceipt } from '../register-days-of.ts';
import type { LightspeedDayApi } from './lightspeed-day-api.ts';
import type { RegisterRow, SaleRow } from './lightspeed-objects.ts';

export interface DayReader {
  readonly api: LightspeedDayApi;
  readonly mapping: PosMapping;
  readonly clock: Clock;
}

/** An outlet's day by its sales. The vendor tells the drawers of the newest session alone, so it has none here. */
export async function lightspeedRegisterDays(
  { outletId, location, businessDay }: Readonly<Record<'outletId' | 'location' | 'businessDay', string>>,
  { api, mapping, clock }: DayReader,
): Promise<readonly RegisterDay[]> {
  const outlet = (await api.outlets()).find(({ id }) => id === outletId);
  if (!outlet) throw new UpstreamUnavailable(api.system, { words: `There is no outlet ${outletId}.` });
  const bounds = boundsOfDay(businessDay, outlet.time_zone);
  // Before the sales: a register that is closed by then sells nothing while they are read.
  const isOver = clock.nowMs() >= bounds.endMs;
  const open = new Set((await api.registers()).filter((row) => isOpenOf(row, bounds)).map(({ id }) => id));
  const sales = (await api.salesOfDay(outletId, bounds)).filter(({ status }) => mapping.states[status] === 'FINAL');
  return registerDaysOf(sales.map(dayReceipt), {
    location,
    businessDay,
    currency: outlet.currency,
    drawers: new Map(),
    isClosed: (register) => isOver && (register === null ? open.size === 0 : !open.has(register)),
  });
}

function isOpenOf({ is_open: isOpen, register_open_time: openedAt }: RegisterRow, { endMs }: DayBounds): boolean {
  return isOpen && Date.parse(openedAt ?? '') < endMs;
}

/** As the facts of the sale tell it: an exchange in full on both sides, anything else as it was paid. */
function dayReceipt(sale: SaleRow): DayReceipt {
  const lines = sale.line_items.map(({ quantity, total_price_incl: total }) => ({
    isReturn: Number(quantity) < 0,
    totalMinor: minorUnits(total, sale.currency, 'line total'),
  }));
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amountMinor) => total + amountMinor, 0);
  const paidMinor = sum(sale.payments.map(({ amount }) => minorUnits(amount, sale.currency, 'payment')));
  const sold = lines.filter(({ isReturn }) => !isReturn);
  const returned = lines.filter(({ isReturn }) => isReturn);
  const isExchange = sold.length > 0 && returned.length > 0;
  const totalOf = (some: typeof lines): number =>
    isExchange ? sum(some.map(({ totalMinor }) => totalMinor)) : paidMinor;
  return {
    number: sale.invoice_number,
    register: sale.register_id ?? null,
    ...(sold.length > 0 && { takenMinor: totalOf(sold) }),
    givenMinor: returned.length > 0 ? [0 - totalOf(returned)] : [],
  };
}
