import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { postedSalesAgreed, postedSalesDiffered } from '../../../schema/events/outbound-sales.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Begins to hear of sales that the POS, the hub and the ERP do not tell alike. */
export function consumeSales(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  return platform.streams.consume({
    durable: 'operations-sales',
    stream: streamOf('outbound'),
    types: [postedSalesDiffered.type, postedSalesAgreed.type],
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: ({ envelope }) => (envelope.type === postedSalesDiffered.type ? differed : agreed)(parts, envelope),
  });
}

async function differed(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(postedSalesDiffered, envelope);
  const { exceptionId: id, system, location, businessDay, currency, register, summary, differenceMinor } = told;
  const atMs = Date.parse(envelope.recordedAt);
  await changeException(parts, id, (known) => {
    const isRepeat = known && (known.told.eventId === envelope.id || known.told.atMs > atMs);
    if (isRepeat) return known;
    return raiseException(
      known,
      {
        id,
        class: 'SALES_VARIANCE',
        severity: 'MEDIUM',
        summary: `Register ${register} of ${location} on ${businessDay}: ${summary}`.slice(0, SUMMARY_LENGTH_MAX),
        quantity: null,
        sku: null,
        location,
        channel: null,
        orders: [],
        source: system,
        evidence: envelope.id,
        subject: { type: 'SALES', system, location, businessDay },
        valueAtRisk: { amountMinor: differenceMinor, currencyCode: currency },
        correlationId: envelope.correlationId,
        told: { eventId: envelope.id, atMs },
      },
      parts.limits.escalateAfterMs,
    );
  });
}

async function agreed(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { exceptionId } = readEvent(postedSalesAgreed, envelope);
  const closing = {
    atMs: Date.parse(envelope.recordedAt),
    by: postedSalesAgreed.context,
    because: 'All sides say the same now.',
  };
  await changeException(parts, exceptionId, (known) => known && closeException(known, 'RESOLVED', closing));
}

const SUMMARY_LENGTH_MAX = 1_000;
