import { formatQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import { findLine, type Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';

export type OrderTransferStatus =
  'DRAFT' | 'APPROVED' | 'READY' | 'IN_TRANSIT' | 'PARTIALLY_RECEIVED' | 'RECEIVED' | 'CANCELLED';

/** Goods of the order that are brought to where the customer collects them. JSON data. */
export interface OrderTransfer {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly status: OrderTransferStatus;
  readonly lines: readonly TransferredLine[];
  /** A system was asked to send it, and has not said no. */
  readonly isRunBySystem?: true;
}

export interface TransferredLine {
  readonly line: string;
  /** Still to arrive for the order: the claims of the line that name the transfer. */
  readonly coming: Steps;
  /** Of it, what has left. */
  readonly onTheWay: Steps;
  /** Arrived for the order, altogether. */
  readonly arrived: Steps;
}

/** A transfer is named by its order and its number. */
export const transferIdOf = (order: string, transferNo: number): string => `${order}.b${transferNo}`;

/** The order of a transfer id, or undefined when it cannot be one. */
export function orderOfTransferId(transferId: string): string | undefined {
  const at = transferId.lastIndexOf('.b');
  return at > 0 && /^[1-9]\d*$/.test(transferId.slice(at + 2)) ? transferId.slice(0, at) : undefined;
}

/** How much of a line waits for a transfer. */
export function claimedFrom(order: Order, line: string, transfer: string): Steps {
  const claims = findLine(order, line)?.claims ?? [];
  return claims.reduce((sum, claim) => (claim.transfer === transfer ? sum + claim.quantity : sum), 0);
}

/**
 * Gives up what transfers bring beyond what the order wants of them, whatever has called it off. Looked at after every
 * change, so that no way is left out.
 */
export function withTransfers(order: Order): Order {
  return (order.transfers ?? []).reduce((state, transfer) => {
    const excess = transfer.lines
      .map(({ line, coming }) => ({ line, quantity: coming - claimedFrom(state, line, transfer.id) }))
      .filter(({ quantity }) => quantity > 0);
    if (excess.length === 0) return state;
    const lines = transfer.lines.map((each) => {
      const coming = Math.min(each.coming, claimedFrom(state, each.line, transfer.id));
      return { ...each, coming, onTheWay: Math.min(each.onTheWay, coming) };
    });
    const given = enqueue(withTransfer(state, { ...transfer, lines }), (id) => ({
      id,
      name: 'give-up-transfer',
      request: {
        commandId: id,
        transfer: transfer.id,
        lines: excess.map(({ line, quantity }) => {
          const { sku = '', decimals = 0 } = findLine(state, line) ?? {};
          return { orderLine: line, sku, quantity: formatQuantity(quantity, decimals) };
        }),
      },
    }));
    return transfer.isRunBySystem && isUnmoved(transfer) && lines.every(({ coming }) => coming === 0)
      ? enqueue(given, (id) => ({ id, name: 'stop-work', location: transfer.from, transfer: transfer.id }))
      : given;
  }, order);
}

const isUnmoved = ({ lines }: OrderTransfer): boolean =>
  lines.every(({ onTheWay, arrived }) => onTheWay === 0 && arrived === 0);

/** Puts a changed transfer in the place of the old one. */
export function withTransfer(order: Order, transfer: OrderTransfer): Order {
  const transfers = (order.transfers ?? []).map((each) => (each.id === transfer.id ? transfer : each));
  return { ...order, transfers };
}
