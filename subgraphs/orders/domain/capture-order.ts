import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { Tender } from '../../../schema/events/fields.ts';
import type { CaptureChoice } from './money/capture-rules.ts';
import { ORDER_LIMITS, type Order } from './order.ts';
import { lineIdOf, type OrderCharge, type OrderLine } from './order-line.ts';
import type { Told } from './told.ts';
import type { LineDiscount, Tax } from './order-line.ts';
import type { Payment, ProvidedBy } from './money/order-payment.ts';
import type { NoticePlan } from './hand-offs/notice.ts';
import type { RoutingHandOff } from './routing/routing-hand-off.ts';
import type { SaleHandOff } from './hand-offs/sale-hand-off.ts';
import type { TaxCheck } from './money/tax-check.ts';
import { checkPrices } from './money/check-prices.ts';
import { ORDER_STAGES } from './order-status.ts';
import type { Destination } from './sourcing/destination.ts';
import { paymentIdOf, withPaymentEvent } from './money/payment.ts';
import { enqueueReservation } from './pending-command.ts';
import { note } from './timeline.ts';
import { totalsOf } from './money/totals.ts';
import type { Units } from './units.ts';

export interface NewLine {
  readonly sku: string;
  readonly decimals: StepDecimals;
  readonly ordered: Steps;
  readonly unitPriceMinor: number;
  readonly discounts?: readonly LineDiscount[];
  readonly taxes?: readonly Tax[];
  /** The location where the customer collects it; absent: it is sent. */
  readonly pickupAt?: string;
  /** Absent: as the rules of its channel say. */
  readonly allowsSubstitute?: boolean;
}

export interface NewTender {
  readonly tender: Tender;
  readonly amountMinor: number;
  /** Who holds the money, and how it is found there. Absent: the channel takes it by itself. */
  readonly provider?: Pick<ProvidedBy, 'system' | 'token' | 'reference'>;
  /** When it is taken. Absent: at shipment. */
  readonly capture?: CaptureChoice;
}

export interface NewOrder {
  readonly id: string;
  readonly channel: string;
  readonly externalId: string;
  readonly contentHash: string;
  readonly currency: string;
  readonly customer: string | null;
  readonly lines: readonly NewLine[];
  readonly charges: readonly OrderCharge[];
  /** Absent: they do. */
  readonly pricesIncludeTax?: boolean;
  readonly tenders: readonly NewTender[];
  /** Absent: its taxes are taken at the word of the channel. */
  readonly taxCheck?: TaxCheck;
  /** Absent: nobody tells the customer anything. */
  readonly noticePlan?: NoticePlan;
  /** Absent: no ERP keeps it. */
  readonly sale?: SaleHandOff;
  /** Absent: the hub routes it. */
  readonly routing?: RoutingHandOff;
  readonly told: Told;
  /** Absent: not told. */
  readonly destination?: Destination;
  /** Its whole address is kept beside the order. */
  readonly hasAddress?: true;
  /** The system that has taken it and tells of it. Absent: somebody asks the hub to place it. */
  readonly toldBy?: string;
}

/** An order that is placed through the hub: nothing is claimed yet, and the command that claims the stock is decided. */
export function captureOrder(input: NewOrder): Order | RefusalValue {
  const { grandMinor } = totalsOf(input);
  const tendersMinor = input.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (grandMinor !== tendersMinor) {
    return refuse('TOTALS_MISMATCH', 'Lines and charges do not add up to the tenders.', {
      linesAndChargesMinor: grandMinor,
      tendersMinor,
    });
  }
  const refusal = checkBounds(input);
  if (refusal) return refusal;
  const order = newOrder(input, 'PLACED', (ordered) => [{ state: 'CAPTURED', location: null, quantity: ordered }]);
  const payments = input.tenders.map((tender, index) => newPayment(input, tender, index + 1));
  const noted = note(
    { ...order, payments },
    { type: 'ORDER_PLACED', summary: 'The order was placed.', told: input.told, visibility: 'CUSTOMER' },
  );
  const all = noted.lines.map((line) => ({ line: line.id, quantity: line.ordered }));
  return enqueueReservation(noted, all);
}

/** Money that the channel takes by itself is promised by its word. */
export function newPayment(
  { id, told }: Pick<NewOrder, 'id' | 'told'>,
  { tender, amountMinor, provider, capture }: NewTender,
  no: number,
): Payment {
  const payment: Payment = {
    id: paymentIdOf(id, no),
    tender,
    events: [],
    ...(provider && { provider: { ...provider, amountMinor, state: 'NEW', expiresAtMs: null } }),
    ...(capture && captureOf(capture, amountMinor)),
  };
  return provider ? payment : withPaymentEvent(payment, 'AUTHORIZED', amountMinor, told);
}

