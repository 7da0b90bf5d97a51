import { invariant, isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Disposition } from '../../../schema/events/fields.ts';
import {
  claimedByOthers,
  claimUnits,
  grantStretch,
  noClaims,
  releaseStretches,
  setClaim,
  stepsClaimedBy,
  type OrderClaims,
} from '../domain/order-claims.ts';
import { isDue, netOf, NO_PARTS, refundDueOf } from '../domain/refund-parts.ts';
import type { RefundTerms } from '../domain/refund-terms.ts';
import { requestReturn, type RequestedLine } from '../domain/request-return.ts';
import type { Change, Refund, RefundProgress, ReturnState } from '../domain/return-state.ts';
import {
  closeFinished,
  refundStatusOf,
  setTask,
  settleDisposal,
  settleRefund,
  settleRegistration,
} from '../domain/settle-task.ts';
import { settleMoney } from '../domain/settle-money.ts';
import { isMeantBy } from '../domain/split-line.ts';
import type { Task, TaskOf } from '../domain/task.ts';
import { NOW_MS, requestedLine } from './return-samples.ts';

/** Where a disposition brings goods, written out a second time on purpose. */
const BUCKETS: Readonly<Record<Exclude<Disposition, 'KEEP_IT'>, string>> = {
  RESTOCK: 'SELLABLE',
  REFURBISH: 'QC_HOLD',
  DAMAGED: 'DAMAGED',
  RETURN_TO_VENDOR: 'QUARANTINE',
  LIQUIDATE: 'SHRINK',
  DONATE: 'SHRINK',
  DESTROY: 'SHRINK',
  MISSING: 'SHRINK',
};

export interface WorldOptions {
  /** Units of the one line of the one order. */
  readonly sold: number;
  readonly worthMinor: number;
  readonly capturedMinor: number;
}

/**
 * One order with one line, any number of returns of it, and what orders and the ledger make of their commands by their
 * contracts: sums alone, without the documents, streams and clocks of the real ones.
 */
export class ReturnsWorld {
  readonly returns = new Map<string, ReturnState>();
  /** Units by `bucket@location`. */
  readonly stock = new Map<string, number>();
  /** What orders keeps of each refund, by the command. */
  readonly refunds = new Map<string, RefundProgress>();
  readonly options: WorldOptions;
  returned = 0;
  /** Paid by customers for what they owed. */
  paidMinor = 0;
  /** Whether whoever pays answers at once. */
  pays: 'now' | 'later' | 'no' = 'now';
  #claims: OrderClaims = noClaims('o1');
  #ordinal = 0;

  constructor(options: WorldOptions) {
    this.options = options;
  }

  readonly nextId = (): string => `n${++this.#ordinal}`;

  /** What the order can still give back. */
  get refundableMinor(): number {
    const used = [...this.refunds.values()].reduce((sum, each) => sum + each.pendingMinor + each.succeededMinor, 0);
    return this.options.capturedMinor + this.paidMinor - used;
  }

  stockOf(place: string): number {
    return this.stock.get(place) ?? 0;
  }

  /** @returns whether it was claimed and opened */
  open(steps: number, terms: RefundTerms): boolean {
    const { sold, worthMinor } = this.options;
    const id = this.nextId();
    const noTaxes = { goodsTaxMinor: 0, shippingTaxMinor: 0, otherTaxMinor: 0 };
    const worth = { ordered: sold, goodsMinor: worthMinor, shippingMinor: 0, otherMinor: 0, ...noTaxes };
    const line: RequestedLine = { ...requestedLine({ id: this.nextId(), steps }), worth, terms };
    const lines = [{ orderLine: 'ol1', steps, decimals: 0 } as const];
    const returnable = new Map([['ol1', sold - this.returned]]);
    const claims = claimUnits(this.#claims, { returnId: id, version: 0, nowMs: NOW_MS, lines, returnable });
    if (isRefusal(claims)) return false;
    this.#claims = claims;
    const answer = { outcome: 'AUTHORIZED', reasons: [], rulesVersion: 'v1', terms: [] } as const;
    const request = { id, number: id, order: 'o1', start: 'CUSTOMER', customer: 'c1', currency: 'GBP' } as const;
    const { state } = requestReturn({
      ...request,
      location: null,
      lines: [line],
      answer,
      nowMs: NOW_MS,
      correlationId: 'k',
    });
    this.returns.set(id, state);
    return true;
  }

  take(id: string, decide: (state: ReturnState) => Change | RefusalValue): void {
    const state = this.returns.get(id);
    if (!state) return;
    const change = decide(state);
    if (!isRefusal(change)) this.returns.set(id, change.state);
  }

  /** Does what returns wait for: all of it, or the next task of each. */
  runTasks(which: 'all' | 'next'): void {
    for (const id of this.returns.keys()) {
      for (let left = which === 'all' ? 100 : 1; left > 0; left--) {
        const state = this.#state(id);
        const task = state.tasks.find((each) => each.state === 'PENDING');
        if (!task) break;
        const done = setTask(this.#perform(state, task), { ...task, state: 'DONE', attempts: 1 });
        this.returns.set(id, closeFinished(done));
      }
    }
  }

  /** A provider says what became of a refund that it has taken on, also after it had failed, or it comes back. */
  tell(which: number, outcome: 'succeededMinor' | 'failedMinor' | 'reversedMinor' | 'lateMinor'): void {
    if (outcome === 'lateMinor') this.#moveRefund(which, 'failedMinor', 'succeededMinor');
    else this.#moveRefund(which, outcome === 'reversedMinor' ? 'succeededMinor' : 'pendingMinor', outcome);
  }

  #moveRefund(which: number, from: keyof RefundProgress, outcome: keyof RefundProgress): void {
    const claims = from === 'failedMinor' ? this.refundableMinor : Number.POSITIVE_INFINITY;
    const open = [...this.refunds].filter(([, progress]) => progress[from] > 0 && progress[from] <= claims);
    const [commandId, progress] = open[which % Math.max(1, open.length)] ?? [];
    if (commandId === undefined || !progress) return;
    const moved = { ...progress, [from]: 0, [outcome]: progress[outcome] + progress[from] };
    this.refunds.set(commandId, moved);
    for (const [id, state] of this.returns) {
      const task = state.tasks.find((each) => each.id === commandId);
      if (task?.kind !== 'REGISTER_REFUND') continue;
      const change = settleRefund(state, {
        refund: task.refund,
        status: refundStatusOf(moved),
        progress: moved,
        nowMs: NOW_MS,
        nextId: this.nextId,
      });
      this.returns.set(id, closeFinished(change.state));
    }
  }

  #state(id: string): ReturnState {
    const state = this.returns.get(id);
    invariant(state, 'A return is known.', { id });
    return state;
  }

