import { refuseTransfer } from '../pickup/follow-transfer.ts';
import { endWork } from '../calling-off/end-work.ts';
import type { Order } from '../order.ts';
import type { Transition } from '../order-command.ts';
import { release } from './plan-release.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { note } from '../timeline.ts';

/** The system that runs the location has the work, or said no. */
export function settleRelease(
  order: Order,
  { command, outcome, told }: Settlement<PendingOf<'release-work'>>,
): Transition {
  const { location, lines, transfer } = command;
  if (transfer !== undefined) return settleTransferRelease(order, { transfer, outcome, told });
  if (outcome.status === 'DONE') return release(order, { location, lines, told });
  const noted = note(order, {
    type: 'WORK_REFUSED',
    summary: `${location} refused the work: ${outcome.message}`,
    told,
    visibility: 'AGENT',
  });
  return { state: endWork(noted, location, lines).state, events: [] };
}

/** The ledger tells how the goods get on. */
function settleTransferRelease(
  order: Order,
  { transfer, outcome, told }: Pick<Settlement, 'outcome' | 'told'> & { readonly transfer: string },
): Transition {
  if (outcome.status === 'DONE') return { state: order, events: [] };
  return refuseTransfer(order, { type: 'RefuseTransfer', transfer, reason: outcome.message, told });
}
