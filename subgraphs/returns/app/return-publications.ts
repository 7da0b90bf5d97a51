import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import {
  returnChargeChanged,
  returnDisposed,
  returnRefundChanged,
  returnStatusChanged,
  returnStepTaken,
  type ReturnStepTaken,
} from '../../../schema/events/returns.ts';
import { quantityOf } from '../domain/change-lines.ts';
import type { Change, ReturnState, Step } from '../domain/return-state.ts';
import { disposalsBetween } from './disposal-publications.ts';
import { chargesBetween, refundsBetween } from './money-publications.ts';
import { statusRecordOf } from './status-record.ts';

/**
 * What others are told with a save: the state always, each step of a return that has an order, and what the ledger moved
 * and money went since.
 */
export function publicationsOf(
  { ids, clock }: Pick<Platform, 'ids' | 'clock'>,
  { state, steps }: Change,
  previous: ReturnState | undefined,
): readonly OutboxEvent[] {
  const recordedAtMs = clock.nowMs();
  const inputOf = <Data>(occurredAtMs: number, data: Data) => {
    const id = ids.next();
    const source = { system: 'returns', eventId: id };
    return { id, key: state.id, source, occurredAtMs, recordedAtMs, correlationId: state.correlationId, data };
  };
  const { order } = state;
  const told: OutboxEvent[] =
    order === null
      ? []
      : steps.map((step) => publicationOf(returnStepTaken, inputOf(step.occurredAtMs, stepData(state, order, step))));
  return [
    ...told,
    ...disposalsBetween(previous, state).map((data) => publicationOf(returnDisposed, inputOf(recordedAtMs, data))),
    ...refundsBetween(previous, state).map((data) => publicationOf(returnRefundChanged, inputOf(recordedAtMs, data))),
    ...chargesBetween(previous, state).map((data) => publicationOf(returnChargeChanged, inputOf(recordedAtMs, data))),
    publicationOf(returnStatusChanged, inputOf(recordedAtMs, statusRecordOf(state, previous))),
  ];
}

function stepData(state: ReturnState, order: string, step: Step): ReturnStepTaken {
  return {
    return: state.id,
    order,
    step: step.step,
    summary: SUMMARIES[step.step],
    source: step.told?.system ?? 'returns',
    evidence: step.told?.eventId ?? state.number,
    location: state.location,
    lines: step.lines.flatMap((line) => {
      if (line.orderLine === null) return [];
      const { orderLine, sku, disposition } = line;
      return [{ orderLine, sku, quantity: quantityOf(line), ...(disposition !== null && { disposition }) }];
    }),
    ...(step.refund && { refund: step.refund }),
  };
}

const SUMMARIES: Readonly<Record<Step['step'], string>> = {
  REQUESTED: 'A return was asked for.',
  AUTHORIZED: 'The return was authorized.',
  REJECTED: 'The return was refused.',
  RECEIVED: 'Returned goods arrived.',
  INSPECTED: 'Returned goods were inspected.',
  DISPOSITIONED: 'It was decided what becomes of the returned goods.',
  REFUNDED: 'Money was given back.',
};
