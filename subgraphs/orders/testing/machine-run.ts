import { isRefusal, Refusal } from '../../../kernel/model/errors.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import { DAY_MS } from '../domain/times/time-rules.ts';
import { transition } from '../domain/transition.ts';
import { countUnits } from '../domain/units.ts';
import { differencesOf, explainedByCommands, forgottenClaims, misnamedClaims } from './commands-in-flight.ts';
import { KEPT_BY_ERP, TELLING } from './hand-off-samples.ts';
import { InventoryModel, type Coverage } from './inventory-model.ts';
import { commandOf } from './machine-command.ts';
import {
  COUNTER,
  LOCATIONS,
  WMS_LOCATIONS,
  type MachineStart,
  type MachineStep,
  type WorkTold,
} from './machine-step.ts';
import { allocateAt, NOW_MS, releaseAt, sampleOrder, settleAll, settleNext, told } from './sample-order.ts';
import { assertWhole, must } from './whole-order.ts';

const PARTLY_COLLECTED = [
  { sku: 'MUG', decimals: 0, ordered: 3, unitPriceMinor: 100 },
  { sku: 'JUG', decimals: 0, ordered: 2, unitPriceMinor: 250, pickupAt: COUNTER },
] as const;
/** Units that a location can tell of. */
const AT_WORK = ['ALLOCATED', 'RELEASED', 'CANCEL_REQUESTED', 'PICKED', 'PACKED', 'READY_FOR_PICKUP'] as const;
/** Messages that may come again. */
const REPEATABLE_MAX = 6;

/** What is made wrong on purpose, to see that it is noticed. */
export interface Fault {
  /** What becomes of an order after a change. */
  readonly spoil?: (before: Order, after: Order) => Order;
  readonly inventory?: InventoryModel;
}

/**
 * An order, and a ledger that answers by the contract. Locations are honest: what they tell is true of their shelves. Nothing
 * else can be relied on: what is told may be late, twice, of steps that are behind or far ahead; answers get lost.
 */
export class MachineRun {
  order: Order;
  readonly inventory: InventoryModel;
  readonly #spoil: Fault['spoil'];
  /** What the ledger has covered and nobody has told the order yet, in order. */
  readonly #covered: Coverage[] = [];
  /** The newest last. */
  readonly #repeatable: OrderCommand[] = [];
  #ordinal = 0;
  #days = 0;

  constructor(location: MachineStart, fault: Fault = {}) {
    this.#spoil = fault.spoil;
    this.inventory = fault.inventory ?? new InventoryModel(LOCATIONS);
    const parts = { noticePlan: TELLING, sale: KEPT_BY_ERP };
    this.order = sampleOrder(location === COUNTER ? { ...parts, lines: PARTLY_COLLECTED } : parts);
    // With little at the beginning, the order begins with units that wait.
    const stock = (at: string): number => (location !== null ? 4 : at === 'DC' ? 1 : 0);
    this.inventory.oversellLimit = 4;
    for (const sku of ['MUG', 'JUG', 'CUP']) for (const each of LOCATIONS) this.inventory.put(sku, each, stock(each));
    if (location === null) return;
    this.order = allocateAt(settleAll(this.order, this.inventory), location, this.inventory);
    this.order = releaseAt(this.order, location, !WMS_LOCATIONS.includes(location));
    // Picked, so that little is in the way of a hand-over.
    if (location === COUNTER) this.#try({ type: 'FulfilOrder', location, step: 'PICK', told: told('picked') });
  }

