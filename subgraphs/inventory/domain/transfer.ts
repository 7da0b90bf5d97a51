import type { Steps } from '../../../kernel/model/quantity.ts';

export type TransferStatus =
  'DRAFT' | 'APPROVED' | 'READY' | 'IN_TRANSIT' | 'PARTIALLY_RECEIVED' | 'RECEIVED' | 'CANCELLED';

/** How far a transfer has come by decisions; what moved is told by its lines. */
export type TransferPhase = 'DRAFT' | 'APPROVED' | 'READY' | 'CANCELLED';

export interface TransferLine {
  readonly line: string;
  readonly sku: number;
  /** What was requested; zero for a SKU that came along unasked. */
  readonly asked: Steps;
  readonly shipped: Steps;
  readonly received: Steps;
  /** Never arrived and was written off; what turns up later is taken off again. */
  readonly lost: Steps;
  /** Still to be bound to the order when it arrives; absent: nothing, it comes as stock of the location. */
  readonly wanted?: Steps;
  /** Arrived and bound to the order; absent: nothing. */
  readonly bound?: Steps;
}

/** Goods on their way from one location to another. */
export interface Transfer {
  readonly id: string;
  /** Index of the location that gives; NONE until its shipment is told, when the receipt came first. */
  readonly from: number;
  /** Index of the location that takes. */
  readonly to: number;
  readonly phase: TransferPhase;
  /** Told by a system without having been requested here. */
  readonly isInferred: boolean;
  /** Epoch milliseconds. */
  readonly requestedAtMs: number;
  /** Epoch milliseconds; null when nobody has said. */
  readonly expectedAtMs: number | null;
  readonly lines: readonly TransferLine[];
  /** Whose goods it brings; its lines have the ids of the order's lines. Absent: nobody's in particular. */
  readonly order?: { readonly id: string; readonly channel: string };
}

/**
 * What has left and has neither arrived nor been written off. Negative while a receipt is known and its shipment is not,
 * or when more arrived than was sent.
 */
export function inTransitOf({ shipped, received, lost }: TransferLine): Steps {
  return shipped - received - lost;
}

/** What may still leave of a line. */
export function openToShip({ phase }: Pick<Transfer, 'phase'>, { asked, shipped }: TransferLine): Steps {
  return phase === 'CANCELLED' ? 0 : Math.max(0, asked - shipped);
}

/** What of a line is on its way to an order, of what has left. */
export function promisedOf(line: TransferLine): Steps {
  return Math.min(line.wanted ?? 0, Math.max(0, inTransitOf(line)));
}

/** No more is wanted than can still come. */
export function withinReach(transfer: Pick<Transfer, 'phase'>, line: TransferLine): TransferLine {
  const { wanted = 0 } = line;
  const reachable = openToShip(transfer, line) + Math.max(0, inTransitOf(line));
  return wanted <= reachable ? line : { ...line, wanted: reachable };
}

/** As soon as anything moved, what moved decides. */
export function statusOf(transfer: Pick<Transfer, 'phase' | 'lines'>): TransferStatus {
  const { phase, lines } = transfer;
  if (!lines.some(({ shipped, received, lost }) => shipped > 0 || received > 0 || lost > 0)) return phase;
  const isOutstanding = lines.some((line) => inTransitOf(line) > 0 || openToShip(transfer, line) > 0);
  if (!isOutstanding) return 'RECEIVED';
  return lines.some(({ received, lost }) => received > 0 || lost > 0) ? 'PARTIALLY_RECEIVED' : 'IN_TRANSIT';
}
