import { isRefusal, refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../../kernel/model/quantity.ts';
import { applyEdit } from './apply-edit.ts';
import { checkEdit, isBusyFor } from './check-edit.ts';
import { findLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import type { OrderEdit } from './order-edit.ts';
import { lineIdOf } from '../order-line.ts';
import { priorityOfClaim } from '../claims/priority-of-claim.ts';
import { enqueue } from '../pending-command.ts';
import { note } from '../timeline.ts';

/** 1 as placed; each change of what is bought counts. */
export const revisionOf = ({ revision = 1 }: Pick<Order, 'revision'>): number => revision;

/**
 * Changes what is bought, all of it or nothing. What it needs more of is claimed first: until the ledger has answered, the
 * order stays as it is, and when it refuses, nothing has changed. What needs no claim holds at once.
 */
export function editOrder(order: Order, command: CommandOf<'EditOrder'>): Transition | RefusalValue {
  const { edit, expectedRevision, wmsLocations, redirectable, told, once } = command;
  const systems = { wmsLocations, ...(redirectable && { redirectable }) };
  const refusal = checkRevision(order, expectedRevision) ?? checkOpen(order) ?? checkEdit(order, edit, systems);
  if (refusal) return refusal;
  if (isBusyFor(order, edit, wmsLocations)) {
    return refuse('VERSION_CONFLICT', 'Stock of the order is being claimed or bound at this moment.', {
      order: order.id,
    });
  }
  // What it would lead to is known before anything is claimed: money that does not add up needs no stock.
  const trial = applyEdit(order, { edit, ...systems, told });
  if (isRefusal(trial)) return trial;
  const needs = claimsOf(order, edit);
  if (needs.length === 0) return { state: trial, events: [] };
  const key = once?.key ?? told.evidence;
  const location = edit.substitution?.location;
  const asked = enqueue(order, (id) => ({
    id,
    name: 'reserve-stock',
    request: {
      commandId: id,
      kind: 'ORDER',
      channel: order.channel,
      owner: order.id,
      ...(location !== undefined && { location }),
      ...priorityOfClaim(order),
      lines: [...needs],
    },
  }));
  const commandId = asked.pending.at(-1)?.id ?? '';
  const noted = note(asked, {
    type: 'CHANGE_ASKED',
    summary: `${edit.by} asked for a change: ${edit.reason} It waits for its stock.`,
    told,
    visibility: 'AGENT',
  });
  return { state: { ...noted, openEdit: { key, commandId, edit, ...systems, told } }, events: [] };
}

function checkRevision(order: Order, expected: number | undefined): RefusalValue | undefined {
  const revision = revisionOf(order);
  if (expected === undefined || expected === revision) return undefined;
  return refuse('STALE_REVISION', `The order is at revision ${revision}.`, { expected, revision });
}

function checkOpen({ openEdit }: Order): RefusalValue | undefined {
  if (!openEdit) return undefined;
  return refuse('VERSION_CONFLICT', 'Another change of the order waits for its stock.', { key: openEdit.key });
}

type Need = { readonly lineRef: string; readonly sku: string; readonly quantity: string };

/** What is to be claimed, by the lines that it is for: those that the order has, and those that it is to have. */
function claimsOf(order: Order, { newLines = [], addedUnits = [], substitution }: OrderEdit): readonly Need[] {
  const more = addedUnits.flatMap(({ line: id, quantity }): Need[] => {
    const line = findLine(order, id);
    return line ? [{ lineRef: id, sku: line.sku, quantity: formatQuantity(quantity, line.decimals) }] : [];
  });
  const fresh = [...newLines, ...(substitution ? [substitution.by] : [])].map((line, index): Need => {
    const lineRef = lineIdOf(order.id, order.lines.length + index + 1);
    return { lineRef, sku: line.sku, quantity: formatQuantity(line.ordered, line.decimals) };
  });
  return [...more, ...fresh];
}
