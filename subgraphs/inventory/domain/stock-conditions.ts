import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { channelTermsOf } from './availability.ts';
import { COLUMN, NONE } from './bucket.ts';
import type { ExceptionLineage, ExceptionReport } from './exception-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { trackingConditionsOf } from './tracking-conditions.ts';

/** Kinds of exceptions that hold for as long as the state is so. */
export const CONDITIONS: readonly ExceptionReport['class'][] = [
  'OVERSOLD',
  'NEGATIVE_STOCK',
  'NETWORK_SHORTAGE',
  'TRACKING_MISMATCH',
];

const UNTOLD: ExceptionLineage = { system: '', eventId: '' };

/** What is wrong with the stock of a SKU as it is now. */
export function stockConditionsOf(
  state: LedgerState,
  sku: number,
  lineage: ExceptionLineage,
): readonly ExceptionReport[] {
  const reports: ExceptionReport[] = [];
  const { positions } = state;
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    const negative = -Math.min(0, positions.get(row, COLUMN.SELLABLE));
    const oversold = oversoldAt(state, row);
    if (negative > 0) reports.push({ ...negativeAt(state, row, negative), lineage });
    if (oversold > 0) reports.push({ ...oversoldReport(state, row, oversold), lineage });
  }
  return [...reports, ...networkShortages(state, sku, lineage), ...trackingConditionsOf(state, sku, lineage)];
}

/** Whether the open exceptions of a SKU say what its stock is like now. */
export function areConditionsSettled(state: LedgerState, sku: string): boolean {
  const index = state.skuIds.find(sku);
  const reports = index === undefined ? [] : stockConditionsOf(state, index, UNTOLD);
  const open = state.exceptions.ofSku(sku).filter((exception) => CONDITIONS.includes(exception.class));
  if (open.length !== reports.length) return false;
  return reports.every(({ cause, steps = null }) => state.exceptions.get(cause)?.steps === steps);
}

/** Whether a position may be the cause of an exception: cheaper than to look at the whole SKU. */
export function isPositionWrong(state: LedgerState, row: number): boolean {
  return state.positions.get(row, COLUMN.SELLABLE) < 0 || oversoldAt(state, row) > 0;
}

/** Promises beyond what is there. */
function oversoldAt({ positions }: LedgerState, row: number): Steps {
  const claims = positions.get(row, COLUMN.allocated) + positions.get(row, COLUMN.softReserved);
  return Math.max(0, claims - Math.max(0, positions.get(row, COLUMN.SELLABLE)));
}

/**
 * Channels with less than nothing to sell. A buffer that is larger than the stock makes the balance negative too, but
 * breaks no promise while nothing is promised.
 */
function networkShortages(state: LedgerState, sku: number, lineage: ExceptionLineage): readonly ExceptionReport[] {
  const reports: ExceptionReport[] = [];
  for (const channel of state.territory.channels.values()) {
    const { balance, unsourced, oversold } = channelTermsOf(state, sku, channel);
    if (balance >= 0 || unsourced + oversold === 0) continue;
    const id = state.skuIds.textOf(sku);
    const short = -balance;
    reports.push({
      cause: `NETWORK_SHORTAGE|${channel.id}|${id}`,
      class: 'NETWORK_SHORTAGE',
      severity: 'HIGH',
      sku: id,
      channel: channel.id,
      steps: short,
      lineage,
      summary: `${channel.id} has accepted ${quantityOf(state, sku, short)} of ${id} more than its network can serve.`,
    });
  }
  return reports;
}

function negativeAt(state: LedgerState, row: number, steps: Steps): Omit<ExceptionReport, 'lineage'> {
  const { sku, location, quantity } = namesOf(state, row, steps);
  return {
    cause: `NEGATIVE_STOCK|${sku}|${location}`,
    class: 'NEGATIVE_STOCK',
    severity: 'MEDIUM',
    sku,
    location,
    steps,
    summary: `${quantity} of ${sku} were taken from ${location} that were not recorded there.`,
  };
}

function oversoldReport(state: LedgerState, row: number, steps: Steps): Omit<ExceptionReport, 'lineage'> {
  const { sku, location, quantity } = namesOf(state, row, steps);
  return {
    cause: `OVERSOLD|${sku}|${location}`,
    class: 'OVERSOLD',
    severity: 'HIGH',
    sku,
    location,
    steps,
    summary: `${quantity} of ${sku} are promised at ${location} and not there.`,
  };
}

function namesOf(state: LedgerState, row: number, steps: Steps) {
  const sku = state.positions.skuOf(row);
  return {
    sku: state.skuIds.textOf(sku),
    location: state.locationIds.textOf(state.positions.locationOf(row)),
    quantity: quantityOf(state, sku, steps),
  };
}

function quantityOf(state: LedgerState, sku: number, steps: Steps): string {
  return formatQuantity(steps, state.skus[sku]?.decimals ?? 0);
}
