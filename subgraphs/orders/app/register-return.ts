import { Refusal } from '../../../kernel/model/errors.ts';
import type { RegisterReturn, RegisterReturnReply } from '../../../schema/commands/orders.ts';
import type { Order } from '../domain/order.ts';
import { findLine } from '../domain/order.ts';
import type { LineQuantity } from '../domain/parcels/shipment.ts';
import type { Told } from '../domain/told.ts';
import { countUnits } from '../domain/units.ts';
import type { Cause } from './cause.ts';
import { contentHash } from './content-hash.ts';
import type { OrdersServices } from './orders-services.ts';
import { readLines } from './read-lines.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'changeLog'>;

/** @throws {Refusal} RETURN_EXCEEDS_SOLD, UNKNOWN_ORDER, UNKNOWN_ORDER_LINE, INVALID_QUANTITY, IDEMPOTENCY_KEY_REUSED */
export async function registerReturn(
  services: Services,
  request: RegisterReturn,
  cause: Cause,
): Promise<RegisterReturnReply> {
  const { store, clock, changeLog } = services;
  const { commandId, ...content } = request;
  const told: Told = {
    source: 'returns',
    evidence: content.return,
    occurredAtMs: Date.parse(content.occurredAt),
    recordedAtMs: clock.nowMs(),
  };
  const once = { key: `command/${commandId}`, contentHash: contentHash(content) };
  try {
    await store.change(
      content.order,
      (order) => {
        const lines = readLines(order, content.lines);
        return { type: 'RegisterReturn', return: content.return, lines, once, told };
      },
      cause,
    );
  } catch (error) {
    if (error instanceof Refusal && error.code === 'RETURN_EXCEEDS_SOLD') {
      await keepLateReturn(services, { request, told }, cause);
    }
    throw error;
  }
  return { changeCursor: await changeLog.headCursor() };
}

interface LateReturn {
  readonly request: RegisterReturn;
  readonly told: Told;
}

/** Goods that come back of an order that is closed belong to nobody's order any more; that they came is kept with it. */
async function keepLateReturn({ store }: Services, { request, told }: LateReturn, cause: Cause): Promise<void> {
  await store.change(
    request.order,
    (order) => {
      const lines = readLines(order, request.lines);
      if (!lines.some((line) => isClosed(order, line))) return undefined;
      const once = { key: `late/${request.commandId}`, contentHash: '' };
      const what = `Return ${request.return} of units that are closed`;
      return { type: 'KeepEvidence', what, lines: lines.map(({ line }) => line), once, told };
    },
    cause,
  );
}

function isClosed(order: Order, { line }: LineQuantity): boolean {
  return countUnits(findLine(order, line)?.units ?? [], { states: ['CLOSED'] }) > 0;
}
