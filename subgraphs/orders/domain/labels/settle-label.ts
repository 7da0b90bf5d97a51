import { invariant } from '../../../../kernel/model/errors.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import { note } from '../timeline.ts';
import { withLabel, type ParcelLabel } from './parcel-label.ts';
import { lineNosAt, refuseLabel } from './plan-label.ts';

/** A label was bought, or its carrier said no. One that nobody needs any more is given back by what follows. */
export function settleBuying(order: Order, { command, outcome, told }: Settlement<PendingOf<'buy-label'>>): Order {
  const label = labelOf(order, command.label);
  if (outcome.status === 'REFUSED') return refuseLabel(order, label, { because: outcome.message, told });
  const { label: bought } = outcome;
  invariant(bought, 'A label that was bought is told.', { label: label.id });
  const { carrier, trackingNumber, cost } = bought;
  return note(withLabel(order, { ...label, state: 'BOUGHT', bought }), {
    type: 'LABEL_BOUGHT',
    summary: `A label of ${carrier} (${trackingNumber}) was bought for ${cost.amountMinor} ${cost.currencyCode} (minor units).`,
    told,
    visibility: 'AGENT',
    lineNos: lineNosAt(order, label.location),
  });
}

/** A label was given back, or its carrier has the parcel already: what it cost is spent, and somebody has to look. */
export function settleVoiding(order: Order, { command, outcome, told }: Settlement<PendingOf<'void-label'>>): Order {
  const label = labelOf(order, command.label);
  const number = label.bought?.trackingNumber ?? label.id;
  if (outcome.status === 'DONE' && outcome.voided === 'VOIDED') {
    const summary = `The label ${number} was not needed and was given back.`;
    const entry = { type: 'LABEL_VOIDED', summary, told, visibility: 'AGENT' } as const;
    return note(withLabel(order, { ...label, state: 'VOIDED' }), entry);
  }
  const because = outcome.status === 'REFUSED' ? outcome.message : 'its carrier has the parcel already';
  return note(withLabel(order, { ...label, state: 'KEPT', because }), {
    type: 'LABEL_KEPT',
    summary: `The label ${number} of ${label.location} was not needed and could not be given back: ${because}.`,
    told,
    visibility: 'AGENT',
  });
}

function labelOf({ labels = [] }: Order, id: string): ParcelLabel {
  const label = labels.find((each) => each.id === id);
  invariant(label, 'A command names a label that its order does not have.', { label: id });
  return label;
}
