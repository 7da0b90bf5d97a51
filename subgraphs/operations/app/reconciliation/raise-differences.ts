import { createHash } from 'node:crypto';
import { FIND_LIMIT_MAX } from '../../../../kernel/ports/documents.ts';
import { closeException } from '../../domain/close-exception.ts';
import type { ExceptionState } from '../../domain/exception-state.ts';
import { raiseException } from '../../domain/raise-exception.ts';
import type { ReconciliationItem, ReconciliationRun } from '../../domain/reconciliation-run.ts';
import { changeException } from '../change-exception.ts';
import type { ReconciliationParts } from './reconciliation-parts.ts';

export interface DifferencesAt {
  readonly run: ReconciliationRun;
  readonly location: string;
  readonly items: readonly Omit<ReconciliationItem, 'exception'>[];
}

const PREFIX = 'balance-';
const CLASS = 'BALANCE_VARIANCE' as const;
const AGREES = 'What the system tells agrees with the ledger again.';

/** The one exception of a system, a location and a SKU, for as long as they differ and whenever they do again. */
export function differenceId(system: string, location: string, sku: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([system, location, sku]))
    .digest('base64url');
  return `${PREFIX}${digest}`;
}

/** Each difference is one exception; the same run once more changes nothing. */
export async function raiseDifferences(
  parts: ReconciliationParts,
  { run, location, items }: DifferencesAt,
): Promise<void> {
  await eachOf(parts, items, async (item) => {
    const id = differenceId(run.system, location, item.sku);
    const atMs = parts.platform.clock.nowMs();
    await changeException(parts.operations, id, (known) => {
      if (known?.told.eventId === run.id) return known;
      const { value } = item;
      const worth = value && {
        valueAtRisk: { amountMinor: Math.abs(value.amountMinor), currencyCode: value.currencyCode },
      };
      const raised = {
        id,
        class: CLASS,
        severity: 'MEDIUM' as const,
        sku: item.sku,
        location,
        channel: null,
        orders: [],
        quantity: item.difference,
        ...worth,
        ...(value && { valueBasis: value.basis }),
        source: run.system,
        evidence: run.id,
        correlationId: run.id,
        summary: summaryOf(run, item),
        told: { eventId: run.id, atMs },
      };
      return raiseException(known, raised, parts.operations.limits.escalateAfterMs);
    });
  });
}

/**
 * Closes what earlier runs have raised at a location and this one has not found.
 * @param unknown SKUs that it could not compare
 * @returns how many
 */
export async function clearEqual(
  parts: ReconciliationParts,
  { run, location, items }: DifferencesAt,
  unknown: readonly string[],
): Promise<number> {
  const skus = [...items.map(({ sku }) => sku), ...unknown];
  const differing = new Set(skus.map((sku) => differenceId(run.system, location, sku)));
  const equal = (await standingAt(parts, run.system, location)).filter(
    ({ id }) => id.startsWith(PREFIX) && !differing.has(id),
  );
  await eachOf(parts, equal, async ({ id }) => {
    const closing = { atMs: parts.platform.clock.nowMs(), by: 'reconciliation', because: AGREES };
    await changeException(parts.operations, id, (known) => known && closeException(known, 'RESOLVED', closing));
  });
  return equal.length;
}

/** Those that are not resolved, accepted ones included: they are accepted for as long as their cause lasts. */
async function standingAt(
  { operations }: ReconciliationParts,
  system: string,
  location: string,
): Promise<readonly ExceptionState[]> {
  const standing: ExceptionState[] = [];
  const where = {
    source: { eq: system },
    location: { eq: location },
    class: { eq: CLASS },
    status: { in: ['OPEN', 'ASSIGNED', 'WAIVED'] },
  };
  let after: { id: string; value: null } | undefined;
  for (;;) {
    const rows = await operations.store.exceptions.find({ where, limit: FIND_LIMIT_MAX, ...(after && { after }) });
    standing.push(...rows.map(({ document }) => document));
    const last = rows.at(-1);
    if (!last || rows.length < FIND_LIMIT_MAX) return standing;
    after = { id: last.document.id, value: null };
  }
}

function summaryOf(
  { system, figure }: ReconciliationRun,
  { told, recorded, value }: DifferencesAt['items'][number],
): string {
  const what = figure === 'ON_HAND' ? 'on hand' : 'for sale';
  const measure = value === null ? '' : `, valued by ${value.basis === 'COST' ? 'what it has cost' : 'its price'}`;
  return `${system} tells ${told} ${what}, the ledger held ${recorded}${measure}.`;
}

async function eachOf<Item>(
  { limits }: ReconciliationParts,
  items: readonly Item[],
  save: (item: Item) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += limits.savesConcurrencyMax) {
    await Promise.all(items.slice(from, from + limits.savesConcurrencyMax).map(save));
  }
}
