import type { Order } from '../order.ts';
import type { Told } from '../told.ts';
import { note } from '../timeline.ts';

export const HOLD_TYPES = [
  'FRAUD_REVIEW',
  'PAYMENT_PENDING',
  'TAX_PENDING',
  'ADDRESS_INVALID',
  'MAPPING_ERROR',
  'INVENTORY_SHORT',
  'PREORDER_DATE',
  'MARKETPLACE_PENDING',
  'AWAITING_RETURN',
  'CS_REVIEW',
  'COMPLIANCE',
] as const;

export type HoldType = (typeof HOLD_TYPES)[number];

/** What may not happen to an order while a hold lasts. */
export type HoldBlock = 'ALLOCATE' | 'RELEASE' | 'SHIP' | 'CAPTURE';

/** Keeps an order from going on without changing the states of its units. JSON data. */
export interface Hold {
  /** Unique within the order. */
  readonly id: string;
  readonly type: HoldType;
  /** REJECTED: what it waited for was denied. */
  readonly state: 'ACTIVE' | 'RESOLVED' | 'REJECTED';
  readonly blocks: readonly HoldBlock[];
  readonly placedBy: string;
  /** Who allowed it: a team, a policy, an outside system. */
  readonly authority: string;
  readonly reason: string;
  readonly placedAtMs: number;
  /** When it ends by itself; null: never. */
  readonly expiresAtMs: number | null;
  /** The lines that it is about. Absent: the whole order. */
  readonly lines?: readonly string[];
  /** What ends it without a person, such as the verdict on a payment; absent: nothing. */
  readonly awaits?: string;
  /** Absent while it is active. */
  readonly ended?: HoldEnd;
}

export interface HoldEnd {
  readonly by: string;
  readonly authority: string;
  readonly reason: string;
  readonly atMs: number;
}

/** What a hold of a type blocks when nobody says otherwise. */
export const USUAL_BLOCKS: Readonly<Record<HoldType, readonly HoldBlock[]>> = {
  FRAUD_REVIEW: ['RELEASE', 'SHIP', 'CAPTURE'],
  PAYMENT_PENDING: ['RELEASE', 'SHIP', 'CAPTURE'],
  TAX_PENDING: ['RELEASE', 'SHIP', 'CAPTURE'],
  ADDRESS_INVALID: ['RELEASE', 'SHIP'],
  MAPPING_ERROR: ['RELEASE', 'SHIP'],
  INVENTORY_SHORT: ['RELEASE', 'SHIP'],
  PREORDER_DATE: ['ALLOCATE', 'RELEASE', 'SHIP'],
  MARKETPLACE_PENDING: ['RELEASE', 'SHIP', 'CAPTURE'],
  AWAITING_RETURN: ['RELEASE', 'SHIP'],
  CS_REVIEW: ['RELEASE', 'SHIP'],
  COMPLIANCE: ['ALLOCATE', 'RELEASE', 'SHIP', 'CAPTURE'],
};

export function activeHolds({ holds = [] }: Pick<Order, 'holds'>): readonly Hold[] {
  return holds.filter(({ state }) => state === 'ACTIVE');
}

/**
 * The hold that keeps this from happening; undefined when none does.
 *
 * @param line absent: to anything of the order
 */
export function blockedBy(order: Pick<Order, 'holds'>, block: HoldBlock, line?: string): Hold | undefined {
  return activeHolds(order).find(({ blocks, lines }) => {
    return blocks.includes(block) && (!lines || (line !== undefined && lines.includes(line)));
  });
}

export type NewHold = Pick<Hold, 'type' | 'placedBy' | 'authority' | 'reason' | 'awaits' | 'lines'> & {
  /** Absent: what is usual for its type. */
  readonly blocks?: readonly HoldBlock[];
  readonly expiresAtMs?: number | null;
};

export function addHold(order: Order, { blocks, expiresAtMs = null, ...hold }: NewHold, told: Told): Order {
  const { holds = [] } = order;
  const added: Hold = {
    id: `${order.id}.h${holds.length + 1}`,
    state: 'ACTIVE',
    ...hold,
    blocks: blocks ?? USUAL_BLOCKS[hold.type],
    placedAtMs: told.occurredAtMs,
    expiresAtMs,
  };
  return note(
    { ...order, holds: [...holds, added] },
    {
      type: 'HOLD_PLACED',
      summary: `${hold.type}: ${hold.reason} It blocks ${added.blocks.join(', ') || 'nothing'}.`,
      told,
      visibility: 'AGENT',
      lineNos: lineNosOf(order, added),
    },
  );
}

export type EndingHold = Pick<HoldEnd, 'by' | 'authority' | 'reason'> & { readonly state: 'RESOLVED' | 'REJECTED' };

/** Ends an active hold; one that has ended stays as it is. */
export function endHold(
  order: Order,
  id: string,
  { state, told, ...end }: EndingHold & { readonly told: Told },
): Order {
  const { holds = [] } = order;
  const hold = holds.find((each) => each.id === id);
  if (hold?.state !== 'ACTIVE') return order;
  const ended = { ...hold, state, ended: { ...end, atMs: told.occurredAtMs } };
  return note(
    { ...order, holds: holds.map((each) => (each === hold ? ended : each)) },
    {
      type: state === 'RESOLVED' ? 'HOLD_RESOLVED' : 'HOLD_REJECTED',
      summary: `${hold.type}: ${end.reason}`,
      told,
      visibility: 'AGENT',
      lineNos: lineNosOf(order, hold),
    },
  );
}

const lineNosOf = ({ lines }: Order, hold: Hold): readonly number[] =>
  lines.filter(({ id }) => hold.lines?.includes(id)).map(({ lineNo }) => lineNo);

/** Ends every active hold that awaits this. */
export function endAwaiting(order: Order, awaits: string, end: EndingHold & { readonly told: Told }): Order {
  const awaiting = activeHolds(order).filter((hold) => hold.awaits === awaits);
  return awaiting.reduce((state, { id }) => endHold(state, id, end), order);
}

/** The hub's own name as the one who places and ends holds. */
export const BY_HUB = 'hub';
