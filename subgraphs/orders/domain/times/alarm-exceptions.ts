import type { ExceptionClass } from '../../../../schema/events/fields.ts';
import type { Order } from '../order.ts';
import type { ExceptionEvent } from '../order-exception.ts';
import { entryTypeOf, type Alarm } from './alarm.ts';
import { DEADLINE_KINDS, type DeadlineKind } from './time-rules.ts';

const CLASSES: Readonly<Record<DeadlineKind, ExceptionClass>> = {
  ACKNOWLEDGEMENT: 'ACKNOWLEDGEMENT_DUE',
  RELEASE: 'RELEASE_DUE',
  SHIPMENT: 'SHIPMENT_DUE',
  PROMISE: 'PROMISE_DUE',
};

const BECAUSE: Readonly<Record<DeadlineKind, string>> = {
  ACKNOWLEDGEMENT: 'The order was acknowledged, or called off.',
  RELEASE: 'The work was handed over, or called off.',
  SHIPMENT: 'Everything was sent, or called off.',
  PROMISE: 'What was promised has left or arrived, or was called off.',
};

/** Tells people of deadlines that are near or were missed, and that there is nothing to do about them any more. */
export function alarmExceptionsBetween(before: Order, after: Order): readonly ExceptionEvent[] {
  return DEADLINE_KINDS.flatMap((kind): readonly ExceptionEvent[] => {
    const was = alarmOf(before, kind);
    const is = alarmOf(after, kind);
    if (is && (was?.state !== is.state || was.dueAtMs !== is.dueAtMs)) return [raised(after, is)];
    const exceptionId = idOf(after, kind);
    return was && !is ? [{ type: 'exception-cleared', exceptionId, because: BECAUSE[kind] }] : [];
  });
}

function alarmOf({ alarms = [] }: Order, kind: DeadlineKind): Alarm | undefined {
  return alarms.find((alarm) => alarm.kind === kind && alarm.state !== 'PASSED');
}

const idOf = ({ id }: Order, kind: DeadlineKind): string => `${kind.toLowerCase()}-due-${id}`;

function raised(order: Order, alarm: Alarm): ExceptionEvent {
  const { kind, state } = alarm;
  const entry = order.timeline.findLast(({ type }) => type === entryTypeOf(alarm));
  return {
    type: 'exception-raised',
    exception: {
      id: idOf(order, kind),
      class: CLASSES[kind],
      severity: state === 'MISSED' ? 'HIGH' : 'MEDIUM',
      summary: `Order ${order.externalId}: ${entry?.summary ?? ''}`,
      evidence: order.id,
    },
  };
}
