import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { ReturnReason, Tender } from '../../../schema/events/fields.ts';
import { addTasks } from './add-tasks.ts';
import { factKey, type Change, type Origin, type Refund, type ReturnLine, type ReturnState } from './return-state.ts';

export interface RecordedReturn {
  readonly id: string;
  readonly number: string;
  readonly origin: Origin;
  readonly location: string;
  readonly currency: string;
  readonly customer: string | null;
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string;
    readonly steps: Steps;
    readonly decimals: StepDecimals;
    readonly unitPriceMinor: number;
    readonly reason: ReturnReason;
  }[];
  /** Money that was given back already; empty when the hub is to decide. */
  readonly refunds: readonly { readonly tender: Tender; readonly amountMinor: number }[];
  readonly refundId: string;
  readonly nowMs: number;
  readonly correlationId: string;
}

/**
 * Goods came back without having been announced. Which sale they belong to is looked for afterwards, so that the return
 * is there even while orders are away; with nothing to look for it is blind at once.
 */
export function recordReturn(recorded: RecordedReturn): Change {
  const { origin, nowMs } = recorded;
  const hasGoods = recorded.lines.length > 0;
  const hasTrace = origin.original !== undefined || (recorded.customer !== null && hasGoods);
  const lines = recorded.lines.map((line): ReturnLine => ({
    ...line,
    orderLine: null,
    status: 'RECEIVED',
    condition: null,
    disposition: null,
    isRegistered: false,
    location: recorded.location,
    receivedAtMs: origin.occurredAtMs,
  }));
  const fact = factKey(origin);
  const state: ReturnState = {
    id: recorded.id,
    number: recorded.number,
    order: null,
    customer: recorded.customer,
    currency: recorded.currency,
    location: recorded.location,
    openedAtMs: origin.occurredAtMs,
    changedAtMs: nowMs,
    // Money alone, such as a discount that is granted afterwards: nothing has to be looked at.
    status: hasGoods ? 'RECEIVED' : 'CLOSED',
    start: 'SYSTEM',
    lines,
    refunds: statedRefunds(recorded, hasTrace ? 'REQUESTED' : 'SUCCEEDED'),
    tasks: [],
    origin,
    facts: [fact],
    openedByFact: fact,
    correlationId: recorded.correlationId,
  };
  return { state: addTasks(state, hasTrace ? [{ kind: 'FIND_SALE' }] : [], nowMs), steps: [] };
}

/** One refund over all tenders, because it was paid in one go. */
function statedRefunds(recorded: RecordedReturn, status: Refund['status']): readonly Refund[] {
  const amountMinor = recorded.refunds.reduce((sum, tender) => sum + tender.amountMinor, 0);
  if (amountMinor === 0) return [];
  return [
    {
      id: recorded.refundId,
      amount: { amountMinor, currencyCode: recorded.currency },
      status,
      requestedAtMs: recorded.origin.occurredAtMs,
      isStated: true,
      tenders: recorded.refunds,
    },
  ];
}