function captureOf({ at, overCapturePercent, rulesVersion }: CaptureChoice, amountMinor: number): Partial<Payment> {
  const overCaptureMinor = Number((BigInt(amountMinor) * BigInt(overCapturePercent)) / 100n);
  return { captureAt: at, captureRules: rulesVersion, ...(overCaptureMinor > 0 && { overCaptureMinor }) };
}

function checkBounds({ lines, charges, tenders }: NewOrder): RefusalValue | undefined {
  const bounds = [
    ['lines', lines.length, 1, ORDER_LIMITS.linesMax],
    ['charges', charges.length, 0, ORDER_LIMITS.chargesMax],
    ['tenders', tenders.length, 1, ORDER_LIMITS.tendersMax],
  ] as const;
  for (const [field, count, min, max] of bounds) {
    if (count < min || count > max)
      return refuse('BAD_USER_INPUT', `${field} must be ${min} to ${max}.`, { field, max });
  }
  if (tenders.some(({ amountMinor }) => amountMinor <= 0)) {
    return refuse('BAD_USER_INPUT', 'A tender must be more than nothing.', { field: 'tenders' });
  }
  const mispriced = checkPrices(lines, charges);
  if (mispriced) return mispriced;
  if (lines.some(({ unitPriceMinor }) => unitPriceMinor < 0)) {
    return refuse('BAD_USER_INPUT', 'A unit price must not be negative.', { field: 'unitPriceMinor' });
  }
  return undefined;
}

/** An order without history, all units of a line where `unitsOf` puts them. */
export function newOrder(
  input: Omit<NewOrder, 'tenders'>,
  origin: Order['origin'],
  unitsOf: (ordered: Steps) => Units,
): Order {
  const { told } = input;
  return {
    id: input.id,
    channel: input.channel,
    externalId: input.externalId,
    origin,
    contentHash: input.contentHash,
    currency: input.currency,
    customer: input.customer,
    placedAtMs: told.occurredAtMs,
    changedAtMs: told.occurredAtMs,
    status: 'RECEIVED',
    stage: ORDER_STAGES.RECEIVED,
    lines: input.lines.map((line, index) => newLine(line, { order: input.id, lineNo: index + 1, unitsOf })),
    charges: input.charges,
    ...(input.pricesIncludeTax === false && { pricesIncludeTax: false }),
    ...(input.taxCheck && { taxCheck: input.taxCheck }),
    ...(input.noticePlan && { noticePlan: input.noticePlan }),
    ...(input.sale && { sale: input.sale }),
    ...(input.routing && { routing: input.routing }),
    payments: [],
    shipments: [],
    earlyDeliveries: [],
    timeline: [],
    applied: {},
    pending: [],
    commandCount: 0,
    // Who is to hand it over sees it from the beginning.
    locations: [...new Set(input.lines.flatMap(({ pickupAt }) => pickupAt ?? []))],
    rejection: null,
    ...(input.destination && { destination: input.destination }),
    ...(input.hasAddress && { hasAddress: true }),
    // Its customer has the word of whoever took it, whatever the ledger will say.
    ...(input.toldBy !== undefined && { toldBy: input.toldBy, acceptance: { atMs: told.occurredAtMs } }),
  };
}

interface LinePlace {
  readonly order: string;
  readonly lineNo: number;
  readonly unitsOf: (ordered: Steps) => Units;
}

/** A line of which nothing has happened yet. */
export function newLine(line: NewLine, { order, lineNo, unitsOf }: LinePlace): OrderLine {
  return {
    id: lineIdOf(order, lineNo),
    lineNo,
    sku: line.sku,
    decimals: line.decimals,
    ordered: line.ordered,
    unitPriceMinor: line.unitPriceMinor,
    ...(line.discounts?.length && { discounts: line.discounts }),
    ...(line.taxes?.length && { taxes: line.taxes }),
    ...(line.pickupAt !== undefined && { pickupAt: line.pickupAt }),
    ...(line.allowsSubstitute !== undefined && { allowsSubstitute: line.allowsSubstitute }),
    units: unitsOf(line.ordered),
    inferred: [],
    claims: [],
    declinedBy: [],
    sourcingFailures: 0,
    sourcing: 'OPEN',
  };
}
