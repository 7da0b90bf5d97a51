import { HttpFailure } from '../runtime/http-failure.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import type { OmsEvents } from './oms-events.ts';

export interface Node {
  readonly code: string;
  /** What it carries. Absent: everything. */
  readonly skus?: readonly string[];
  /** The system that does its work and tells of it itself. Absent: the OMS tells of it. */
  readonly worker?: NodeWorker;
}

export interface NodeWorker {
  /** Hands work over; it does not wait until the system has it. */
  handOver(work: NodeWork): void;
  /** Stops all work of an order. @returns false when it is too late for some of it, and when nobody answers */
  stop(reference: string): Promise<boolean>;
}

export interface NodeWork {
  /** The order, as the OMS was told it. */
  readonly reference: string;
  readonly parts: readonly Pick<Part, 'line' | 'sku' | 'quantity'>[];
}

export interface OrderInput {
  readonly reference: string;
  readonly channel: string;
  readonly number: string;
  readonly lines: readonly LineInput[];
  /** As it was told. */
  readonly shipTo?: unknown;
}

export interface LineInput {
  readonly reference: string;
  readonly sku: string;
  readonly quantity: number;
  readonly reservations: readonly string[];
}

/** Pieces of a line at one node. */
export interface Part {
  readonly line: string;
  readonly sku: string;
  readonly node: string;
  quantity: number;
  state: 'released' | 'picked' | 'shipped' | 'delivered';
  parcel: string | null;
}

export interface OmsOrder {
  /** `oms_…` */
  readonly id: string;
  readonly reference: string;
  readonly channel: string;
  /** Another one once it was replaced. */
  number: string;
  lines: readonly LineInput[];
  /** As it was told last; absent: it was not. */
  shipTo?: unknown;
  readonly parts: Part[];
}

const ORDERS_MAX = 100_000;
const GONE: readonly Part['state'][] = ['shipped', 'delivered'];

/**
 * Every order that the OMS routes, by a rule of its own: each line goes as a whole to the node with the least open work of
 * those that carry it; who comes first among equals is drawn.
 */
export class RoutingBook {
  readonly #core: SimulatorCore;
  readonly #events: OmsEvents;
  readonly #nodes: readonly Node[];
  readonly #orders = new Map<string, OmsOrder>();

  constructor(core: SimulatorCore, events: OmsEvents, nodes: readonly Node[]) {
    this.#core = core;
    this.#events = events;
    this.#nodes = nodes;
  }

