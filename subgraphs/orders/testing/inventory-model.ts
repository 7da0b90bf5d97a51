import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type {
  AllocateStock,
  BringStock,
  CancelReservations,
  DeallocateStock,
  FindNodes,
  FindNodesReply,
  GiveUpTransfer,
  PrioritiseReservations,
  RecordMovement,
  ReserveStock,
} from '../../../schema/commands/inventory.ts';

import { TransferModel } from './transfer-model.ts';

type Supply = NonNullable<FindNodesReply['lines'][number]['supply']>[number];

interface ModelReservation {
  readonly line: string;
  readonly sku: string;
  quantity: number;
  /** Of `quantity`, what is sold beyond stock. */
  owed: number;
  isActive: boolean;
  priority: number;
}

export interface Coverage {
  readonly reservation: string;
  readonly quantity: number;
}

interface Answer {
  readonly payload: string;
  readonly reply?: unknown;
  readonly refusal?: Refusal;
}

const CURSOR = 'inventory:epoch0.0';

/**
 * The ledger as orders knows it by its contract, in whole pieces and a few lines: it answers each command once, forgets
 * nothing, and never serves more than there is.
 */
export class InventoryModel {
  /** Of SKUs that are sold ahead: before when they do not leave. */
  readonly shipsAt = new Map<string, string>();
  /** How much of each SKU may be owed. */
  oversellLimit = 0;
  readonly reservations = new Map<string, ModelReservation>();
  /** `line|location` -> allocated and not shipped. */
  readonly allocations = new Map<string, number>();
  readonly movements: RecordMovement[] = [];
  readonly transfers = new TransferModel({
    bind: (line, sku, { location, quantity }) => this.#bind(line, sku, { location, quantity }),
    free: (line, { location, quantity }) => this.#deallocate(line, location, quantity),
    move: (sku, location, change) => this.put(sku, location, this.stockOf(sku, location) + change),
  });
  /** The names of the commands that were carried out, in order. */
  readonly done: string[] = [];
  readonly #stock = new Map<string, number>();
  readonly #locations: readonly string[];
  readonly #answers = new Map<string, Answer>();
  #ordinal = 0;

  /** @param locations in the order of the network's preference */
  constructor(locations: readonly string[]) {
    this.#locations = locations;
  }

  /** How often it was asked what each location could serve. */
  questions = 0;
  readonly #supply = new Map<string, Supply[]>();

  /** Stock that is to come. */
  expect(sku: string, supply: Supply): void {
    this.#supply.set(sku, [...(this.#supply.get(sku) ?? []), supply]);
  }

  put(sku: string, location: string, quantity: number): void {
    this.#stock.set(`${sku}|${location}`, quantity);
  }

  stockOf(sku: string, location: string): number {
    return this.#stock.get(`${sku}|${location}`) ?? 0;
  }

  /** What may still be promised of a SKU over all locations. */
  available(sku: string): number {
    const free = this.#locations.reduce((sum, location) => sum + this.#free(sku, location), 0);
    const reserved = [...this.reservations.values()].filter((each) => each.isActive && each.sku === sku);
    return free - reserved.reduce((sum, each) => sum + each.quantity - each.owed, 0);
  }

  /** Covers what is owed of a SKU as far as stock goes, the most urgent first, then the oldest. */
  cover(sku: string): readonly Coverage[] {
    const covered: Coverage[] = [];
    const inOrder = [...this.reservations].sort(([, a], [, b]) => b.priority - a.priority);
    for (const [reservation, each] of inOrder) {
      const quantity = each.isActive && each.sku === sku ? Math.min(each.owed, this.available(sku)) : 0;
      if (quantity <= 0) continue;
      each.owed -= quantity;
      covered.push({ reservation, quantity });
    }
    return covered;
  }

  /** @throws {Refusal} also again for the same command */
  answer(name: string, request: unknown): unknown {
    const { commandId } = request as { readonly commandId?: string };
    if (commandId === undefined) return this.#findNodes(request as FindNodes);
    const payload = canonicalJson(request);
    const before = this.#answers.get(commandId);
    if (before && before.payload !== payload) throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Another payload.');
    const answer = before ?? this.#remember(commandId, { payload, ...this.#carryOut(name, request) });
    if (answer.refusal) throw answer.refusal;
    return answer.reply;
  }

  /** The reservations that a command has made; undefined: it was not carried out. */
  made(commandId: string): readonly string[] | undefined {
    const answer = this.#answers.get(commandId);
    if (!answer || answer.refusal) return undefined;
    const { reservations = [] } = answer.reply as { readonly reservations?: readonly { readonly id: string }[] };
    return reservations.map(({ id }) => id);
  }

