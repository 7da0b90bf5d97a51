import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { refundChanged } from '../../../schema/events/orders.ts';
import type { ReturnState } from '../domain/return-state.ts';
import { closeFinished, refundStatusOf, settleRefund } from '../domain/settle-task.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { changeReturn } from './save-return.ts';

/**
 * Orders tells what became of a refund. Where the answer to its command is still on its way this save makes it be asked
 * for again, so that an older answer never takes the place of what is told here.
 */
export async function recordRefundOutcome(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  const { return: id, commandId, order: _order, ...progress } = readEvent(refundChanged, envelope);
  await changeReturn(parts, id, (state) => {
    const refund = refundAskedBy(state, commandId);
    if (refund === undefined) return { state, steps: [] };
    const status = refundStatusOf(progress);
    const change = settleRefund(state, {
      refund,
      status,
      progress,
      nowMs: Date.parse(envelope.occurredAt),
      nextId: () => parts.platform.ids.next(),
    });
    return change.state === state ? change : { ...change, state: closeFinished(change.state) };
  });
}

function refundAskedBy({ tasks }: ReturnState, commandId: string): string | undefined {
  const task = tasks.find(({ id }) => id === commandId);
  return task?.kind === 'REGISTER_REFUND' ? task.refund : undefined;
}
