import type { Order } from '../order.ts';

/** What the ledger gives a claim of an order when nobody says otherwise. */
export const USUAL_PRIORITY = 7;
export const PRIORITY_MAX = 9;

/** How an order stands in the queue for stock. JSON data. */
export interface ClaimPriority {
  /** What somebody gave it. Absent: the rules say. */
  readonly said?: number;
  /** As the rules said last. Absent: the usual. */
  readonly byRule?: number;
  /** What the ledger knows of reservations that have another than the usual. Absent: there is none. */
  readonly known?: Readonly<Record<string, number>>;
}

/** Who of those that wait is covered first, 0 to 9, the highest. */
export const priorityOf = ({ priority }: Pick<Order, 'priority'>): number =>
  priority?.said ?? priority?.byRule ?? USUAL_PRIORITY;

/** What a claim says of it; nothing where it is what the ledger takes anyway. */
export function priorityOfClaim(order: Pick<Order, 'priority'>): { readonly priority?: number } {
  const priority = priorityOf(order);
  return priority === USUAL_PRIORITY ? {} : { priority };
}
