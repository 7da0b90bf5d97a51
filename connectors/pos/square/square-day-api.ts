import type { DayBounds } from '../../runtime/calendar-day.ts';
import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { RECEIPTS_PER_DAY_MAX } from '../port.ts';
import {
  LocationAnswer,
  PaymentPage,
  ShiftAnswer,
  ShiftEventPage,
  ShiftPage,
  type SquarePlace,
  type SquareShift,
} from './square-day-objects.ts';
import { OrdersAnswer, type RawOrder } from './square-objects.ts';

const ORDERS_PER_PAGE = 500;
const PAYMENTS_PER_PAGE = 100;
const SHIFTS_PER_PAGE = 100;
const EVENTS_PER_PAGE = 1_000;
/** Pages of anything, followed until it ends. */
const PAGES_MAX = Math.ceil(RECEIPTS_PER_DAY_MAX / PAYMENTS_PER_PAGE);
/** A payment is made before its order is closed, and a bill may stay open for a while. */
const PAID_BEFORE_MS = 6 * 3_600_000;

/**
 * What is asked for a store's day, and for nothing else.
 * Source: https://developer.squareup.com/reference/square/cash-drawers-api
 */
export class SquareDayApi {
  readonly system: string;
  readonly #http: HttpClient;

  constructor(system: string, http: HttpClient) {
    this.system = system;
    this.#http = http;
  }

  async place(locationId: string): Promise<SquarePlace> {
    return parseAnswer(this.system, LocationAnswer, await this.#get(`/v2/locations/${locationId}`)).location;
  }

  /** Orders that were completed at a store between two instants. */
  closedOrders(locationId: string, { startMs, endMs }: DayBounds): Promise<readonly RawOrder[]> {
    return this.#walk(async (cursor) => {
      const { json } = await this.#http.request({
        method: 'POST',
        path: '/v2/orders/search',
        isIdempotent: true,
        json: {
          location_ids: [locationId],
          limit: ORDERS_PER_PAGE,
          query: {
            filter: {
              state_filter: { states: ['COMPLETED'] },
              date_time_filter: { closed_at: { start_at: instant(startMs), end_at: instant(endMs) } },
            },
            sort: { sort_field: 'CLOSED_AT', sort_order: 'ASC' },
          },
          ...(cursor !== undefined && { cursor }),
        },
      });
      const { orders = [], cursor: next } = parseAnswer(this.system, OrdersAnswer, json);
      return { rows: orders, next };
    });
  }

  /** The devices that payments were made at, by payment id. Payments of no device are absent. */
  async devices(locationId: string, { startMs, endMs }: DayBounds): Promise<ReadonlyMap<string, string>> {
    const query = { location_id: locationId, begin_time: instant(startMs - PAID_BEFORE_MS), end_time: instant(endMs) };
    const payments = await this.#walk(async (cursor) => {
      const json = await this.#list('/v2/payments', { ...query, limit: String(PAYMENTS_PER_PAGE) }, cursor);
      const { payments: rows = [], cursor: next } = parseAnswer(this.system, PaymentPage, json);
      return { rows, next };
    });
    return new Map(
      payments.flatMap(({ id, device_details: device }) =>
        device?.device_id ? [[id, device.device_id] as const] : [],
      ),
    );
  }

  /** The cash drawer shifts that were opened at a store between two instants. */
  async shifts(locationId: string, { startMs, endMs }: DayBounds): Promise<readonly SquareShift[]> {
    const query = { location_id: locationId, begin_time: instant(startMs), end_time: instant(endMs) };
    const summaries = await this.#walk(async (cursor) => {
      const json = await this.#list('/v2/cash-drawers/shifts', { ...query, limit: String(SHIFTS_PER_PAGE) }, cursor);
      const { cash_drawer_shifts: rows = [], cursor: next } = parseAnswer(this.system, ShiftPage, json);
      return { rows, next };
    });
    const shifts: SquareShift[] = [];
    for (const { id } of summaries) {
      const json = await this.#get(`/v2/cash-drawers/shifts/${id}?location_id=${locationId}`);
      shifts.push(parseAnswer(this.system, ShiftAnswer, json).cash_drawer_shift);
    }
    return shifts;
  }

  /** How often each kind of thing happened at a drawer. */
  async shiftEvents(locationId: string, shiftId: string): Promise<ReadonlyMap<string, number>> {
    const events = await this.#walk(async (cursor) => {
      const path = `/v2/cash-drawers/shifts/${shiftId}/events`;
      const json = await this.#list(path, { location_id: locationId, limit: String(EVENTS_PER_PAGE) }, cursor);
      const { cash_drawer_shift_events: rows = [], cursor: next } = parseAnswer(this.system, ShiftEventPage, json);
      return { rows, next };
    });
    const byType = Map.groupBy(events, ({ event_type: type }) => type);
    return new Map([...byType].map(([type, some]) => [type, some.length]));
  }

  async #walk<Row>(
    read: (cursor: string | undefined) => Promise<{ readonly rows: readonly Row[]; readonly next: string | undefined }>,
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let cursor: string | undefined;
    for (let page = 1; page <= PAGES_MAX; page++) {
      const { rows: more, next } = await read(cursor);
      rows.push(...more);
      if (rows.length > RECEIPTS_PER_DAY_MAX) break;
      if (next === undefined) return rows;
      cursor = next;
    }
    throw new UpstreamUnavailable(this.system, { limit: 'receiptsPerDayMax', receiptsPerDayMax: RECEIPTS_PER_DAY_MAX });
  }

  #list(path: string, query: Readonly<Record<string, string>>, cursor: string | undefined): Promise<unknown> {
    return this.#get(`${path}?${new URLSearchParams({ ...query, ...(cursor !== undefined && { cursor }) })}`);
  }

  async #get(path: string): Promise<unknown> {
    const { json } = await this.#http.request({ method: 'GET', path, isIdempotent: true });
    return json;
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
