import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { Told } from '../domain/told.ts';
import type { PaymentTold } from '../domain/money/payment-told.ts';
import { findPayment } from '../domain/money/payment.ts';

export type PaymentAsked = Extract<PendingCommand, { readonly payment: string }>;
type Operation = 'CAPTURE' | 'VOID' | 'REFUND' | 'CHARGEBACK';

interface Held {
  promisedMinor: number;
  readonly overMinor: number;
  isPending: boolean;
  isOver: boolean;
  readonly done: Map<
    string,
    { readonly kind: Operation; readonly amountMinor: number; state: 'OPEN' | 'DONE' | 'FAILED' }
  >;
}

/** A callback that is under way to the hub. */
export interface Callback {
  readonly payment: string;
  readonly about: PaymentTold;
  readonly atMs: number;
}

const KINDS = { 'capture-payment': 'CAPTURE', 'void-payment': 'VOID', 'refund-payment': 'REFUND' } as const;
const NOW_MS = Date.UTC(2026, 0, 5, 12);

/**
 * A payment provider by its contract, which knows a command by its key. It throws when it is asked for more than it
 * promised or took: a hub that keeps its books never does so.
 */
export class PaymentModel {
  /** By the hub's id. */
  readonly held = new Map<string, Held>();
  /** Everything that was ever told, in its order. */
  readonly callbacks: Callback[] = [];
  #ticks = 0;

  /** What becomes of a command. `later`: it is taken on, and settled by `settle`. */
  answer(order: Order, command: PaymentAsked, fate: 'now' | 'later' | 'no'): CommandOutcome {
    const { payment, amountMinor } = command;
    if (command.name === 'authorise-payment') return this.#promise(order, command, fate);
    const held = this.#of(payment);
    const known = held.done.get(command.id);
    if (!known) {
      const kind = KINDS[command.name];
      if (kind === 'REFUND' ? amountMinor > this.refundable(payment) : amountMinor > this.capturable(payment)) {
        // That a promise ended, or that a bank took money back, nobody can know in time.
        const isKnown = kind === 'REFUND' ? this.sum(payment, 'CHARGEBACK') === 0 : !held.isOver;
        if (isKnown) throw new Error(`${kind} of ${amountMinor} is more than the payment holds.`);
        return { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'too late', details: {} };
      }
      held.done.set(command.id, { kind, amountMinor, state: 'OPEN' });
      if (fate !== 'later') this.settle(payment, command.id, fate === 'now');
    }
    const { state } = held.done.get(command.id) ?? { state: 'FAILED' };
    if (state === 'FAILED') return { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no', details: {} };
    return { status: 'DONE', operation: state === 'DONE' ? 'SUCCEEDED' : 'PENDING' };
  }

  /** Ends what is under way, and tells it. */
  settle(payment: string, id: string, isDone: boolean): void {
    const operation = this.#of(payment).done.get(id);
    if (operation?.state !== 'OPEN') return;
    operation.state = isDone ? 'DONE' : 'FAILED';
    const { kind, amountMinor } = operation;
    this.#tell(payment, { kind, outcome: isDone ? 'SUCCEEDED' : 'FAILED', command: id, amountMinor });
  }

  /** Ends everything that is under way. */
  settleAll(isDone: boolean): void {
    for (const [payment, held] of this.held) {
      if (held.isPending) this.complete(payment, isDone);
      for (const id of held.done.keys()) this.settle(payment, id, isDone);
    }
  }

  complete(payment: string, isPromised: boolean): void {
    const held = this.#of(payment);
    if (!held.isPending) return;
    held.isPending = false;
    if (!isPromised) held.isOver = true;
    const outcome = isPromised ? 'SUCCEEDED' : 'FAILED';
    this.#tell(payment, { kind: 'AUTHORIZATION', outcome, command: null, amountMinor: held.promisedMinor });
  }

  expire(payment: string): void {
    const held = this.held.get(payment);
    if (!held || held.isPending || held.isOver) return;
    held.isOver = true;
    this.#tell(payment, { kind: 'AUTHORIZATION', outcome: 'EXPIRED', command: null, amountMinor: held.promisedMinor });
  }

  chargeBack(payment: string, amountMinor: number): void {
    const held = this.held.get(payment);
    if (!held || amountMinor > this.refundable(payment)) return;
    const id = `chargeback-${++this.#ticks}`;
    held.done.set(id, { kind: 'CHARGEBACK', amountMinor, state: 'DONE' });
    this.#tell(payment, { kind: 'CHARGEBACK', outcome: 'SUCCEEDED', command: null, amountMinor }, id);
  }

  sum(payment: string, kind: Operation): number {
    const done = [...(this.held.get(payment)?.done.values() ?? [])];
    return done.reduce((sum, each) => sum + (each.kind === kind && each.state === 'DONE' ? each.amountMinor : 0), 0);
  }

  capturable(payment: string): number {
    const { promisedMinor, overMinor, isPending, isOver, done } = this.#of(payment);
    const used = [...done.values()].filter(({ kind, state }) => kind !== 'REFUND' && state !== 'FAILED');
    const usedMinor = used.reduce((sum, { kind, amountMinor }) => sum + (kind === 'CHARGEBACK' ? 0 : amountMinor), 0);
    return isPending || isOver ? 0 : promisedMinor + overMinor - usedMinor;
  }

  refundable(payment: string): number {
    const { done } = this.#of(payment);
    const refunds = [...done.values()].filter(({ kind, state }) => kind === 'REFUND' && state !== 'FAILED');
    const given = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, this.sum(payment, 'CHARGEBACK'));
    return this.sum(payment, 'CAPTURE') - given;
  }

