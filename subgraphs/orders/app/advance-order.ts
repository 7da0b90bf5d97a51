import { Obstacle } from '../../../kernel/model/errors.ts';
import { isTakenOn } from '../domain/acceptance.ts';
import type { Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import { blockedBy } from '../domain/holds/hold.ts';
import type { Cause } from './cause.ts';
import { followNextShipment } from './follow-shipment.ts';
import { askForStore } from './labels/ask-for-store.ts';
import { buyNextLabel } from './labels/buy-next-label.ts';
import type { OrderChange } from './order-store.ts';
import type { OrdersServices } from './orders-services.ts';
import { releasable, releaseAt, releasesAfter } from './release-work.ts';
import { sendCommand } from './send-command.ts';
import { sourceOrder } from './sourcing/source-order.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<
  OrdersServices,
  | 'store'
  | 'addresses'
  | 'askInventory'
  | 'labelRules'
  | 'sourcing'
  | 'shortRules'
  | 'rules'
  | 'places'
  | 'capacity'
  | 'decisions'
  | 'wms'
  | 'carriers'
  | 'marketplaces'
  | 'outbound'
  | 'clock'
  | 'telemetry'
  | 'limits'
  | 'payments'
  | 'taxes'
  | 'knownPayments'
  | 'parked'
  | 'pickupRules'
  | 'skus'
  | 'channels'
  | 'ids'
>;

/** What is left after a run: nothing that the hub could do now, or something that has to be tried again later. */
export type RunOutcome = 'DONE' | 'AGAIN';

/** What this run has found to be in the way; it does not knock there twice. */
interface Run {
  readonly blocked: Set<string>;
  /** Lanes whose command is in the queue of an outside system; the order is told when it is done. */
  readonly handedOver: Set<string>;
  readonly cause: Cause;
}

/**
 * Does for an order whatever is due: sends what was decided, chooses locations, hands over work. Each step is saved
 * before the next, so a run may end anywhere and another may go on, also at the same time. What is in the way of one step
 * does not keep the others.
 */
export async function advanceOrder(services: Services, orderId: string, cause: Cause): Promise<RunOutcome> {
  const run: Run = { blocked: new Set(), handedOver: new Set(), cause };
  for (let step = 0; step < services.limits.stepsPerRunMax; step++) {
    const order = await services.store.get(orderId);
    if (!order) return 'DONE';
    const isAdvanced =
      (await sendNext(services, order, run)) ||
      (await unlessBlocked(services, run, 'sourcing', () => sourceNext(services, order, run))) ||
      (await releaseNext(services, order, run)) ||
      (await unlessBlocked(services, run, 'label-rates', () => buyNextLabel(services, order, run.cause))) ||
      (await unlessBlocked(services, run, 'parcels', () => followNextShipment(services, order, run.cause)));
    if (!isAdvanced) return run.blocked.size > 0 ? 'AGAIN' : 'DONE';
  }
  return 'AGAIN';
}

/** Runs a step that may meet an obstacle, once. @returns whether it changed the order */
async function unlessBlocked(
  { telemetry }: Services,
  { blocked }: Run,
  lane: string,
  step: () => Promise<boolean>,
): Promise<boolean> {
  if (blocked.has(lane)) return false;
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    blocked.add(lane);
    telemetry.count('orders_work_obstacles_total', { lane, code: error.code });
    return false;
  }
}

async function sendNext(services: Services, order: Order, run: Run): Promise<boolean> {
  // Commands to the same receiver keep their order; the first of each is the next.
  const next = new Map<string, PendingCommand>();
  for (const command of order.pending) {
    const lane = laneOf(command);
    if (isMeantToBeSent(order, command) && !next.has(lane)) next.set(lane, command);
  }
  for (const [lane, command] of next) {
    if (run.handedOver.has(lane)) continue;
    const isSent = await unlessBlocked(services, run, lane, async () => {
      const outcome = await sendCommand(services, { order, command }, run.cause);
      if (outcome === 'WAITING') {
        run.handedOver.add(lane);
        return false;
      }
      const told = toldByHub(services.clock.nowMs(), command.id);
      const settle = { type: 'SettleCommand', commandId: command.id, outcome, told } as const;
      await services.store.changeInTurn(order.id, [settle, ...releasesAfter(services, command)], run.cause);
      // It is asked for again later, not in this run.
      if (isUnclaimed(order, command) && outcome.status === 'REFUSED') run.blocked.add(lane);
      return true;
    });
    if (isSent) return true;
  }
  return false;
}

