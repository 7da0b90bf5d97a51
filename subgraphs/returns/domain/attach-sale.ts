import { parseQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { addTasks } from './add-tasks.ts';
import { registrationOf, withLines } from './change-lines.ts';
import { lineWorthOf } from './line-worth.ts';
import type { Change, ReturnLine, ReturnState } from './return-state.ts';
import type { Sale } from './sale.ts';
import type { Task, TaskContent } from './task.ts';

export interface Allocation {
  readonly lines: readonly ReturnLine[];
  /** The lines that were split off, by the line that they were part of. */
  readonly splitFrom: ReadonlyMap<string, string>;
}

export interface AllocationSources {
  readonly sale: Sale;
  /** What other returns claim, by order line. */
  readonly claimed: ReadonlyMap<string, Steps>;
  readonly nextId: () => string;
  /** The order line of lines of which it is told. Absent: of none. */
  readonly meant?: ReadonlyMap<string, string>;
}

/**
 * Spreads blind lines over what of a sale can still come back: lines of the same SKU, those with the same price first.
 * Units beyond that stay blind, split off from their line.
 */
export function allocateToSale(
  lines: readonly ReturnLine[],
  { sale, claimed, nextId, meant }: AllocationSources,
): Allocation {
  const left = new Map<string, Steps>();
  const splitFrom = new Map<string, string>();
  const allocated = lines.flatMap((line) => {
    const parts: ReturnLine[] = [];
    let steps = line.steps;
    for (const sold of candidatesOf(line, sale, meant?.get(line.id))) {
      const open = parseQuantity(sold.returnable, line.decimals) - (claimed.get(sold.orderLine) ?? 0);
      const room = left.get(sold.orderLine) ?? Math.max(0, open);
      const taken = Math.min(room, steps);
      left.set(sold.orderLine, room - taken);
      steps -= taken;
      if (taken === 0) continue;
      const worth = lineWorthOf(sold, parseQuantity(sold.ordered, line.decimals));
      const { orderLine, unitPriceMinor } = sold;
      parts.push({ ...line, orderLine, unitPriceMinor, ...(worth && { worth }), steps: taken });
    }
    if (steps > 0) parts.push({ ...line, steps });
    return parts.map((part, index) => {
      if (index === 0) return part;
      const id = nextId();
      splitFrom.set(id, line.id);
      return { ...part, id };
    });
  });
  return { lines: allocated, splitFrom };
}

function candidatesOf(line: ReturnLine, sale: Sale, meant: string | undefined): Sale['lines'] {
  if (line.orderLine !== null) return [];
  const isSamePrice = ({ unitPriceMinor }: Sale['lines'][number]): boolean => unitPriceMinor === line.unitPriceMinor;
  const sold = sale.lines.filter(({ sku, orderLine }) => sku === line.sku && orderLine === (meant ?? orderLine));
  return [...sold.filter(isSamePrice), ...sold.filter((candidate) => !isSamePrice(candidate))];
}

/** The goods belong to this sale: the order is told, and money that was given back already is registered with it. */
export function attachSale(
  state: ReturnState,
  { sale, allocation, nowMs }: { sale: Sale; allocation: Allocation; nowMs: number },
): Change {
  const occurredAtMs = state.origin?.occurredAtMs ?? state.openedAtMs;
  const { lines, splitFrom } = allocation;
  const bought = lines.filter((line) => line.orderLine !== null);
  const attached = withLines({ ...state, order: sale.order, customer: state.customer ?? sale.customer }, lines);
  const stated = state.refunds
    .filter((refund) => refund.isStated && refund.status === 'REQUESTED')
    .map((refund): TaskContent => ({ kind: 'REGISTER_REFUND', refund: refund.id }));
  const tasks = attached.tasks.map((task) => includeSplitLines(task, splitFrom));
  return {
    state: addTasks({ ...attached, tasks }, [...registrationOf(bought, occurredAtMs), ...stated], nowMs),
    steps: [{ step: 'RECEIVED', lines: bought, occurredAtMs, ...(state.origin && { told: state.origin }) }],
  };
}

/** No sale was found: the return stays blind, and what was given back stays as it was told. */
export function stayBlind(state: ReturnState): Change {
  const refunds = state.refunds.map((refund) =>
    refund.isStated && refund.status === 'REQUESTED' ? { ...refund, status: 'SUCCEEDED' as const } : refund,
  );
  return { state: { ...state, refunds }, steps: [] };
}

function includeSplitLines(task: Task, splitFrom: ReadonlyMap<string, string>): Task {
  if (task.kind !== 'GRANT_REFUND') return task;
  const parts = [...splitFrom].filter(([, whole]) => task.lines.includes(whole)).map(([part]) => part);
  return { ...task, lines: [...task.lines, ...parts] };
}