  #promise(order: Order, { payment, amountMinor }: PaymentAsked, fate: 'now' | 'later' | 'no'): CommandOutcome {
    const { overCaptureMinor: overMinor = 0 } = findPayment(order, payment) ?? {};
    const known = this.held.get(payment);
    const held = known ?? {
      promisedMinor: amountMinor,
      overMinor,
      isPending: fate === 'later',
      isOver: fate === 'no',
      done: new Map(),
    };
    this.held.set(payment, held);
    if (!known && fate !== 'later') {
      this.#tell(payment, {
        kind: 'AUTHORIZATION',
        outcome: fate === 'now' ? 'SUCCEEDED' : 'FAILED',
        command: null,
        amountMinor,
      });
    }
    const status = held.isPending ? 'PENDING' : held.isOver ? 'DECLINED' : 'AUTHORIZED';
    const reference = `psp-${payment}`;
    const promise = { status, reference, amountMinor, expiresAtMs: null, verdict: null, reason: 'no' } as const;
    return { status: 'DONE', promise };
  }

  #of(payment: string): Held {
    const held = this.held.get(payment);
    if (!held) throw new Error(`The provider has no ${payment}.`);
    return held;
  }

  #tell(
    payment: string,
    told: Pick<PaymentTold, 'kind' | 'outcome' | 'command' | 'amountMinor'>,
    operation = told.command ?? `psp-${payment}`,
  ): void {
    const { kind, outcome, command, amountMinor } = told;
    const about: PaymentTold = {
      system: 'psp',
      kind,
      outcome,
      command,
      amountMinor,
      reference: `psp-${payment}`,
      operation,
      currency: 'GBP',
      expiresAtMs: null,
      reason: '',
    };
    this.callbacks.push({ payment, about, atMs: NOW_MS + ++this.#ticks });
  }
}

/** The command that a callback becomes. */
export function tellCallback({ payment, about, atMs }: Callback): OrderCommand {
  const told: Told = { source: about.system, evidence: about.operation, occurredAtMs: atMs, recordedAtMs: atMs + 9 };
  return { type: 'RecordPayment', payment, about, told };
}