function laneOf(command: PendingCommand): string {
  switch (command.name) {
    case 'release-work':
    case 'redirect-work':
    case 'stop-work':
      return `work/${command.location}`;
    case 'take-capacity':
    case 'give-capacity-back':
      return 'capacity';
    case 'buy-label':
    case 'void-label':
      return 'labels';
    case 'forget-address':
      return 'addresses';
    case 'quote-tax':
    case 'confirm-tax':
      return 'taxes';
    case 'acknowledge-order':
    case 'tell-cancellation':
    case 'tell-shipment':
      return 'marketplace';
    case 'tell-customer':
      // Its queue keeps those of an order in their order, and lets none that was given up hold up the others.
      return `notice/${command.notice}`;
    case 'route-order':
      return 'routing';
    case 'record-sales-order':
    case 'request-invoice':
      return 'sale';
    case 'authorise-payment':
    case 'capture-payment':
    case 'void-payment':
    case 'refund-payment':
      return `payment/${command.payment}`;
    default:
      return 'inventory';
  }
}

/** The first claim of an order is made by whoever places it: an answer that nobody got must not become an order. */
function isMeantToBeSent(order: Order, command: PendingCommand): boolean {
  return !isFirstClaim(order, command) && !isHeldBack(order, command);
}

/** What was taken on is an order already, and nobody waits for the answer. */
function isFirstClaim(order: Order, command: PendingCommand): boolean {
  return isUnclaimed(order, command) && !isTakenOn(order);
}

const isUnclaimed = ({ status }: Order, { name }: PendingCommand): boolean =>
  name === 'reserve-stock' && status === 'RECEIVED';

/** Work is not handed over under a hold; once it is to be stopped, what may have been handed over is, so that it can be. */
function isHeldBack(order: Order, command: PendingCommand): boolean {
  if (command.name !== 'release-work' || !blockedBy(order, 'RELEASE')) return false;
  const { location, transfer } = command;
  return !order.pending.some((other) => {
    return other.name === 'stop-work' && other.location === location && other.transfer === transfer;
  });
}

async function sourceNext(services: Services, order: Order, run: Run): Promise<boolean> {
  // An outside OMS that routes an order chooses its locations and hands over its work.
  if (order.routing || blockedBy(order, 'ALLOCATE')) return false;
  const sourcing = await sourceOrder(services, order, run.cause);
  if (!sourcing) return false;
  // What cannot be sourced now is tried again later, not in this run.
  if (sourcing.unsourced.length > 0) run.blocked.add('sourcing');
  const told = toldByHub(services.clock.nowMs(), `sourcing/${order.id}`);
  const wmsLocations = services.wms.flatMap(({ locations }) => locations);
  const plan = { type: 'PlanAllocation', ...sourcing, wmsLocations, told } as const;
  const after = await services.store.change(order.id, plan, run.cause);
  return after.pending.length > order.pending.length;
}

/** Gives every location its work that can have it now, in one save. */
async function releaseNext(services: Services, order: Order, run: Run): Promise<boolean> {
  const ready: OrderChange[] = [];
  let isAsked = false;
  for (const { location, byHub } of releasable(services, order)) {
    const isReady = await unlessBlocked(services, run, 'address', async () => {
      if (!byHub || isAsked) return true;
      isAsked = await askForStore(services, { order, location }, run.cause);
      return true;
    });
    if (isReady) ready.push(releaseAt(services, location));
  }
  const [first, ...others] = ready;
  if (!first) return false;
  await services.store.changeInTurn(order.id, [first, ...others], run.cause);
  return true;
}
