import type { PendingOf, Settlement } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import { note } from '../timeline.ts';

/** A system sends its work to the new address, or its parcels go to the old one and a person has to see to them. */
export function settleRedirection(
  order: Order,
  { command: { location }, outcome, told }: Settlement<PendingOf<'redirect-work'>>,
): Order {
  if (outcome.status === 'DONE' && outcome.redirected === 'REDIRECTED') {
    const summary = `${location} sends its work to the new address.`;
    return note(order, { type: 'WORK_REDIRECTED', summary, told, visibility: 'AGENT' });
  }
  const because = outcome.status === 'REFUSED' ? outcome.message : 'it is too late';
  const summary = `${location} does not send its work to the new address: ${because}.`;
  return note(order, { type: 'WORK_NOT_REDIRECTED', summary, told, visibility: 'AGENT' });
}
