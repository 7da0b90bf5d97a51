import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { stockExceptionCleared, stockExceptionRaised } from '../../../schema/events/inventory.ts';
import type { ExceptionEvent } from '../domain/exception-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

/** An exception of the ledger as others are told of it. */
export function stockExceptionTold(state: LedgerState, event: ExceptionEvent) {
  const { exceptionId, type } = event;
  if (type === 'exception-cleared') {
    const data = { exceptionId, because: event.because };
    return { definition: stockExceptionCleared, key: exceptionId, data };
  }
  const { severity, sku, location, channel, orders, steps, lineage, summary } = event;
  const data = {
    exceptionId,
    class: event.class,
    severity,
    ...(sku !== undefined && { sku }),
    ...(location !== undefined && { location }),
    ...(channel !== undefined && { channel }),
    orders: [...orders],
    ...(steps !== undefined && { quantity: quantityOf(state, sku, steps) }),
    source: lineage.system,
    evidence: lineage.eventId,
    correlationId: lineage.correlationId ?? exceptionId,
    summary,
  };
  return { definition: stockExceptionRaised, key: exceptionId, data };
}

function quantityOf({ skuIds, skus }: LedgerState, sku: string | undefined, steps: number): string {
  const index = sku === undefined ? undefined : skuIds.find(sku);
  return formatQuantity(steps, (index === undefined ? undefined : skus[index]?.decimals) ?? 0);
}
