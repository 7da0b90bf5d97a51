import type { Change, ReturnLine, ReturnState } from '../domain/return-state.ts';
import type { Sale } from '../domain/sale.ts';
import { requestReturn, type RequestedLine } from '../domain/request-return.ts';
import { recordReturn } from '../domain/record-return.ts';
import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';

export const NOW_MS = Date.UTC(2026, 0, 5, 9);

export function requestedLine(differing: Partial<RequestedLine> = {}): RequestedLine {
  return {
    id: 'l1',
    sku: 'A1',
    orderLine: 'ol1',
    steps: 3,
    decimals: 0,
    unitPriceMinor: 250,
    reason: 'UNWANTED',
    ...differing,
  };
}

/** A return that was asked for and authorized. */
export function authorizedReturn(lines: readonly RequestedLine[] = [requestedLine()]): ReturnState {
  return requestedReturn(lines, 'AUTHORIZED');
}

export function requestedReturn(
  lines: readonly RequestedLine[] = [requestedLine()],
  outcome: 'AUTHORIZED' | 'REQUESTED' = 'REQUESTED',
): ReturnState {
  return requestReturn({
    id: 'r1',
    number: 'R-1',
    order: 'o1',
    customer: 'c1',
    currency: 'GBP',
    location: 'S1',
    lines,
    start: 'CUSTOMER',
    answer: { outcome, reasons: ['WITHIN_POLICY'], rulesVersion: 'test', terms: [] },
    nowMs: NOW_MS,
    correlationId: 'k',
  }).state;
}

/** A return of three units that a store told, with the money that it gave back. */
export function recordedReturn(refunds: readonly { tender: 'CASH'; amountMinor: number }[] = []): ReturnState {
  return recordReturn({
    id: 'r1',
    number: 'T-1',
    origin: { system: 'pos', eventId: 'e1', occurredAtMs: NOW_MS - 1_000, channel: 'POS' },
    location: 'S1',
    currency: 'GBP',
    customer: 'c1',
    lines: [{ id: 'l1', sku: 'A1', steps: 3, decimals: 0, unitPriceMinor: 250, reason: 'UNWANTED' }],
    refunds,
    refundId: 'f1',
    nowMs: NOW_MS,
    correlationId: 'k',
  }).state;
}

export function saleOf(lines: readonly Partial<Sale['lines'][number]>[], differing: Partial<Sale> = {}): Sale {
  return {
    order: 'o1',
    channel: 'WEB',
    externalId: 'W-1',
    customer: 'c1',
    currency: 'GBP',
    placedAt: new Date(NOW_MS - 86_400_000).toISOString(),
    lines: lines.map((line, index) => ({
      orderLine: `ol${index + 1}`,
      sku: 'A1',
      location: null,
      ordered: '10',
      returnable: '10',
      unitPriceMinor: 250,
      ...line,
    })),
    refundable: { amountMinor: 100_000, currencyCode: 'GBP' },
    ...differing,
  };
}

/** @throws when the command was refused */
export function accepted(outcome: Change | RefusalValue): Change {
  if (isRefusal(outcome)) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
}

export const brief = (lines: readonly ReturnLine[]): string[] =>
  lines.map((line) => `${line.steps} of ${line.orderLine ?? 'nothing'} ${line.status}`);
