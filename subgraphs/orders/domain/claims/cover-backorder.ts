import type { Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import { withLine } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { awaitsNames, owedOf, withOwed } from './owed-units.ts';
import { note } from '../timeline.ts';

/**
 * Stock has come for units that were sold beyond it: they are RESERVED, and go the way of all others. The ledger may tell
 * so before its answer to the claim has arrived; then it is kept until the claim has its name.
 */
export function coverBackorder(order: Order, command: CommandOf<'CoverBackorder'>): Transition {
  const { reservation, quantity, told } = command;
  const line = order.lines.find((each) => claimOf(each, reservation));
  const claim = line && claimOf(line, reservation);
  if (!line || !claim) {
    if (!awaitsNames(order)) return { state: order, events: [] };
    const earlyCoverage = [...(order.earlyCoverage ?? []), { reservation, quantity }];
    return { state: { ...order, earlyCoverage }, events: [] };
  }
  const covered = Math.min(quantity, owedOf(claim));
  if (covered === 0) return { state: order, events: [] };
  // What a location did not have it may have got by now.
  const free = { ...line, declinedBy: [] };
  const state = note(withLine(order, withOwed(free, claim, owedOf(claim) - covered)), {
    type: 'BACKORDER_COVERED',
    summary: 'Stock has come for units that had to wait.',
    told,
    visibility: 'CUSTOMER',
    lineNos: [line.lineNo],
  });
  return { state, events: [] };
}

const claimOf = (line: OrderLine, reservation: string) =>
  line.claims.find((claim) => claim.reservation === reservation);
