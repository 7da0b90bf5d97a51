import type { Milestone } from '../../../../schema/commands/outbound-messages.ts';
import { refundedOf } from '../money/payment.ts';
import { isAccepted, isOpen } from '../money/due-money.ts';
import { activeHolds, type Hold } from '../holds/hold.ts';
import { DEAD_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import type { LineQuantity, Shipment } from '../parcels/shipment.ts';
import type { Day } from '../sourcing/working-calendar.ts';
import { countUnits, type UnitFilter } from '../units.ts';

/** What the customer is told about. JSON data. */
export interface NoticeSubject {
  readonly scope: 'WHOLE' | 'PART';
  readonly lines: readonly LineQuantity[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly location?: string;
  readonly amountMinor?: number;
  readonly expectedOn?: Day;
}

export interface ReachedMilestone {
  readonly milestone: Milestone;
  /** Which of several, where the order itself says so; null: it is the next one. */
  readonly of: string | null;
  readonly about: NoticeSubject;
}

/** The milestones that lie between two states of an order, each seen once: whatever has brought them about. */
export function reachedMilestones(before: Order, after: Order): readonly ReachedMilestone[] {
  return [
    ...confirmed(before, after),
    ...delayed(before, after),
    ...readyForPickup(before, after),
    ...shipped(before, after),
    ...delivered(before, after),
    ...cancelled(before, after),
    ...refunded(before, after),
  ];
}

/** Under one of these the order may still come to nothing. */
const UNCONFIRMED: readonly Hold['type'][] = ['PAYMENT_PENDING', 'FRAUD_REVIEW', 'TAX_PENDING', 'MARKETPLACE_PENDING'];

/** Its stock is claimed, and nobody has still to say whether it may be served. */
export function isConfirmed(order: Order): boolean {
  if (!isAccepted(order) || order.rejection !== null) return false;
  return !activeHolds(order).some(({ type }) => UNCONFIRMED.includes(type));
}

function confirmed(before: Order, after: Order): readonly ReachedMilestone[] {
  if (isConfirmed(before) || !isConfirmed(after)) return [];
  const lines = after.lines.map((line) => ({ line: line.id, quantity: line.ordered - deadOf(line) }));
  return [{ milestone: 'CONFIRMED', of: '', about: { scope: 'WHOLE', lines: withoutNone(lines) } }];
}

/** What is there already, because it went over the counter or was told late, is not on its way any more. */
function shipped(before: Order, after: Order): readonly ReachedMilestone[] {
  const isWhole = !isOpen(after) && after.shipments.length === 1;
  const sent = after.shipments.slice(before.shipments.length).filter(({ deliveredAtMs }) => deliveredAtMs === null);
  return sent.map((shipment) => {
    return { milestone: 'SHIPPED', of: numberOf(shipment), about: parcel(shipment, isWhole) };
  });
}

function delivered(before: Order, after: Order): readonly ReachedMilestone[] {
  const known = new Map(before.shipments.map((shipment) => [shipment.id, shipment]));
  const arrived = after.shipments.filter(
    ({ id, deliveredAtMs }) => deliveredAtMs !== null && (known.get(id)?.deliveredAtMs ?? null) === null,
  );
  const isWhole = !isOpen(after) && after.shipments.length === 1;
  return arrived.map((shipment) => {
    return { milestone: 'DELIVERED', of: numberOf(shipment), about: parcel(shipment, isWhole) };
  });
}

/** `s1` of `<order>.s1`. */
const numberOf = ({ id }: Shipment): string => id.slice(id.lastIndexOf('.') + 1);

function parcel({ carrier, trackingNumber, lines }: Shipment, isWhole: boolean): NoticeSubject {
  return {
    scope: isWhole ? 'WHOLE' : 'PART',
    lines,
    ...(carrier !== null && { carrier }),
    ...(trackingNumber !== null && { trackingNumber }),
  };
}

function readyForPickup(before: Order, after: Order): readonly ReachedMilestone[] {
  return after.locations.flatMap((location) => {
    const lines = moreOf(before, after, { states: ['READY_FOR_PICKUP'], location });
    if (lines.length === 0) return [];
    return [{ milestone: 'READY_FOR_PICKUP', of: null, about: { scope: scopeOf(after), lines, location } } as const];
  });
}

/** Of an order whose placing was refused its customer heard from whoever placed it. */
function cancelled(before: Order, after: Order): readonly ReachedMilestone[] {
  if (!isAccepted(before) || after.rejection !== null) return [];
  const lines = moreOf(before, after, { states: ['CANCELLED'] });
  if (lines.length === 0) return [];
  const isWhole = after.lines.every((line) => deadOf(line) === line.ordered);
  return [{ milestone: 'CANCELLED', of: null, about: { scope: isWhole ? 'WHOLE' : 'PART', lines } }];
}

function refunded(before: Order, after: Order): readonly ReachedMilestone[] {
  const sum = ({ payments }: Order): number => payments.reduce((total, payment) => total + refundedOf(payment), 0);
  const amountMinor = sum(after) - sum(before);
  if (amountMinor <= 0) return [];
  return [{ milestone: 'REFUNDED', of: null, about: { scope: 'PART', lines: [], amountMinor } }];
}

/** Lines that will come later than promised, and than was expected before; all of them are told with the last day. */
function delayed(before: Order, after: Order): readonly ReachedMilestone[] {
  const late = after.lines.filter((line, index) => isLater(line, before.lines[index]));
  const days = late.flatMap(({ expected }) => (expected ? [expected.latestOn] : [])).sort();
  const expectedOn = days.at(-1);
  if (expectedOn === undefined) return [];
  const lines = withoutNone(late.map((line) => ({ line: line.id, quantity: line.ordered - deadOf(line) })));
  const scope = lines.length === after.lines.length ? 'WHOLE' : 'PART';
  return [{ milestone: 'DELAYED', of: null, about: { scope, lines, expectedOn } }];
}

function isLater({ expected, promise }: OrderLine, before: OrderLine | undefined): boolean {
  if (!expected || !promise || expected.latestOn <= promise.latestOn) return false;
  return expected.latestOn > (before?.expected?.latestOn ?? '');
}

const scopeOf = (order: Order): NoticeSubject['scope'] =>
  order.lines.every(({ units, ordered }) => countUnits(units, { states: ['READY_FOR_PICKUP'] }) === ordered)
    ? 'WHOLE'
    : 'PART';

const deadOf = ({ units }: OrderLine): number => countUnits(units, { states: DEAD_STATES });

/** Units that are in a state now and were not before, by line. */
function moreOf(before: Order, after: Order, filter: UnitFilter): readonly LineQuantity[] {
  return withoutNone(
    after.lines.map(({ id, units }, index) => {
      const quantity = countUnits(units, filter) - countUnits(before.lines[index]?.units ?? [], filter);
      return { line: id, quantity };
    }),
  );
}

const withoutNone = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  lines.filter(({ quantity }) => quantity > 0);
