import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { repostSales, salesDays, type SalesDay } from '../../../schema/commands/sales.ts';
import { askOwner } from './ask-owner.ts';
import type { OperationsParts } from './operations-parts.ts';

interface Asked {
  readonly location: string;
  readonly day: string;
  readonly correlationId: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @throws {Refusal} BAD_USER_INPUT @throws {Obstacle} CONTEXT_UNAVAILABLE when the connectors do not answer */
export async function listSalesPostings(parts: OperationsParts, asked: Asked): Promise<readonly SalesDay[]> {
  const { days } = await askOwner(parts.platform.rpc, salesDays, question(parts, asked));
  return days;
}

/** @throws {Refusal} BAD_USER_INPUT @throws {Obstacle} CONTEXT_UNAVAILABLE when the connectors do not answer */
export async function postStoreSales(parts: OperationsParts, asked: Asked): Promise<number> {
  const { batches } = await askOwner(parts.platform.rpc, repostSales, question(parts, asked));
  return batches;
}

function question({ limits }: OperationsParts, { location, day, correlationId }: Asked) {
  if (!DAY.test(day) || Number.isNaN(Date.parse(day))) {
    throw new Refusal('BAD_USER_INPUT', 'The day must be a day of the calendar, YYYY-MM-DD.', { field: 'day' });
  }
  const request = { location: locationId(location), businessDay: day };
  return { request, correlationId, timeoutMs: limits.askTimeoutMs };
}