  /** @throws {Error} when something does not hold afterwards */
  take(next: MachineStep): void {
    const before = this.order;
    this.#ordinal++;
    // Changes add lines, which are as good as the first ones.
    this.#act({ ...next, line: next.line % before.lines.length });
    if (this.#spoil) this.order = this.#spoil(before, this.order);
    this.#assertExplained();
    assertWhole(before, this.order);
  }

  /** Everything in flight comes through. @throws {Error} when order and ledger do not agree then */
  finish(): void {
    for (const command of this.order.pending) {
      if (command.name === 'release-work') this.#answer(command.id, { status: 'DONE' });
      if (command.name === 'stop-work') this.#answer(command.id, { status: 'DONE', stopped: 'CANCELLED' });
    }
    this.order = settleAll(this.order, this.inventory);
    while (this.#covered.length > 0) this.#tellCoverage();
    const differences = differencesOf(this.order, this.inventory);
    must(differences.size === 0, 'nothing is unexplained at the end', [...differences]);
    for (const { id, units } of this.order.lines) {
      const active = [...this.inventory.reservations.values()].filter((each) => each.isActive && each.line === id);
      const owed = active.reduce((sum, each) => sum + each.owed, 0);
      must(countUnits(units, { states: ['BACKORDERED'] }) === owed, `what ${id} is owed waits`, { owed, units });
    }
  }

  /** Between any two steps: each claim that is too many or too few is that of a command in flight (I30). */
  #assertExplained(): void {
    const { order, inventory } = this;
    const differences = [...differencesOf(order, inventory)];
    const explained = [...explainedByCommands(order, inventory)];
    const isExplained = JSON.stringify(differences) === JSON.stringify(explained);
    must(isExplained, 'each difference is explained by a command in flight', { differences, explained });
    const lost = [...misnamedClaims(order, inventory), ...forgottenClaims(order)];
    must(lost.length === 0, 'each claim is in the ledger or waits for a command in flight', lost);
  }

  #act(next: MachineStep): void {
    const { kind, isYes } = next;
    switch (kind) {
      case 'settle':
        this.order = settleNext(this.order, this.inventory);
        return;
      case 'settle-twice':
        this.#settleTwice();
        return;
      case 'lose-answer':
        this.#loseAnswer();
        return;
      case 'restart':
        this.#restart(isYes);
        return;
      case 'repeat':
        this.#repeat(next.line);
        return;
      case 'answer-work':
        this.#answerWork(isYes);
        return;
      case 'pass-time':
        this.#passTime(next.quantity);
        return;
      case 'find-short':
        this.#findShort(next);
        return;
      case 'restock':
      case 'cover':
      case 'tell-coverage':
        this.#stock(kind, next);
        return;
      case 'pick':
      case 'pack':
      case 'ship':
      case 'short':
      case 'end':
        this.#work(kind, next);
        return;
      default: {
        const command = commandOf(this.order, { ...next, kind }, this.#told());
        if (command) this.#try(command);
      }
    }
  }

  /** Far enough for parcels to be taken to have arrived, for what waits to be collected, and for the order to be closed. */
  #passTime(months: number): void {
    this.#days += months * 30;
    const afterMs = this.#days * DAY_MS;
    this.#try({ type: 'PassTime', nowMs: NOW_MS + afterMs, told: this.#told(afterMs) });
  }

