import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { noteRegression } from '../timeline.ts';
import type { Told } from '../told.ts';
import { editOrder } from './edit-order.ts';
import type { ToldChanges } from './order-edit.ts';
import { translateChange, type ToldChange } from './translate-change.ts';

/**
 * Takes in a change that a platform tells, in its meaning. Messages overtake each other: the order as a whole says nothing
 * any more when the platform has changed it since, and what differs is part of a whole that was made later. Such a change is
 * kept and moves nothing, and people look at it.
 */
export function takeToldChange(order: Order, command: CommandOf<'TakeToldChange'>): Transition | RefusalValue {
  const { change, by, reason, authority, wmsLocations, told, once } = command;
  if (isOvertaken(order, change, told)) {
    const what = `A change that ${by} had made before another one, which was told already,`;
    return { state: noteRegression(order, what, { told }), events: [] };
  }
  const translated = translateChange(order, change);
  if (isRefusal(translated)) return translated;
  const marked = withChange(order, change, told);
  if (Object.keys(translated).length === 0) return { state: marked, events: [] };
  const edit = { reason, by, authority, ...translated };
  return editOrder(marked, { type: 'EditOrder', edit, wmsLocations, told, ...(once && { once }) });
}

function isOvertaken({ toldChanges = {} }: Order, { meaning }: ToldChange, { source, occurredAtMs }: Told): boolean {
  const known = Object.hasOwn(toldChanges, source) ? toldChanges[source] : undefined;
  const laterMs = meaning === 'WHOLE_ORDER' ? known?.lastMs : known?.wholeMs;
  return laterMs !== undefined && occurredAtMs < laterMs;
}

function withChange(order: Order, { meaning }: ToldChange, { source, occurredAtMs }: Told): Order {
  const { toldChanges = {} } = order;
  const known = Object.hasOwn(toldChanges, source) ? toldChanges[source] : undefined;
  const lastMs = Math.max(known?.lastMs ?? 0, occurredAtMs);
  const wholeMs = meaning === 'WHOLE_ORDER' ? occurredAtMs : known?.wholeMs;
  const changes: ToldChanges = { lastMs, ...(wholeMs !== undefined && { wholeMs }) };
  return { ...order, toldChanges: { ...toldChanges, [source]: changes } };
}
