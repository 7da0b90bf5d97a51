import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';
import { unclaimedBecause } from './acceptance.ts';
import { brokenPromises } from './promises/expect-supply.ts';
import { toSendAt } from './labels/parcel-label.ts';
import type { Order } from './order.ts';
import { openChargebacks } from './money/open-chargebacks.ts';
import type { ExceptionEvent, OrderException } from './order-exception.ts';
import { refusedHandOff, refusedRouting } from './hand-offs/refused-hand-off.ts';
import { countUnits } from './units.ts';
import { keptAt } from './work/shed-work.ts';

/** One thing that is wrong with an order for as long as its state shows it. */
interface Wrong {
  /** Tells it from others of its kind. */
  readonly key: string;
  readonly summary: string;
  readonly evidence: string;
  readonly source?: string;
  readonly location?: string;
  readonly sku?: string;
  readonly valueAtRisk?: NonNullable<OrderException['valueAtRisk']>;
}

interface Kind {
  readonly class: ExceptionClass;
  readonly severity: ExceptionSeverity;
  readonly find: (order: Order) => readonly Wrong[];
  readonly because: string;
}

/** What an exception stands for until it is no longer so, whatever has changed it. */
const KINDS: readonly Kind[] = [
  {
    class: 'TRACKING_REFUSED',
    severity: 'LOW',
    find: untoldParcels,
    because: 'The parcel has arrived, or is taken to have.',
  },
  { class: 'REFUND_FAILED', severity: 'HIGH', find: failedRefunds, because: 'The money was given back after all.' },
  {
    class: 'PROMISE_DUE',
    severity: 'HIGH',
    find: uncoveredPromises,
    because: 'It is known again when it comes, or it was called off.',
  },
  {
    class: 'CHARGEBACK',
    severity: 'HIGH',
    find: chargebacks,
    because: 'The bank gave the money back.',
  },
  {
    class: 'CLAIM_LOST',
    severity: 'HIGH',
    find: lostClaims,
    because: 'Stock stands behind the units again, or they were called off.',
  },
  {
    class: 'COMMAND_REFUSED',
    severity: 'HIGH',
    find: (order) => [refusedHandOff(order), refusedRouting(order)].filter((wrong) => wrong !== undefined),
    because: 'The system is asked again.',
  },
  {
    class: 'LABEL_REFUSED',
    severity: 'MEDIUM',
    find: refusedLabels,
    because: 'The parcel has left, or is not to be sent from there any more.',
  },
  {
    class: 'LABEL_REFUSED',
    severity: 'HIGH',
    find: missingAddress,
    because: 'Its address was told, or nothing of it is to be sent any more.',
  },
  {
    class: 'CAPACITY_LOST',
    severity: 'MEDIUM',
    find: keptWork,
    because: 'The work was begun, or is no longer to be done there.',
  },
  {
    class: 'FACT_REFUSED',
    severity: 'HIGH',
    find: refusedOrder,
    because: 'It is served after all.',
  },
  { class: 'ORDER_STUCK', severity: 'HIGH', find: stuckWork, because: 'Work on the order goes on.' },
  {
    class: 'MARKETPLACE_REFUSED',
    severity: 'HIGH',
    find: refusedWords,
    because: 'The marketplace has taken it in after all.',
  },
  {
    class: 'MARKETPLACE_ORDER_UNCLAIMED',
    severity: 'HIGH',
    find: unclaimedOrder,
    because: 'Stock is claimed for the order, or it was called off.',
  },
];

/** Tells people of what is wrong since a change, and of what is right again. */
export function standingExceptionsBetween(before: Order, after: Order): readonly ExceptionEvent[] {
  return KINDS.flatMap((kind) => {
    const was = kind.find(before);
    const is = kind.find(after);
    const fresh = is.filter((each) => !was.some(({ key }) => key === each.key));
    const gone = was.filter((each) => !is.some(({ key }) => key === each.key));
    return [...gone.map((each) => cleared(kind, each)), ...fresh.map((each) => raised(after, kind, each))];
  });
}

const idOf = ({ class: name }: Kind, { key }: Wrong): string => `${name.toLowerCase().replaceAll('_', '-')}-${key}`;

function cleared(kind: Kind, wrong: Wrong): ExceptionEvent {
  return { type: 'exception-cleared', exceptionId: idOf(kind, wrong), because: kind.because };
}

function raised({ externalId }: Order, kind: Kind, wrong: Wrong): ExceptionEvent {
  const { key: _, summary, ...shown } = wrong;
  const { class: name, severity } = kind;
  const exception = { id: idOf(kind, wrong), class: name, severity, summary: `Order ${externalId}: ${summary}` };
  return { type: 'exception-raised', exception: { ...exception, ...shown } };
}

