import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';
import type { Order } from './order.ts';
import { evidenceOf, type ExceptionEvent } from './order-exception.ts';

interface Noted {
  readonly class: ExceptionClass;
  readonly severity: ExceptionSeverity;
  /** Nothing can be done about it any more once the order is over. */
  readonly endsWithOrder?: boolean;
}

/** Entries of the timeline that a person has to see to, each with all of its kind of the order as one exception. */
const NOTED: Readonly<Record<string, Noted>> = {
  STATUS_REGRESSION: { class: 'STATUS_REGRESSION', severity: 'LOW', endsWithOrder: true },
  PAYMENT_MISMATCH: { class: 'PAYMENT_MISMATCH', severity: 'HIGH' },
  HOLD_BREACHED: { class: 'HOLD_BREACHED', severity: 'HIGH' },
  TOLD_CHANGE_REFUSED: { class: 'FACT_REFUSED', severity: 'HIGH' },
  LABEL_KEPT: { class: 'LABEL_REFUSED', severity: 'MEDIUM' },
  WORK_NOT_REDIRECTED: { class: 'COMMAND_REFUSED', severity: 'HIGH' },
  COMMAND_REFUSED: { class: 'COMMAND_REFUSED', severity: 'HIGH' },
};

const OVER = 'The order is over.';

/** What was noted by a change that a person has to see to, with the message that told it as its evidence. */
export function notedExceptionsBetween(before: Order, after: Order): readonly ExceptionEvent[] {
  const added = after.timeline.slice(before.timeline.length);
  const isOver = OVER_STATUSES.includes(after.status) && !OVER_STATUSES.includes(before.status);
  return Object.entries(NOTED).flatMap(([type, noted]): readonly ExceptionEvent[] => {
    const newest = added.findLast((entry) => entry.type === type);
    const id = idOf(noted, after);
    if (newest) return [raised(after, { id, noted, type, entryNo: newest.entryNo })];
    const isOpen = isOver && noted.endsWithOrder && after.timeline.some((entry) => entry.type === type);
    return isOpen ? [{ type: 'exception-cleared', exceptionId: id, because: OVER }] : [];
  });
}

const OVER_STATUSES: readonly Order['status'][] = ['CLOSED', 'CANCELLED', 'REJECTED'];

const idOf = (noted: Noted, { id }: Order): string => `${noted.class.toLowerCase().replaceAll('_', '-')}-${id}`;

interface Raising {
  readonly id: string;
  readonly noted: Noted;
  readonly type: string;
  readonly entryNo: number;
}

function raised({ timeline, externalId }: Order, { id, noted, type, entryNo }: Raising): ExceptionEvent {
  const all = timeline.filter((entry) => entry.type === type);
  const newest = timeline[entryNo - 1] ?? timeline[0];
  const times = all.length > 1 ? ` (${all.length} of them so far)` : '';
  return {
    type: 'exception-raised',
    exception: {
      id,
      class: noted.class,
      severity: noted.severity,
      summary: `Order ${externalId}: ${newest?.summary ?? type}${times}`,
      ...(newest ? evidenceOf(newest.told) : { evidence: id }),
    },
  };
}
