import type { Clock } from '../../../kernel/ports/clock.ts';
import { boundsOfDay } from '../../runtime/calendar-day.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import type { DrawerDay, RegisterDay } from '../port.ts';
import { registerDaysOf } from '../register-days-of.ts';
import { dayReceipt, sumOf } from './day-receipt.ts';
import { isWhole } from './receipt-of-order.ts';
import type { SquareDayApi } from './square-day-api.ts';
import type { SquareShift } from './square-day-objects.ts';
import { SquareOrder } from './square-objects.ts';

export interface SquareDayReader {
  readonly api: SquareDayApi;
  readonly clock: Clock;
}

const PAYMENTS = ['CASH_TENDER_PAYMENT', 'OTHER_TENDER_PAYMENT'];
const TAKEN_BACK_PAYMENTS = ['CASH_TENDER_CANCELLED_PAYMENT', 'OTHER_TENDER_CANCELLED_PAYMENT'];
const REFUNDS = ['CASH_TENDER_REFUND', 'OTHER_TENDER_REFUND'];

/**
 * A store's day: its receipts by its orders, their registers by the devices of their payments, and its drawers by its cash
 * drawer shifts. Square tells no device of a refund, so returns stand under no register.
 */
export async function squareRegisterDays(
  { locationId, location, businessDay }: Readonly<Record<'locationId' | 'location' | 'businessDay', string>>,
  { api, clock }: SquareDayReader,
): Promise<readonly RegisterDay[]> {
  const { timezone, currency } = await api.place(locationId);
  const bounds = boundsOfDay(businessDay, timezone);
  // Before the orders: a shift that is not open by then sells nothing while they are read.
  const isOver = clock.nowMs() >= bounds.endMs;
  const shifts = await api.shifts(locationId, bounds);
  const open = new Set(shifts.filter(({ state }) => state === 'OPEN').map(({ device }) => device?.id));
  const orders = (await api.closedOrders(locationId, bounds)).map((raw) => parseAnswer(api.system, SquareOrder, raw));
  const devices = await api.devices(locationId, bounds);
  return registerDaysOf(
    orders.filter(isWhole).map((order) => dayReceipt(order, devices)),
    {
      location,
      businessDay,
      currency,
      drawers: await drawersOf(locationId, shifts, api),
      isClosed: (register) => isOver && (register === null ? open.size === 0 : !open.has(register)),
    },
  );
}

async function drawersOf(
  locationId: string,
  shifts: readonly SquareShift[],
  api: SquareDayApi,
): Promise<ReadonlyMap<string, DrawerDay>> {
  const byDevice = Map.groupBy(shifts, ({ device }) => device?.id);
  const drawers = new Map<string, DrawerDay>();
  for (const [device, own] of byDevice) {
    if (device === undefined) continue;
    const counts = await Promise.all(own.map(({ id }) => api.shiftEvents(locationId, id)));
    const times = (types: readonly string[]): number =>
      counts.reduce((all, count) => types.reduce((some, type) => some + (count.get(type) ?? 0), all), 0);
    drawers.set(device, {
      paymentCount: times(PAYMENTS) - times(TAKEN_BACK_PAYMENTS),
      refundCount: times(REFUNDS),
      cashTakenMinor: sumOf(own.flatMap(({ cash_payment_money: money }) => money ?? [])),
      cashGivenMinor: sumOf(own.flatMap(({ cash_refunds_money: money }) => money ?? [])),
      differenceMinor: differenceOf(own),
    });
  }
  return drawers;
}

function differenceOf(shifts: readonly SquareShift[]): number | null {
  if (shifts.some(({ closed_cash_money: counted }) => counted === undefined)) return null;
  const counted = sumOf(shifts.flatMap(({ closed_cash_money: money }) => money ?? []));
  return counted - sumOf(shifts.flatMap(({ expected_cash_money: money }) => money ?? []));
}
