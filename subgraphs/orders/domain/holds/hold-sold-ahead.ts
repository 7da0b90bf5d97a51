import { findLine, type Order } from '../order.ts';
import type { CommandOf } from '../order-command.ts';
import { addHold, BY_HUB } from './hold.ts';

/** The sell policy of the ledger says so. */
const AUTHORITY = 'sell-policy';

/**
 * Lines that were claimed now and are sold ahead are held until their day: stock that comes before is bound to them, and
 * nothing leaves. Where somebody has let such a line go, it is not held again for the same day.
 */
export function holdSoldAhead(order: Order, { outcome, told }: CommandOf<'SettleCommand'>): Order {
  if (outcome.status !== 'DONE') return order;
  const byDay = new Map<number, string[]>();
  for (const { id, lineRef, shipsAt } of outcome.reservations ?? []) {
    const shipsAtMs = shipsAt === undefined ? 0 : Date.parse(shipsAt);
    const line = findLine(order, lineRef);
    const isClaimed = line?.claims.some(({ reservation }) => reservation === id) === true;
    if (shipsAtMs <= told.recordedAtMs || !line || !isClaimed || wasHeld(order, line.id, shipsAtMs)) continue;
    byDay.set(shipsAtMs, [...(byDay.get(shipsAtMs) ?? []), line.id]);
  }
  return [...byDay].reduce((state, [expiresAtMs, lines]) => {
    const day = new Date(expiresAtMs).toISOString();
    const by = { placedBy: BY_HUB, authority: AUTHORITY, reason: `Sold ahead: it does not leave before ${day}.` };
    return addHold(state, { type: 'PREORDER_DATE', ...by, lines, blocks: ['RELEASE', 'SHIP'], expiresAtMs }, told);
  }, order);
}

function wasHeld({ holds = [] }: Order, line: string, untilMs: number): boolean {
  return holds.some(({ type, lines, expiresAtMs }) => {
    return type === 'PREORDER_DATE' && lines?.includes(line) === true && (expiresAtMs ?? 0) >= untilMs;
  });
}
