import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Hold } from '../holds/hold.ts';
import type { ParcelLabel } from '../labels/parcel-label.ts';
import type { MarketplaceTerms } from '../marketplace/marketplace-terms.ts';
import type { Payment } from '../money/order-payment.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import type { OrderStatus } from '../order-status.ts';
import type { Order, TimelineEntry } from '../order.ts';
import type { Shipment } from '../parcels/shipment.ts';
import { note } from '../timeline.ts';

/** What stands where personal data stood. */
export const ERASED = '(erased)';

const ENDED: readonly OrderStatus[] = ['CLOSED', 'CANCELLED', 'REJECTED'];

/** Entries that quote what people have written: whom they name nobody can tell. */
const QUOTING: readonly string[] = [
  'HOLD_PLACED',
  'HOLD_RESOLVED',
  'HOLD_REJECTED',
  'CHANGE_ASKED',
  'ORDER_CHANGED',
  'ORDER_PRIORITISED',
  'MARKETPLACE_CANCELLATION',
  'FRAUD_FOUND',
];

/** Whether nothing of the order is under way: until then it needs to be known for whom and where to. */
export function hasEnded({ status, pending, openEdit }: Order): boolean {
  return ENDED.includes(status) && pending.length === 0 && openEdit === undefined;
}

/**
 * Takes out of an order whom it was for: a pseudonym takes the place of the customer, and what people wrote of it goes.
 * What was bought, at which price, what became of it and who told so stays. Once for each order.
 */
export function erasePersonalData(order: Order, command: CommandOf<'ErasePersonalData'>): Transition | RefusalValue {
  if (order.isErased) return { state: order, events: [] };
  if (!hasEnded(order)) {
    return refuse('ILLEGAL_TRANSITION', 'The order is still under way.', { order: order.id, status: order.status });
  }
  const { pseudonym, told } = command;
  const without = eraserOf(command.texts);
  const { hasAddress: _, addressId: __, destination, holds, labels, marketplace, ...rest } = order;
  const erased: Order = {
    ...rest,
    isErased: true,
    customer: order.customer === null ? null : pseudonym,
    ...(destination && {
      destination: { country: destination.country, postalCode: null, latitude: null, longitude: null },
    }),
    ...(holds && { holds: holds.map(withoutWords) }),
    ...(labels && { labels: labels.map((label) => withoutDocument(label, without)) }),
    ...(marketplace && { marketplace: withoutReasons(marketplace, without) }),
    payments: order.payments.map(withoutToken),
    shipments: order.shipments.map((shipment) => withoutRecipient(shipment, without)),
    timeline: order.timeline.map((entry) => withoutQuote(entry, without)),
  };
  const state = note(erased, {
    type: 'PERSONAL_DATA_ERASED',
    summary: 'Personal data was taken out of the order.',
    told,
    visibility: 'AGENT',
  });
  return { state, events: [] };
}

type Eraser = (text: string) => string;

/** A text that holds one of these is erased as a whole. */
function eraserOf(texts: readonly string[]): Eraser {
  const wanted = texts.map((text) => text.toLowerCase());
  return (text) => (wanted.some((each) => text.toLowerCase().includes(each)) ? ERASED : text);
}

function withoutWords(hold: Hold): Hold {
  return { ...hold, reason: ERASED, ...(hold.ended && { ended: { ...hold.ended, reason: ERASED } }) };
}

/** A label shows where its parcel went. */
function withoutDocument(label: ParcelLabel, without: Eraser): ParcelLabel {
  return {
    ...label,
    ...(label.bought && { bought: { ...label.bought, document: ERASED } }),
    ...(label.because !== undefined && { because: without(label.because) }),
  };
}

function withoutReasons(marketplace: MarketplaceTerms, without: Eraser): MarketplaceTerms {
  const words = marketplace.words.map((word) => {
    return word.reason === undefined ? word : { ...word, reason: without(word.reason) };
  });
  return { ...marketplace, words };
}

/** By its token the provider knows the means of payment; by its reference the payment, which books name. */
function withoutToken(payment: Payment): Payment {
  return payment.provider ? { ...payment, provider: { ...payment.provider, token: null } } : payment;
}

/** Places and words of a carrier say where somebody lives, and a proof who somebody is. */
function withoutRecipient(shipment: Shipment, without: Eraser): Shipment {
  const { tracking, handOver, label, untoldBecause } = shipment;
  return {
    ...shipment,
    ...(tracking && { tracking: { status: tracking.status, atMs: tracking.atMs } }),
    ...(handOver && { handOver: { ...handOver, reference: null } }),
    ...(label && { label: { ...label, document: ERASED } }),
    ...(untoldBecause !== undefined && { untoldBecause: without(untoldBecause) }),
  };
}

function withoutQuote(entry: TimelineEntry, without: Eraser): TimelineEntry {
  return { ...entry, summary: QUOTING.includes(entry.type) ? ERASED : without(entry.summary) };
}
