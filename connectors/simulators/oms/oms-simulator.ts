import { bearerToken } from '../runtime/bearer-token.ts';
import { eventRoutes } from '../runtime/event-routes.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { listOf, objectOf, textOf, textsOf } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Route, SimulatorRequest } from '../runtime/router.ts';
import { createSimulatorCore, serveSimulator, type Simulator, type SimulatorOptions } from '../runtime/simulator.ts';
import { OrderDesk, type Amendment, type Replacement } from './order-desk.ts';
import { OmsEvents } from './oms-events.ts';
import { RoutingBook, type LineInput, type Node, type OmsOrder, type OrderInput } from './routing-book.ts';

export interface OmsSimulatorOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `oms-token`. */
  readonly accessToken?: string;
  /** From where it serves orders. */
  readonly nodes: readonly Node[];
}

export interface OmsSimulator extends Simulator {
  orders(): readonly OmsOrder[];
  /** Takes an order on without HTTP. */
  take(order: OrderInput): void;
  /** A node does the next step of its work on an order, known by the hub's id. @throws {RangeError} when it has none */
  advance(reference: string, node: string, to: 'picked' | 'shipped' | 'delivered'): void;
  /** A node turns its work down, and another one gets it. */
  withdraw(reference: string, node: string, reason: string): void;
  /** The OMS calls off what has not left of a line. */
  cancel(reference: string, line: string, reason: string): void;
  /** Somebody at the OMS agrees with the customer on more or less of some goods. @throws {HttpFailure} without the order */
  amend(reference: string, amendment: Amendment): void;
  /** Somebody at the OMS makes the order anew, under another number. @throws {HttpFailure} without the order */
  replace(reference: string, replacement: Replacement): void;
  /** Subscribes without HTTP; the secret signs. */
  subscribe(input: { readonly url: string; readonly secret: string }): void;
}

const CONTENT_FIELDS = ['quantity'];
const LINES_MAX = 1_000;
const RESERVATIONS_MAX = 100;

/** An order management system that routes orders by itself, on a port of its own. */
export async function startOmsSimulator(options: OmsSimulatorOptions): Promise<OmsSimulator> {
  const core = createSimulatorCore(options, { system: 'oms', contentFields: CONTENT_FIELDS });
  const accessToken = options.accessToken ?? 'oms-token';
  const events = new OmsEvents(core, options.numbersFrom ?? 0);
  const book = new RoutingBook(core, events, options.nodes);
  const desk = new OrderDesk(book, events);
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message, field }: HttpFailure) => ({ error: { code, message, field: field ?? null } }),
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 100 },
    routes: [...orderRoutes(book), ...eventRoutes(events)],
  });
  return {
    ...simulator,
    orders: () => book.orders(),
    take: (order) => {
      book.put(order);
    },
    advance: (reference, node, to) => book.advance(reference, node, to),
    withdraw: (reference, node, reason) => book.withdraw(reference, node, reason),
    cancel: (reference, line, reason) => book.cancel(reference, line, reason),
    amend: (reference, amendment) => desk.amend(reference, amendment),
    replace: (reference, replacement) => desk.replace(reference, replacement),
    subscribe: ({ url, secret }) => {
      events.subscribe(url, secret);
    },
  };
}

function orderRoutes(book: RoutingBook): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: '/v1/orders/:reference',
      handle: (request) => ({ body: orderObject(book.put(orderOf(request))) }),
    },
    {
      method: 'GET',
      path: '/v1/orders/:reference',
      handle: ({ params }) => ({ body: orderObject(book.order(params['reference'] ?? '')) }),
    },
    {
      method: 'POST',
      path: '/v1/orders/:reference/stop',
      handle: async (request) => {
        const isStopped = await book.stop(request.params['reference'] ?? '', textOf(jsonBody(request), 'node'));
        return { body: { outcome: isStopped ? 'stopped' : 'too_late' } };
      },
    },
  ];
}

function orderOf(request: SimulatorRequest): OrderInput {
  const body = jsonBody(request);
  return {
    reference: request.params['reference'] ?? '',
    channel: textOf(body, 'channel'),
    number: textOf(body, 'number'),
    shipTo: body['ship_to'],
    lines: listOf(body, 'lines', LINES_MAX).map((line) => lineOf(objectOf(line, 'lines'))),
  };
}

function lineOf(line: ReturnType<typeof objectOf>): LineInput {
  const quantity = Number(textOf(line, 'quantity'));
  if (!Number.isSafeInteger(quantity) || quantity < 0) {
    throw new HttpFailure(422, 'quantity_invalid', 'A quantity is a whole number of pieces.', { field: 'quantity' });
  }
  const reservations = textsOf(line, 'reservations', RESERVATIONS_MAX);
  return { reference: textOf(line, 'reference'), sku: textOf(line, 'sku'), quantity, reservations };
}

function orderObject({ id, reference, number, lines, parts }: OmsOrder): Readonly<Record<string, unknown>> {
  return {
    id,
    reference,
    number,
    lines: lines.map(({ quantity, ...line }) => ({ ...line, quantity: String(quantity) })),
    work: parts.map(({ line, node, quantity, state }) => ({ line, node, quantity: String(quantity), state })),
  };
}
