import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { Rpc } from '../../../kernel/ports/rpc.ts';
import type { CommandDefinition } from '../../../schema/commands/command-definition.ts';
import {
  describeSale,
  matchSale,
  registerCharge,
  registerRefund,
  registerReturn,
  type DescribeSale,
  type MatchSale,
  type RegisterCharge,
  type RegisterRefund,
  type RegisterReturn,
} from '../../../schema/commands/orders.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import type { Sale } from '../domain/sale.ts';

interface KnownOrder {
  readonly sale: Sale;
  readonly returned: Map<string, number>;
  refundedMinor: number;
}

/** The owner of orders as its contract says it: caps hold, and a command is applied once. */
export class OrdersInMemory {
  readonly refunds: RegisterRefund[] = [];
  readonly registrations: RegisterReturn[] = [];
  /** Refusals of `register-return`; a hub that claims units before it takes them back causes none. */
  refusedReturns = 0;
  /** Commands that are applied and whose answer never arrives. */
  answersToLose = 0;
  /** What whoever pays says at once; null: it is paid, and nothing is said. */
  progress: 'pendingMinor' | 'failedMinor' | null = null;
  readonly #orders = new Map<string, KnownOrder>();
  readonly #done = new Set<string>();
  #stops: (() => void)[] = [];

  add(sale: Sale): void {
    this.#orders.set(sale.order, { sale, returned: new Map(), refundedMinor: 0 });
  }

  returnedOf(order: string, line: string): number {
    return this.#orders.get(order)?.returned.get(line) ?? 0;
  }

  serve(rpc: Rpc): void {
    this.#stops = [
      this.#serve(rpc, describeSale, (request) => ({ sale: this.#describe(request as DescribeSale) })),
      this.#serve(rpc, matchSale, (request) => ({ sale: this.#match(request as MatchSale) })),
      this.#serve(rpc, registerReturn, (request) => this.#return(request as RegisterReturn)),
      this.#serve(rpc, registerRefund, (request) => this.#refund(request as RegisterRefund)),
      this.#serve(rpc, registerCharge, (request) => this.#charge(request as RegisterCharge)),
    ];
  }

  goDown(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #serve(rpc: Rpc, { context, name }: CommandDefinition, answer: (request: unknown) => object): () => void {
    return rpc.serve(rpcSubjectOf(context, name), async ({ payload }) => {
      const reply = answer(payload);
      const isCommand = name === registerReturn.name || name === registerRefund.name;
      if (isCommand && this.answersToLose-- > 0) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The answer was lost.');
      return reply;
    });
  }

  #describe({ order, channel, externalId }: DescribeSale): Sale | null {
    const known = [...this.#orders.values()].find(({ sale }) =>
      order === undefined ? sale.channel === channel && sale.externalId === externalId : sale.order === order,
    );
    return known ? current(known) : null;
  }

  #match({ customer, lines }: MatchSale): Sale | null {
    const fitting = [...this.#orders.values()].map(current).find((sale) => {
      const open = (sku: string): number =>
        sale.lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + Number(line.returnable), 0);
      return sale.customer === customer && lines.every((line) => Number(line.quantity) <= open(line.sku));
    });
    return fitting ?? null;
  }

  #return(request: RegisterReturn): object {
    const known = this.#known(request.order);
    if (this.#isDone(request.commandId)) return { changeCursor: '' };
    const sale = current(known);
    for (const { orderLine, quantity } of request.lines) {
      const open = Number(sale.lines.find((line) => line.orderLine === orderLine)?.returnable ?? 0);
      if (Number(quantity) <= open) continue;
      this.refusedReturns++;
      throw new Refusal('RETURN_EXCEEDS_SOLD', 'more than was handed over', { orderLine });
    }
    this.#done.add(request.commandId);
    this.registrations.push(request);
    for (const { orderLine, quantity } of request.lines) {
      known.returned.set(orderLine, (known.returned.get(orderLine) ?? 0) + Number(quantity));
    }
    return { changeCursor: '' };
  }

  #refund(request: RegisterRefund): object {
    const known = this.#known(request.order);
    if (this.#isDone(request.commandId)) return { changeCursor: '' };
    if (request.amount.amountMinor > current(known).refundable.amountMinor) {
      throw new Refusal('REFUND_EXCEEDS_CAPTURED', 'more than was captured');
    }
    this.#done.add(request.commandId);
    this.refunds.push(request);
    if (this.progress !== 'failedMinor') known.refundedMinor += request.amount.amountMinor;
    if (this.progress === null) return { changeCursor: '' };
    return { changeCursor: '', refund: progressOf(this.progress, request.amount.amountMinor) };
  }

  #charge({ order, commandId, amount }: RegisterCharge): object {
    const known = this.#known(order);
    if (this.#isDone(commandId)) return { changeCursor: '' };
    this.#done.add(commandId);
    known.refundedMinor -= amount.amountMinor;
    return { changeCursor: '' };
  }

  #known(order: string): KnownOrder {
    const known = this.#orders.get(order);
    if (!known) throw new Refusal('UNKNOWN_ORDER', 'no such order');
    return known;
  }

  #isDone(commandId: string): boolean {
    return this.#done.has(commandId);
  }
}

/** All of a refund got so far. */
export function progressOf(member: keyof typeof NO_PROGRESS, amountMinor: number): typeof NO_PROGRESS {
  return { ...NO_PROGRESS, [member]: amountMinor };
}

const NO_PROGRESS = { pendingMinor: 0, succeededMinor: 0, failedMinor: 0, reversedMinor: 0 };

function current({ sale, returned, refundedMinor }: KnownOrder): Sale {
  return {
    ...sale,
    lines: sale.lines.map((line) => ({
      ...line,
      // Three decimals are enough for the smallest step that the tests use.
      returnable: String(Number((Number(line.returnable) - (returned.get(line.orderLine) ?? 0)).toFixed(3))),
    })),
    refundable: { ...sale.refundable, amountMinor: sale.refundable.amountMinor - refundedMinor },
  };
}