  #stock(kind: 'restock' | 'cover' | 'tell-coverage', { line, location, quantity, isYes }: MachineStep): void {
    const { sku = '' } = this.order.lines[line] ?? {};
    if (kind === 'tell-coverage') this.#tellCoverage();
    if (kind === 'restock') this.inventory.put(sku, location, this.inventory.stockOf(sku, location) + quantity);
    // As the ledger does; that it does so late is a step of its own.
    if (kind === 'cover' || (kind === 'restock' && isYes)) this.#covered.push(...this.inventory.cover(sku));
  }

  #findShort(next: MachineStep): void {
    const short = [{ line: this.order.lines[next.line]?.id ?? '', quantity: next.quantity }];
    const plan = { type: 'PlanAllocation', choices: [], unsourced: [], givenUp: [], short } as const;
    this.#try({ ...plan, shortPolicy: 'SOURCE_AGAIN', told: this.#told() });
    this.order = settleNext(this.order, this.inventory);
    this.#ordinal++;
    if (next.isYes) this.#try({ ...plan, shortPolicy: 'CANCEL', told: this.#told() });
  }

  /** What a location tells about work: never about more units than it has of the line. */
  #work(kind: WorkTold, next: MachineStep): void {
    const { location, line: at } = next;
    const line = this.order.lines[at];
    if (!line || !WMS_LOCATIONS.includes(location)) return;
    const quantity = Math.min(next.quantity, countUnits(line.units, { states: AT_WORK, location }));
    if (quantity === 0) return;
    const about = { location, lines: [{ line: line.id, quantity }], misfits: [], told: this.#told() };
    const eventId = about.told.evidence;
    if (kind === 'short') {
      this.#try({ type: 'RecordShortPick', eventId, ...about });
      if (next.isYes) this.#ledgerHearsOfShortPick();
    } else if (kind === 'end') {
      this.#try({ type: 'EndRelease', reason: 'busy', ...about });
    } else if (kind === 'ship') {
      const parcel = { externalId: eventId, carrier: null, trackingNumber: null };
      this.#try({ type: 'RecordWork', step: 'SHIPPED', parcel, ...about });
      this.inventory.ship(line.id, line.sku, { location, quantity });
    } else {
      this.#try({ type: 'RecordWork', step: kind === 'pick' ? 'PICKED' : 'PACKED', ...about });
    }
  }

  /** The ledger may carry the command out on hearing the fact, before the order asks for the same. */
  #ledgerHearsOfShortPick(): void {
    const last = this.order.pending.at(-1);
    if (last?.name === 'deallocate-stock') this.inventory.answer(last.name, last.request);
  }

  #answerWork(isYes: boolean): void {
    const command = this.order.pending.find((each) => each.name === 'release-work' || each.name === 'stop-work');
    if (command?.name === 'stop-work') {
      this.#answer(command.id, { status: 'DONE', stopped: isYes ? 'CANCELLED' : 'REFUSED' });
    } else if (command) {
      const refused = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no', details: {} } as const;
      this.#answer(command.id, isYes ? { status: 'DONE' } : refused);
    }
  }

  /** Two senders of one command: the second answer must change nothing. */
  #settleTwice(): void {
    const first = this.#nextForLedger();
    this.order = settleNext(this.order, this.inventory);
    if (!first) return;
    const once = this.order;
    this.#answer(first.id, { status: 'DONE', reservations: [] });
    must(this.order === once, 'a second answer changes nothing', first.id);
  }

  /** The ledger has carried the next command out, and the order does not hear of it yet. */
  #loseAnswer(): void {
    const next = this.#nextForLedger();
    if (next) ask(this.inventory, next);
  }

  #nextForLedger() {
    for (const command of this.order.pending) if ('request' in command) return command;
    return undefined;
  }

  /**
   * All that is left of a process is what it had saved. Every command in flight is sent again, and its answer comes this time,
   * or the process ends before it does.
   */
  #restart(isAnswered: boolean): void {
    this.order = JSON.parse(JSON.stringify(this.order)) as Order;
    const sent = this.order.pending.filter((command) => this.inventory.made(command.id));
    for (const command of sent) {
      const before = differencesOf(this.order, this.inventory);
      if ('request' in command) ask(this.inventory, command);
      const after = differencesOf(this.order, this.inventory);
      must(isSameText(before, after), 'a command that is sent again does nothing again', command.id);
    }
    if (!isAnswered) return;
    const known = new Set(sent.map(({ id }) => id));
    for (let next = this.#nextForLedger(); next && known.has(next.id); next = this.#nextForLedger()) {
      this.order = settleNext(this.order, this.inventory);
    }
  }

  /** A message or command that was applied comes again, however late. */
  #repeat(nth: number): void {
    const command = this.#repeatable[nth % Math.max(1, this.#repeatable.length)];
    if (!command) return;
    const again = transition(this.order, command);
    must(!isRefusal(again) && again.state === this.order, 'what comes again changes nothing', command.type);
  }

  #answer(commandId: string, outcome: CommandOutcome): void {
    this.#try({ type: 'SettleCommand', commandId, outcome, told: told(commandId) });
  }

  #tellCoverage(): void {
    const coverage = this.#covered.shift();
    if (coverage) this.#try({ type: 'CoverBackorder', ...coverage, told: told(`covered-${++this.#ordinal}`) });
  }

  #told(afterMs = 0) {
    return told(`m${this.#ordinal}`, afterMs);
  }

  /** A refusal changes nothing; what was applied under a key is not applied again. */
  #try(command: OrderCommand): void {
    const once = { key: `k${this.#ordinal}/${command.type}`, contentHash: 'h' };
    const keyed = { ...command, once };
    const result = transition(this.order, keyed);
    if (isRefusal(result)) return;
    this.order = result.state;
    if (!(once.key in this.order.applied)) return;
    const again = transition(this.order, keyed);
    const isNothing = !isRefusal(again) && again.state === this.order && again.events.length === 0;
    must(isNothing, 'what was applied is not applied again', command.type);
    this.#repeatable.push(keyed);
    if (this.#repeatable.length > REPEATABLE_MAX) this.#repeatable.shift();
  }
}

const isSameText = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  JSON.stringify([...a]) === JSON.stringify([...b]);

/** What is refused is refused again when it is asked again; another content under the same id is nobody's intention. */
function ask(inventory: InventoryModel, { name, request }: { readonly name: string; readonly request: unknown }): void {
  try {
    inventory.answer(name, request);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'IDEMPOTENCY_KEY_REUSED') throw error;
  }
}