  /** Goods left on the word of the location. */
  ship(line: string, sku: string, { location, quantity }: { location: string; quantity: number }): void {
    this.#deallocate(line, location, quantity);
    this.put(sku, location, this.stockOf(sku, location) - quantity);
  }

  #remember(commandId: string, answer: Answer): Answer {
    this.#answers.set(commandId, answer);
    return answer;
  }

  #carryOut(name: string, request: unknown): Pick<Answer, 'reply' | 'refusal'> {
    try {
      const reply = this.#handle(name, request);
      this.done.push(name);
      return { reply };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error };
      throw error;
    }
  }

  #handle(name: string, request: unknown): unknown {
    switch (name) {
      case 'reserve-stock':
        return this.#reserve(request as ReserveStock);
      case 'cancel-reservations':
        return this.#cancel(request as CancelReservations);
      case 'prioritise-reservations':
        return this.#prioritise(request as PrioritiseReservations);
      case 'allocate-stock':
        return this.#allocate(request as AllocateStock);
      case 'bring-stock':
        return this.#bring(request as BringStock);
      case 'give-up-transfer':
        this.transfers.giveUp(request as GiveUpTransfer);
        return { changeCursor: CURSOR };
      case 'deallocate-stock':
        return this.#takeBack(request as DeallocateStock);
      case 'record-movement':
        return this.#move(request as RecordMovement);
      default:
        throw new Error(`The model knows no ${name}.`);
    }
  }

  #free(sku: string, location: string): number {
    let allocated = 0;
    for (const [key, quantity] of this.allocations) {
      const [line = '', at] = key.split('|');
      if (at === location && this.#skuOf.get(line) === sku) allocated += quantity;
    }
    return this.stockOf(sku, location) - allocated;
  }

  readonly #skuOf = new Map<string, string>();

  #newReservation(
    line: string,
    sku: string,
    { quantity, owed = 0, priority = 7 }: { quantity: number; owed?: number; priority?: number | undefined },
  ) {
    const id = `reservation-${++this.#ordinal}`;
    this.reservations.set(id, { line, sku, quantity, owed, isActive: true, priority });
    this.#skuOf.set(line, sku);
    const backordered = owed > 0 ? { backordered: String(owed) } : {};
    return { id, lineRef: line, sku, quantity: String(quantity), ...backordered, expiresAt: null };
  }

  #sellable(sku: string): number {
    const active = [...this.reservations.values()].filter((each) => each.isActive && each.sku === sku);
    return Math.max(0, this.available(sku)) + this.oversellLimit - active.reduce((sum, { owed }) => sum + owed, 0);
  }

  /** Judged as if what it takes the place of were gone. */
  #reserve(request: ReserveStock): unknown {
    const replaced = (request.replaces ?? []).flatMap((id) => this.reservations.get(id) ?? []);
    const active = replaced.filter(({ isActive }) => isActive);
    for (const each of active) each.isActive = false;
    try {
      return this.#claim(request);
    } catch (error) {
      for (const each of active) each.isActive = true;
      throw error;
    }
  }

  #claim({ lines, isAccepted, priority }: ReserveStock): unknown {
    const asked = Map.groupBy(lines, (line) => line.sku);
    const isShort = [...asked].some(
      ([sku, wanted]) => wanted.reduce((sum, line) => sum + Number(line.quantity), 0) > this.#sellable(sku),
    );
    if (isShort && !isAccepted) {
      throw new Refusal('INSUFFICIENT_STOCK', 'Less may be sold than was asked for.', {
        lines: lines.map(({ lineRef, sku, quantity }) => ({
          lineRef,
          sku,
          asked: quantity,
          available: String(Math.max(0, this.#sellable(sku))),
        })),
      });
    }
    const reservations = lines.map(({ lineRef, sku, quantity: asked }) => {
      const quantity = Number(asked);
      const owed = Math.max(0, quantity - Math.max(0, this.available(sku)));
      const shipsAt = this.shipsAt.get(sku);
      const ahead = shipsAt === undefined ? {} : { shipsAt };
      return { ...this.#newReservation(lineRef, sku, { quantity, owed, priority }), ...ahead };
    });
    return { reservations, changeCursor: CURSOR };
  }

  #cancel({ reservations, parts = [] }: CancelReservations): unknown {
    const cancelled = reservations.filter((id) => this.reservations.get(id)?.isActive);
    for (const id of cancelled) (this.reservations.get(id) as ModelReservation).isActive = false;
    const rests = parts.flatMap(({ reservation, quantity }) => {
      const found = this.reservations.get(reservation);
      if (!found?.isActive) return [];
      found.isActive = false;
      const owed = Math.max(0, found.owed - Number(quantity));
      const left = { quantity: found.quantity - Number(quantity), owed, priority: found.priority };
      return left.quantity > 0 ? [this.#newReservation(found.line, found.sku, left)] : [];
    });
    return { cancelled, ...(rests.length > 0 && { reservations: rests }), changeCursor: CURSOR };
  }

  #assertBindable(lines: AllocateStock['lines']): void {
    for (const { reservation, quantity } of lines) {
      const found = this.reservations.get(reservation);
      if (!found?.isActive || found.quantity - found.owed < Number(quantity)) {
        throw new Refusal('RESERVATION_NOT_ACTIVE', `No active claim ${reservation} of ${quantity}.`);
      }
    }
    const asked = Map.groupBy(lines, ({ sku, location }) => `${sku}|${location}`);
    for (const wanted of asked.values()) {
      const [{ sku, location }] = wanted as [AllocateStock['lines'][number]];
      const sum = wanted.reduce((total, line) => total + Number(line.quantity), 0);
      if (sum > this.#free(sku, location)) throw new Refusal('INSUFFICIENT_STOCK', `Too little at ${location}.`);
    }
  }

  #prioritise({ reservations, priority }: PrioritiseReservations): unknown {
    for (const id of reservations) {
      const found = this.reservations.get(id);
      if (found) found.priority = priority;
    }
    return { changeCursor: CURSOR };
  }

  #allocate({ lines }: AllocateStock): unknown {
    this.#assertBindable(lines);
    this.#convert(lines);
    for (const { orderLine, sku, location, quantity } of lines) {
      this.#bind(orderLine, sku, { location, quantity: Number(quantity) });
    }
    return { changeCursor: CURSOR };
  }

  #convert(lines: readonly Pick<AllocateStock['lines'][number], 'reservation' | 'quantity'>[]): void {
    for (const { reservation, quantity } of lines) {
      const found = this.reservations.get(reservation) as ModelReservation;
      found.quantity -= Number(quantity);
      found.isActive = found.quantity > 0;
    }
  }

  #bind(line: string, sku: string, { location, quantity }: { location: string; quantity: number }): void {
    const key = `${line}|${location}`;
    this.#skuOf.set(line, sku);
    this.allocations.set(key, (this.allocations.get(key) ?? 0) + quantity);
  }

  #bring(request: BringStock): unknown {
    const lines = request.lines.map((line) => ({ ...line, location: request.from }));
    this.#assertBindable(lines);
    this.#convert(lines);
    this.transfers.bring(request);
    return { changeCursor: CURSOR };
  }

  #takeBack({ lines, afterwards }: DeallocateStock): unknown {
    for (const { orderLine, location, quantity } of lines) this.#deallocate(orderLine, location, Number(quantity));
    const reservations =
      afterwards === 'RESERVE'
        ? lines.map(({ orderLine, sku, quantity }) =>
            this.#newReservation(orderLine, sku, { quantity: Number(quantity) }),
          )
        : [];
    return { reservations, changeCursor: CURSOR };
  }

  #deallocate(line: string, location: string, quantity: number): void {
    const key = `${line}|${location}`;
    const left = (this.allocations.get(key) ?? 0) - quantity;
    if (left < 0) throw new Error(`More would be given back than was allocated: ${key} ${left}`);
    if (left === 0) this.allocations.delete(key);
    else this.allocations.set(key, left);
  }

  #findNodes({ lines, withSupply }: FindNodes): unknown {
    this.questions++;
    return {
      lines: lines.map(({ lineRef, sku }) => ({
        lineRef,
        nodes: this.#locations.map((location) => ({
          location,
          available: String(Math.max(0, this.#free(sku, location))),
        })),
        ...(withSupply && { supply: this.#supply.get(sku) ?? [] }),
        ...(this.shipsAt.has(sku) && { shipsAt: this.shipsAt.get(sku) }),
      })),
    };
  }

  #move(movement: RecordMovement): unknown {
    this.movements.push(movement);
    for (const { documentLine, sku, quantity } of movement.kind === 'SHIP' ? movement.lines : []) {
      this.ship(documentLine, sku, { location: movement.location, quantity: Number(quantity) });
    }
    for (const { sku, quantity } of movement.kind === 'SHORT_PICK' ? movement.lines : []) {
      this.put(sku, movement.location, this.stockOf(sku, movement.location) - Number(quantity));
    }
    return { changeCursor: CURSOR };
  }
}