  #perform(state: ReturnState, task: Task): ReturnState {
    switch (task.kind) {
      case 'RECORD_RECEIPT':
        for (const { quantity } of task.lines)
          this.#move(undefined, `RETURN_PENDING@${task.location}`, Number(quantity));
        return state;
      case 'REGISTER_RETURN':
        this.returned += task.lines.reduce((sum, { quantity }) => sum + Number(quantity), 0);
        return settleRegistration(state, task);
      case 'SYNC_CLAIMS': {
        const claim = { returnId: state.id, version: ++this.#ordinal, nowMs: NOW_MS, steps: stepsClaimedBy(state) };
        this.#claims = setClaim(releaseStretches(this.#claims, state), claim);
        return state;
      }
      case 'DISPOSE':
        this.#dispose(state, task);
        return settleDisposal(state, task);
      case 'GRANT_REFUND':
        return this.#grant(state, task);
      case 'REGISTER_CHARGE': {
        const charge = state.charges?.find(({ id }) => id === task.charge);
        this.paidMinor += charge ? charge.amount.amountMinor - charge.offsetMinor : 0;
        return state;
      }
      case 'REGISTER_REFUND':
        return this.#refund(state, task);
      case 'FIND_SALE':
        return state;
    }
  }

  /** A revision goes back first, whatever became of the goods meanwhile. */
  #dispose({ lines, tasks }: ReturnState, { id, location, lines: disposed }: TaskOf<'DISPOSE'>): void {
    const place = tasks.findIndex((task) => task.id === id);
    const pending = `RETURN_PENDING@${location}`;
    for (const { returnLine: named, quantity, disposition } of disposed) {
      const movedAs = lines.find((line) => isMeantBy(line, { named, place }))?.movedAs;
      if (movedAs !== undefined && movedAs !== 'KEEP_IT')
        this.#move(bucketAt(movedAs, location), pending, Number(quantity));
      if (disposition !== 'KEEP_IT') this.#move(pending, bucketAt(disposition, location), Number(quantity));
    }
  }

  #move(from: string | undefined, to: string, quantity: number): void {
    if (from !== undefined) this.stock.set(from, this.stockOf(from) - quantity);
    this.stock.set(to, this.stockOf(to) + quantity);
  }

  #grant(state: ReturnState, { handOut }: TaskOf<'GRANT_REFUND'>): ReturnState {
    const lines = state.lines.map((line) => {
      if (!isDue(line) || line.orderLine === null || line.stretch) return line;
      const { claims, stretch } = grantStretch(this.#claims, {
        orderLine: line.orderLine,
        returnLine: line.id,
        steps: line.steps,
      });
      this.#claims = claims;
      return { ...line, stretch };
    });
    const counted = { ...state, lines };
    const due = refundDueOf(counted);
    const waiting = state.refunds.filter(({ status }) => status === 'REQUESTED');
    const leftMinor = this.refundableMinor - waiting.reduce((sum, { amount }) => sum + amount.amountMinor, 0);
    const isMore = netOf(due) > netOf(state.granted ?? NO_PARTS);
    return settleMoney(counted, {
      due,
      leftMinor: isMore ? leftMinor : 0,
      handOut,
      nowMs: NOW_MS,
      nextId: this.nextId,
    });
  }

  #refund(state: ReturnState, { id, refund: name }: TaskOf<'REGISTER_REFUND'>): ReturnState {
    const refund = state.refunds.find((each) => each.id === name) as Refund;
    const { amountMinor } = refund.amount;
    if (amountMinor > this.refundableMinor) {
      return settleRefund(state, { refund: name, status: 'FAILED', nowMs: NOW_MS, nextId: this.nextId }).state;
    }
    const none = { pendingMinor: 0, succeededMinor: 0, failedMinor: 0, reversedMinor: 0 };
    const member = { now: 'succeededMinor', later: 'pendingMinor', no: 'failedMinor' }[this.pays];
    const progress = { ...none, [member]: amountMinor };
    this.refunds.set(id, progress);
    const told = { status: refundStatusOf(progress), progress, nowMs: NOW_MS, nextId: this.nextId };
    return settleRefund(state, { refund: name, ...told }).state;
  }

  /** Claimed by open returns, and not known to the order yet. */
  get claimed(): number {
    return claimedByOthers(this.#claims, '').get('ol1') ?? 0;
  }
}

export const bucketAt = (disposition: Exclude<Disposition, 'KEEP_IT'>, location: string): string =>
  `${BUCKETS[disposition]}@${location}`;