function untoldParcels({ shipments }: Order): readonly Wrong[] {
  return shipments.flatMap(
    ({ id, location, followedBy, untoldBecause, deliveredAtMs, presumedAtMs, trackingNumber }) => {
      const isOver = deliveredAtMs !== null || presumedAtMs !== undefined;
      if (untoldBecause === undefined || isOver) return [];
      const summary = `nobody tells where parcel ${trackingNumber ?? id} is: ${untoldBecause}`;
      return [{ key: id, summary, location, evidence: id, ...(followedBy !== undefined && { source: followedBy }) }];
    },
  );
}

/** The newest refund of a payment: an older one that failed was followed by it. */
function failedRefunds({ payments, currency }: Order): readonly Wrong[] {
  return payments.flatMap(({ id, provider, operations = [] }) => {
    const newest = operations.findLast(({ kind }) => kind === 'REFUND');
    if (newest?.state !== 'FAILED') return [];
    const summary = `${newest.amountMinor} ${currency} (minor units) could not be given back on payment ${id}.`;
    return [{ key: newest.id, summary, evidence: newest.id, ...(provider && { source: provider.system }) }];
  });
}

/** Supply was cancelled or is too little: the customer has to hear of it, or something else has to be found. */
function uncoveredPromises(order: Order): readonly Wrong[] {
  return brokenPromises(order).map(({ id, sku, lineNo, promise }) => {
    const summary = `nothing that is announced is enough for line ${lineNo}, promised for ${promise?.latestOn ?? ''}.`;
    return { key: id, sku, summary, evidence: id };
  });
}

/** Somebody has to contest it in time, or to take the loss. */
function chargebacks(order: Order): readonly Wrong[] {
  return openChargebacks(order).map(({ id, payment, system, amountMinor }) => ({
    key: `${order.id}-${id}`,
    summary: `the customer's bank took ${amountMinor} ${order.currency} (minor units) back on payment ${payment}.`,
    evidence: id,
    valueAtRisk: { amountMinor, currencyCode: order.currency },
    ...(system !== '' && { source: system }),
  }));
}

/** The location has to send the parcel with a label of its own. */
function refusedLabels(order: Order): readonly Wrong[] {
  return (order.labels ?? []).flatMap(({ id, location, system, state, because = '' }) => {
    if (state !== 'REFUSED' || toSendAt(order, location).length === 0) return [];
    const summary = `no label could be bought for the parcel of ${location}: ${because}.`;
    return [{ key: id, summary, location, evidence: id, source: system }];
  });
}

/** It goes elsewhere, and nobody told the address. */
function missingAddress({ id, isMisaddressed, hasAddress }: Order): readonly Wrong[] {
  if (!isMisaddressed || !hasAddress) return [];
  return [{ key: `address-${id}`, summary: 'it goes elsewhere than its address says.', evidence: id }];
}

function keptWork(order: Order): readonly Wrong[] {
  return keptAt(order).map((location) => {
    const summary = `${location} keeps it beyond what it can do.`;
    return { key: `${order.id}-${location}`, summary, location, evidence: order.id };
  });
}

/** Whoever took it has promised what cannot be served. */
function refusedOrder({ id, toldBy, rejection }: Order): readonly Wrong[] {
  if (toldBy === undefined || !rejection) return [];
  const summary = `${toldBy} has taken it, and it cannot be served (${rejection.code}): ${rejection.message}`;
  return [{ key: id, summary, evidence: id, source: toldBy }];
}

function stuckWork({ id, stuckBecause }: Order): readonly Wrong[] {
  if (stuckBecause === undefined) return [];
  return [{ key: id, summary: `work on it fails again and again: ${stuckBecause}`, evidence: id }];
}

function refusedWords({ marketplace }: Order): readonly Wrong[] {
  const { words = [], system: source = '' } = marketplace ?? {};
  return words.flatMap(({ id, about, state, reason = '' }) => {
    if (state !== 'REFUSED') return [];
    const summary = `${source} does not take in what it was told (${about}): ${reason}`;
    return [{ key: id, summary, evidence: id, source }];
  });
}

/** Taken on, and nothing of it can be claimed. */
function unclaimedOrder(order: Order): readonly Wrong[] {
  const { id, lines, marketplace } = order;
  const because = unclaimedBecause(order);
  const isOpen = lines.some(({ units }) => countUnits(units, { states: ['CAPTURED'] }) > 0);
  if (because === undefined || !isOpen) return [];
  const summary = `nothing could be claimed for it: ${because}`;
  return [{ key: id, summary, evidence: id, ...(marketplace && { source: marketplace.system }) }];
}

/** RESERVED units that no reservation stands for, and none is on its way for. */
function lostClaims({ lines }: Order): readonly Wrong[] {
  return lines.flatMap(({ id, lineNo, sku, claims, units }) => {
    const isLost = claims.some(({ reservation, commandId }) => reservation === null && commandId === null);
    if (!isLost || countUnits(units, { states: ['RESERVED', 'BACKORDERED'] }) === 0) return [];
    return [{ key: id, sku, summary: `no stock stands behind line ${lineNo} any more.`, evidence: id }];
  });
}
