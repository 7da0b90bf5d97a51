import type { LedgerModel } from './ledger-model.ts';
import type { ModelArrival } from './model-supply.ts';
import type { Shelf } from './model-world.ts';

interface ModelTransferLine {
  readonly line: string;
  readonly sku: string;
  readonly asked: number;
  shipped: number;
  received: number;
  lost: number;
}

export interface ModelTransfer {
  readonly id: string;
  from: string | undefined;
  readonly to: string;
  phase: 'DRAFT' | 'APPROVED' | 'READY' | 'CANCELLED';
  expectedAtMs: number | undefined;
  readonly lines: ModelTransferLine[];
}

export type ModelLeg = 'SHIP' | 'RECEIVE' | 'LOSE';

interface MovedUnits {
  readonly sku: string;
  readonly units: number;
}

/** What left one location for another, line by line. */
export class ModelTransfers {
  readonly all: ModelTransfer[] = [];
  readonly #model: LedgerModel;

  constructor(model: LedgerModel) {
    this.#model = model;
  }

  find(id: string): ModelTransfer | undefined {
    return this.all.find((transfer) => transfer.id === id);
  }

  mayApprove(transfer: ModelTransfer): boolean {
    if (statusOf(transfer) !== 'DRAFT') return false;
    return [...new Set(transfer.lines.map(({ sku }) => sku))].every((sku) => {
      const asked = transfer.lines.reduce((total, line) => (line.sku === sku ? total + line.asked : total), 0);
      return this.#model.mayTake({ sku, location: transfer.from as string }, asked, undefined);
    });
  }

  approve(transfer: ModelTransfer): void {
    transfer.phase = 'APPROVED';
    const { id: order, from } = transfer;
    for (const { line: orderLine, sku, asked: units } of transfer.lines) {
      this.#model.allocations.push({ order, orderLine, sku, location: from as string, channel: '', units, picked: 0 });
    }
  }

  mayStage(transfer: ModelTransfer): boolean {
    return statusOf(transfer) === 'APPROVED';
  }

  /** All of it stands ready to leave. */
  stage(transfer: ModelTransfer): void {
    transfer.phase = 'READY';
    for (const claim of this.#claimsOf(transfer)) claim.picked = claim.units;
  }

  mayCancel(transfer: ModelTransfer): boolean {
    return transfer.phase !== 'CANCELLED' && transfer.lines.some(({ asked, shipped }) => asked > shipped);
  }

  /** What is on its way goes on. */
  cancel(transfer: ModelTransfer): void {
    transfer.phase = 'CANCELLED';
    for (const claim of this.#claimsOf(transfer)) [claim.units, claim.picked] = [0, 0];
  }

  /** Whether a person may tell it; a system is never refused, because what moved has moved. */
  mayMove(transfer: ModelTransfer, leg: ModelLeg, moved: readonly MovedUnits[]): boolean {
    const status = statusOf(transfer);
    const isBetween = status === 'IN_TRANSIT' || status === 'PARTIALLY_RECEIVED';
    if (!isBetween && (leg !== 'SHIP' || (status !== 'APPROVED' && status !== 'READY'))) return false;
    if (leg === 'RECEIVE') return true;
    return [...new Set(moved.map(({ sku }) => sku))].every((sku) => {
      const asked = moved.reduce((total, each) => (each.sku === sku ? total + each.units : total), 0);
      const lines = transfer.lines.filter((line) => line.sku === sku);
      const open = lines.reduce((total, line) => total + openOf(transfer, line, leg), 0);
      const lying = leg === 'SHIP' ? this.#model.sellable({ sku, location: transfer.from as string }) : Infinity;
      return asked <= Math.min(open, Math.max(0, lying));
    });
  }

  /** One line of a fact. */
  move(transfer: ModelTransfer, leg: ModelLeg, told: MovedUnits & { readonly occurredAtMs: number }): void {
    const { sku, units, occurredAtMs } = told;
    if (leg === 'SHIP') {
      this.#model.move({ sku, location: transfer.from as string }, -units, occurredAtMs);
      this.#retire(transfer, told);
    }
    if (leg === 'RECEIVE') this.#model.move({ sku, location: transfer.to }, units, occurredAtMs);
    for (const [line, part] of this.#spread(transfer, leg, told)) {
      if (leg === 'SHIP') line.shipped += part;
      if (leg === 'LOSE') line.lost += part;
      if (leg !== 'RECEIVE') continue;
      // What turns up although it was written off was not lost.
      const beyond = Math.max(0, part - Math.max(0, inTransit(line)));
      line.lost -= Math.min(line.lost, beyond);
      line.received += part;
    }
  }

  /** What has left and has neither arrived nor been written off. */
  between(sku: string): number {
    const lines = this.all.flatMap((transfer) => transfer.lines).filter((line) => line.sku === sku);
    return lines.reduce((total, line) => total + inTransit(line), 0);
  }

  toCome({ sku, location }: Shelf): readonly ModelArrival[] {
    return this.all
      .filter(({ to }) => to === location)
      .map(({ lines, expectedAtMs }) => {
        const own = lines.filter((line) => line.sku === sku);
        return { units: own.reduce((total, line) => total + inTransit(line), 0), expectedAtMs };
      })
      .filter(({ units }) => units > 0);
  }

  /** The lines of the SKU take what they still lack, one after the other; the last one takes the rest. */
  #spread(transfer: ModelTransfer, leg: ModelLeg, { sku, units }: MovedUnits): readonly [ModelTransferLine, number][] {
    const lines = transfer.lines.filter((line) => line.sku === sku);
    if (lines.length === 0) {
      const unasked = { line: `unasked-${sku}`, sku, asked: 0, shipped: 0, received: 0, lost: 0 };
      transfer.lines.push(unasked);
      return [[unasked, units]];
    }
    let left = units;
    return lines.map((line, index) => {
      const lacking = index === lines.length - 1 ? left : Math.min(left, openOf(transfer, line, leg));
      left -= lacking;
      return [line, lacking];
    });
  }

  #retire(transfer: ModelTransfer, { sku, units }: MovedUnits): void {
    let left = units;
    for (const claim of this.#claimsOf(transfer)) {
      if (claim.sku !== sku) continue;
      const taken = Math.min(left, claim.units);
      left -= taken;
      claim.units -= taken;
      claim.picked = Math.max(0, claim.picked - taken);
    }
  }

  #claimsOf({ id }: ModelTransfer) {
    return this.#model.allocations.filter(({ order }) => order === id);
  }
}

const inTransit = ({ shipped, received, lost }: ModelTransferLine): number => shipped - received - lost;

function openOf({ phase }: ModelTransfer, line: ModelTransferLine, leg: ModelLeg): number {
  if (leg !== 'SHIP') return Math.max(0, inTransit(line));
  return phase === 'CANCELLED' ? 0 : Math.max(0, line.asked - line.shipped);
}

/** As soon as anything moved, what moved decides. */
export function statusOf(transfer: ModelTransfer): string {
  const { phase, lines } = transfer;
  if (lines.every(({ shipped, received, lost }) => shipped + received + lost === 0)) return phase;
  const isOpen = lines.some((line) => inTransit(line) > 0 || openOf(transfer, line, 'SHIP') > 0);
  if (!isOpen) return 'RECEIVED';
  return lines.some(({ received, lost }) => received + lost > 0) ? 'PARTIALLY_RECEIVED' : 'IN_TRANSIT';
}