  orders(): readonly OmsOrder[] {
    return [...this.#orders.values()];
  }

  /** @throws {HttpFailure} 404 */
  order(reference: string): OmsOrder {
    const order = this.#orders.get(reference);
    if (!order) throw new HttpFailure(404, 'order_not_found', `There is no order ${reference}.`);
    return order;
  }

  /** Takes an order on, or brings it up to this. @throws {HttpFailure} 422 for what no node carries; nothing is kept then */
  put({ lines, ...input }: OrderInput): OmsOrder {
    for (const { sku } of lines) this.#carriersOf(sku);
    const order = this.#orders.get(input.reference) ?? this.#open(input);
    order.lines = lines;
    order.shipTo = input.shipTo;
    const added = lines.flatMap((line) => this.#bringTo(order, line));
    this.#release(order, added);
    return order;
  }

  /** A node does the next step of its work on an order. */
  advance(reference: string, node: string, to: 'picked' | 'shipped' | 'delivered'): void {
    const order = this.order(reference);
    const from = { picked: ['released'], shipped: ['released', 'picked'], delivered: ['shipped'] }[to];
    const parts = order.parts.filter((part) => part.node === node && from.includes(part.state));
    if (parts.length === 0) throw new RangeError(`${node} has nothing of ${reference} to be ${to}.`);
    const parcel = to === 'shipped' ? `parcel_${this.#core.ids.hex(12)}` : (parts[0]?.parcel ?? null);
    for (const part of parts) {
      part.state = to;
      part.parcel = parcel;
    }
    const type = ({ picked: 'units.picked', shipped: 'parcel.shipped', delivered: 'parcel.delivered' } as const)[to];
    this.#events.tell(type, order, { node, parts });
  }

  /** A node turns its work down, and another one that carries it gets it. */
  withdraw(reference: string, node: string, reason: string): void {
    const order = this.order(reference);
    const parts = order.parts.filter((part) => part.node === node && !GONE.includes(part.state));
    this.#events.tell('units.withdrawn', order, { node, parts, reason });
    for (const part of parts) order.parts.splice(order.parts.indexOf(part), 1);
    const moved = parts.map(({ line, sku, quantity }) => this.#route(order, { line, sku, quantity, except: node }));
    this.#release(order, moved);
  }

  /** The OMS calls off what has not left of a line. */
  cancel(reference: string, line: string, reason: string): void {
    const order = this.order(reference);
    const parts = order.parts.filter((part) => part.line === line && !GONE.includes(part.state));
    for (const part of parts) order.parts.splice(order.parts.indexOf(part), 1);
    this.#events.tell('units.cancelled', order, { node: null, parts, reason });
  }

  /** @returns false when it is too late */
  async stop(reference: string, node: string): Promise<boolean> {
    const order = this.order(reference);
    const parts = order.parts.filter((part) => part.node === node);
    if (parts.some((part) => GONE.includes(part.state))) return false;
    const worker = parts.length > 0 ? this.#workerOf(node) : undefined;
    if (worker && !(await worker.stop(reference))) return false;
    for (const part of parts) order.parts.splice(order.parts.indexOf(part), 1);
    return true;
  }

  #workerOf(node: string): NodeWorker | undefined {
    return this.#nodes.find(({ code }) => code === node)?.worker;
  }

  #release(order: OmsOrder, added: readonly Part[]): void {
    for (const [node, parts] of Map.groupBy(added, (part) => part.node)) {
      this.#events.tell('units.allocated', order, { node, parts });
      this.#events.tell('units.released', order, { node, parts });
      this.#workerOf(node)?.handOver({ reference: order.reference, parts });
    }
  }

  #open(input: Omit<OrderInput, 'lines'>): OmsOrder {
    if (this.#orders.size >= ORDERS_MAX) throw new HttpFailure(503, 'full', 'The simulator keeps no more orders.');
    const order: OmsOrder = { id: `oms_${this.#core.ids.hex(24)}`, ...input, lines: [], parts: [] };
    this.#orders.set(order.reference, order);
    return order;
  }

  /** @returns what is to be worked on now and was not before */
  #bringTo(order: OmsOrder, { reference: line, sku, quantity }: LineInput): readonly Part[] {
    const own = order.parts.filter((part) => part.line === line);
    let change = quantity - own.reduce((sum, part) => sum + part.quantity, 0);
    if (change > 0) return [this.#route(order, { line, sku, quantity: change })];
    for (const part of own.filter(({ state }) => !GONE.includes(state))) {
      const less = Math.min(part.quantity, -change);
      part.quantity -= less;
      change += less;
      if (part.quantity === 0) order.parts.splice(order.parts.indexOf(part), 1);
    }
    return [];
  }

  #route(order: OmsOrder, { line, sku, quantity, except }: Routed): Part {
    const nodes = this.#carriersOf(sku);
    const others = nodes.filter(({ code }) => code !== except);
    const load = (code: string): number =>
      this.orders().reduce((sum, { parts }) => sum + parts.filter((part) => part.node === code).length, 0);
    const ranked = (others.length > 0 ? others : nodes).map(({ code }) => {
      return { code, load: load(code), draw: this.#core.random() };
    });
    const [first] = ranked.toSorted((a, b) => a.load - b.load || a.draw - b.draw);
    const part: Part = { line, sku, node: first?.code ?? '', quantity, state: 'released', parcel: null };
    order.parts.push(part);
    return part;
  }

  #carriersOf(sku: string): readonly Node[] {
    const nodes = this.#nodes.filter(({ skus }) => skus?.includes(sku) ?? true);
    if (nodes.length > 0) return nodes;
    throw new HttpFailure(422, 'sku_not_carried', `No node carries ${sku}.`, { field: 'lines' });
  }
}

interface Routed extends Pick<Part, 'line' | 'sku' | 'quantity'> {
  /** Only when no other carries it. */
  readonly except?: string;
}
