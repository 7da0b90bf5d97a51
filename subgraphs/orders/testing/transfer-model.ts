import type { BringStock, GiveUpTransfer } from '../../../schema/commands/inventory.ts';

interface ModelLine {
  readonly sku: string;
  asked: number;
  shipped: number;
  ended: number;
  wanted: number;
  bound: number;
}

interface ModelTransfer {
  readonly order: string;
  readonly from: string;
  readonly to: string;
  readonly lines: Map<string, ModelLine>;
}

/** What the model of the ledger lets transfers do to its claims and its stock. */
export interface TransferEffects {
  bind(line: string, sku: string, place: { readonly location: string; readonly quantity: number }): void;
  free(line: string, place: { readonly location: string; readonly quantity: number }): void;
  move(sku: string, location: string, change: number): void;
}

/** Transfers for orders, as orders know them by the contract of the ledger. */
export class TransferModel {
  readonly #transfers = new Map<string, ModelTransfer>();
  readonly #effects: TransferEffects;

  constructor(effects: TransferEffects) {
    this.#effects = effects;
  }

  get ids(): readonly string[] {
    return [...this.#transfers.keys()];
  }

  bring({ transfer, order, from, to, lines }: BringStock): void {
    const made: ModelTransfer = { order, from, to, lines: new Map() };
    for (const { orderLine, sku, quantity: text } of lines) {
      const quantity = Number(text);
      made.lines.set(orderLine, { sku, asked: quantity, shipped: 0, ended: 0, wanted: quantity, bound: 0 });
      this.#effects.bind(claimOf(transfer, orderLine), sku, { location: from, quantity });
    }
    this.#transfers.set(transfer, made);
  }

  giveUp({ transfer: id, lines }: GiveUpTransfer): void {
    const transfer = this.#transfers.get(id);
    for (const { orderLine, quantity } of lines) {
      const line = transfer?.lines.get(orderLine);
      if (!transfer || !line) continue;
      const given = Math.min(Number(quantity), line.wanted);
      const unasked = Math.min(given, line.asked - line.shipped);
      line.wanted -= given;
      line.asked -= unasked;
      if (unasked > 0) this.#effects.free(claimOf(id, orderLine), { location: transfer.from, quantity: unasked });
    }
  }

  /** At most what was asked for leaves. */
  ship(id: string, orderLine: string, most: number): void {
    const { transfer, line } = this.#find(id, orderLine);
    const quantity = Math.min(most, line.asked - line.shipped);
    if (quantity === 0) return;
    line.shipped += quantity;
    this.#effects.free(claimOf(id, orderLine), { location: transfer.from, quantity });
    this.#effects.move(line.sku, transfer.from, -quantity);
  }

  /** What arrives is bound to the order as far as it is wanted; what is lost is wanted no more. */
  end(id: string, orderLine: string, { most, isLost }: { readonly most: number; readonly isLost: boolean }): void {
    const { transfer, line } = this.#find(id, orderLine);
    const quantity = Math.min(most, line.shipped - line.ended);
    if (quantity === 0) return;
    line.ended += quantity;
    if (!isLost) {
      const bound = Math.min(quantity, line.wanted);
      this.#effects.move(line.sku, transfer.to, quantity);
      if (bound > 0) this.#effects.bind(orderLine, line.sku, { location: transfer.to, quantity: bound });
      line.wanted -= bound;
      line.bound += bound;
    }
    line.wanted = Math.min(line.wanted, line.asked - line.ended);
  }

  /** What has not left stays. */
  cancel(id: string): void {
    for (const [orderLine, line] of this.#transfers.get(id)?.lines ?? []) {
      const quantity = line.asked - line.shipped;
      const { from: location } = this.#find(id, orderLine).transfer;
      if (quantity > 0) this.#effects.free(claimOf(id, orderLine), { location, quantity });
      line.asked = line.shipped;
      line.wanted = Math.min(line.wanted, line.asked - line.ended);
    }
  }

  /** As `order-transfer-changed` tells it. */
  told(id: string) {
    const transfer = this.#transfers.get(id);
    const lines = [...(transfer?.lines ?? [])].map(([line, { wanted, bound, shipped, ended }]) => {
      return { line, coming: wanted, onTheWay: Math.min(wanted, shipped - ended), arrived: bound };
    });
    return { transfer: id, status: 'IN_TRANSIT' as const, lines };
  }

  wantedOf(orderLine: string): number {
    return [...this.#transfers.values()].reduce((sum, { lines }) => sum + (lines.get(orderLine)?.wanted ?? 0), 0);
  }

  #find(id: string, orderLine: string): { readonly transfer: ModelTransfer; readonly line: ModelLine } {
    const transfer = this.#transfers.get(id);
    const line = transfer?.lines.get(orderLine);
    if (!transfer || !line) throw new Error(`No transfer ${id} of ${orderLine}.`);
    return { transfer, line };
  }
}

/** Claims of a transfer where it leaves are not those of the order. */
const claimOf = (transfer: string, orderLine: string): string => `${transfer}:${orderLine}`;
