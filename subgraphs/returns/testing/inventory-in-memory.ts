import { Refusal } from '../../../kernel/model/errors.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import {
  disposeReturn,
  recordMovement,
  type DisposeReturn,
  type RecordMovement,
} from '../../../schema/commands/inventory.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';

/** The ledger as its contract says it, as far as returns go: what is disposed must be RETURN_PENDING there. */
export class InventoryInMemory {
  readonly movements: RecordMovement[] = [];
  readonly disposals: DisposeReturn[] = [];
  readonly #pending = new Map<string, number>();
  readonly #done = new Set<string>();
  #stops: (() => void)[] = [];

  /** A receipt that the ledger hears of by itself. */
  receive(location: string, sku: string, quantity: number): void {
    this.#pending.set(`${sku}@${location}`, this.pendingOf(location, sku) + quantity);
  }

  pendingOf(location: string, sku: string): number {
    return this.#pending.get(`${sku}@${location}`) ?? 0;
  }

  serve(rpc: Rpc): void {
    const subject = (name: string): string => rpcSubjectOf('inventory', name);
    this.#stops = [
      rpc.serve(subject(recordMovement.name), async ({ payload }) => this.#record(payload as RecordMovement)),
      rpc.serve(subject(disposeReturn.name), async ({ payload }) => this.#dispose(payload as DisposeReturn)),
    ];
  }

  goDown(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #record(request: RecordMovement): object {
    if (this.#done.has(request.commandId)) return { changeCursor: '' };
    this.#done.add(request.commandId);
    this.movements.push(request);
    for (const { sku, quantity } of request.lines) this.receive(request.location, sku, Number(quantity));
    return { changeCursor: '' };
  }

  #dispose(request: DisposeReturn): object {
    if (this.#done.has(request.commandId)) return { changeCursor: '' };
    for (const { sku, quantity, revises } of request.lines) {
      if (revises !== undefined || Number(quantity) <= this.pendingOf(request.location, sku)) continue;
      throw new Refusal('INSUFFICIENT_STOCK', 'not RETURN_PENDING there');
    }
    this.#done.add(request.commandId);
    this.disposals.push(request);
    for (const { sku, quantity, revises } of request.lines) {
      if (revises === undefined) this.receive(request.location, sku, -Number(quantity));
    }
    return { changeCursor: '' };
  }
}
