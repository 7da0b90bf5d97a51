import type { Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { enqueue } from '../pending-command.ts';
import { note } from '../timeline.ts';
import { labelIdOf, needsLabel, toSendAt, withLabel, type ParcelLabel } from './parcel-label.ts';

/** Labels that one order ever asks for. */
const LABELS_MAX = 100;

/** Decides that a label is bought for what a location sends; without a service, that nobody takes it. */
export function planLabel(order: Order, command: CommandOf<'PlanLabel'>): Transition {
  const { location, system, service, from, weightGrams, because = 'no carrier takes the parcel', told } = command;
  const { labels = [] } = order;
  if (!needsLabel(order, location) || labels.length >= LABELS_MAX) return { state: order, events: [] };
  const id = labelIdOf(order.id, labels.length + 1);
  const { addressId } = order;
  const about = { location, system, service, from, weightGrams, ...(addressId !== undefined && { addressId }) };
  const label: ParcelLabel = { id, ...about, state: 'ASKED', askedAtMs: told.occurredAtMs };
  if (service === null) {
    return { state: refuseLabel(order, label, { because, told }), events: [] };
  }
  const state = enqueue(withLabel(order, label), (commandId) => ({ id: commandId, name: 'buy-label', label: id }));
  return { state, events: [] };
}

interface Refused extends Pick<CommandOf<'PlanLabel'>, 'told'> {
  readonly because: string;
}

/** The location goes on with a label of its own. */
export function refuseLabel(order: Order, label: ParcelLabel, { because, told }: Refused): Order {
  const state = withLabel(order, { ...label, state: 'REFUSED', because });
  return note(state, {
    type: 'LABEL_REFUSED',
    summary: `No label could be bought for the parcel of ${label.location}: ${because}.`,
    told,
    visibility: 'AGENT',
    lineNos: lineNosAt(order, label.location),
  });
}

export function lineNosAt(order: Order, location: string): readonly number[] {
  const lines = toSendAt(order, location).map(({ line }) => line);
  return order.lines.filter(({ id }) => lines.includes(id)).map(({ lineNo }) => lineNo);
}
