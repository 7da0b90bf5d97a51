import type { Steps } from '../../../../kernel/model/quantity.ts';
import { awaitClaim } from '../calling-off/end-work.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { claimedFrom, withTransfer, type OrderTransfer, type TransferredLine } from './order-transfer.ts';
import { enqueueDeallocation, enqueueReservation, withoutCommand } from '../pending-command.ts';
import { settleBring } from './settle-bring.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { note, type NewEntry } from '../timeline.ts';
import type { Told } from '../told.ts';
import { moveUnits } from '../units.ts';

type Follow = CommandOf<'FollowTransfer'>;

/**
 * The ledger tells how far goods have come that are brought. What arrived is bound to its lines there already; what will
 * not come any more is claimed anew. Figures go one way alone, so that an older telling changes nothing.
 */
export function followTransfer(order: Order, command: Follow): Transition {
  const known = settleAwaited(order, command);
  const transfer = known.transfers?.find(({ id }) => id === command.transfer);
  if (!transfer) return { state: order, events: [] };
  let state = known;
  const lines: TransferredLine[] = [];
  const missing: LineQuantity[] = [];
  const excess: LineQuantity[] = [];
  for (const before of transfer.lines) {
    const told = command.lines.find(({ line }) => line === before.line) ?? before;
    const { line } = before;
    const arrived = Math.max(before.arrived, told.arrived);
    const wanted = claimedFrom(state, line, transfer.id);
    const bound = Math.min(arrived - before.arrived, wanted);
    const lost = Math.max(0, wanted - bound - told.coming);
    state = bindArrived(state, { transfer, line, quantity: bound });
    if (arrived - before.arrived > bound) excess.push({ line, quantity: arrived - before.arrived - bound });
    if (lost > 0) missing.push({ line, quantity: lost });
    const coming = wanted - bound - lost;
    lines.push({ line, coming, onTheWay: Math.min(coming, told.onTheWay), arrived });
  }
  if (isSame(transfer, command, lines) && known === order) return { state: order, events: [] };
  state = noteProgress(withTransfer(state, { ...transfer, status: command.status, lines }), transfer, {
    lines,
    told: command.told,
  });
  state = enqueueDeallocation(state, {
    lines: excess.map((each) => ({ ...each, location: transfer.to })),
    into: 'NOTHING',
  });
  return { state: claimElsewhere(state, { transfer, missing, told: command.told }), events: [] };
}

/** That it has moved proves that the ledger has carried out what it has not answered yet. */
function settleAwaited(order: Order, { transfer, told }: Follow): Order {
  const command = order.pending.find((each) => each.name === 'bring-stock' && each.request.transfer === transfer);
  if (command?.name !== 'bring-stock') return order;
  return settleBring(withoutCommand(order, command.id), { command, outcome: { status: 'DONE' }, told });
}

interface Arrived extends LineQuantity {
  readonly transfer: OrderTransfer;
}

function bindArrived(order: Order, { transfer, line: id, quantity }: Arrived): Order {
  const line = findLine(order, id);
  if (!line || quantity === 0) return order;
  const units = moveUnits(line.units, {
    from: 'RESERVED',
    at: null,
    to: 'ALLOCATED',
    toLocation: transfer.to,
    quantity,
  });
  return withLine(order, { ...withLessComing(line, transfer.id, quantity), units });
}

function withLessComing<Line extends NonNullable<ReturnType<typeof findLine>>>(
  line: Line,
  transfer: string,
  quantity: Steps,
): Line {
  let left = quantity;
  const claims = line.claims.flatMap((claim) => {
    const taken = claim.transfer === transfer ? Math.min(left, claim.quantity) : 0;
    left -= taken;
    return claim.quantity > taken ? [{ ...claim, quantity: claim.quantity - taken }] : [];
  });
  return { ...line, claims };
}

function isSame(transfer: OrderTransfer, { status }: Follow, lines: readonly TransferredLine[]): boolean {
  return (
    transfer.status === status &&
    transfer.lines.every((before, index) => {
      const after = lines[index];
      return after?.coming === before.coming && after.onTheWay === before.onTheWay && after.arrived === before.arrived;
    })
  );
}

interface Progress {
  readonly lines: readonly TransferredLine[];
  readonly told: Told;
}

function noteProgress(order: Order, before: OrderTransfer, { lines, told }: Progress): Order {
  const having = (gained: (after: TransferredLine, before: TransferredLine) => boolean): Pick<NewEntry, 'lineNos'> => ({
    lineNos: lines
      .filter((line, index) => gained(line, before.lines[index] as TransferredLine))
      .map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  const left = having((after, { onTheWay }) => after.onTheWay > onTheWay);
  const arrived = having((after, earlier) => after.arrived > earlier.arrived);
  const { from, to } = before;
  const about = { told, visibility: 'CUSTOMER' } as const;
  const sent = left.lineNos?.length
    ? note(order, { ...about, ...left, type: 'TRANSFER_LEFT', summary: `The goods are on their way to ${to}.` })
    : order;
  const summary = `Goods from ${from} have arrived at ${to}.`;
  return arrived.lineNos?.length ? note(sent, { ...about, ...arrived, type: 'TRANSFER_ARRIVED', summary }) : sent;
}

interface Missing {
  readonly transfer: OrderTransfer;
  readonly missing: readonly LineQuantity[];
  readonly told: Told;
}

/** What will not come is to come from elsewhere. */
function claimElsewhere(order: Order, { transfer, missing, told }: Missing): Order {
  if (missing.length === 0) return order;
  const asked = enqueueReservation(order, missing);
  const commandId = asked.pending.at(-1)?.id ?? null;
  const claimed = missing.reduce((state, { line: id, quantity }) => {
    const line = findLine(state, id);
    if (!line) return state;
    const declinedBy = [...new Set([...line.declinedBy, transfer.from])];
    const failed = { ...line, declinedBy, sourcingFailures: line.sourcingFailures + 1 };
    const less = withLine(state, withLessComing(failed, transfer.id, quantity));
    return awaitClaim(less, { line: id, quantity, commandId });
  }, asked);
  return note(claimed, {
    type: 'TRANSFER_SHORT',
    summary: `Not everything comes from ${transfer.from}; the missing units are to come from elsewhere.`,
    told,
    visibility: 'AGENT',
    lineNos: missing.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
}

/** Whoever was to send it will not: what has not left is to come from elsewhere. */
export function refuseTransfer(order: Order, { transfer: id, reason, told }: CommandOf<'RefuseTransfer'>): Transition {
  const transfer = order.transfers?.find((each) => each.id === id);
  const missing = (transfer?.lines ?? [])
    .map(({ line, coming, onTheWay }) => ({ line, quantity: coming - onTheWay }))
    .filter(({ quantity }) => quantity > 0);
  if (!transfer || missing.length === 0) return { state: order, events: [] };
  const noted = note(order, {
    type: 'TRANSFER_REFUSED',
    summary: `${transfer.from} does not send the goods: ${reason}`,
    told,
    visibility: 'AGENT',
  });
  const { isRunBySystem: _hasRefused, ...refused } = transfer;
  return { state: claimElsewhere(withTransfer(noted, refused), { transfer, missing, told }), events: [] };
}
