import type { CancelReason } from '../calling-off/cancel-order.ts';
import { isAccepted } from '../money/due-money.ts';
import { DEAD_STATES } from '../line-state.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';
import { enqueue } from '../pending-command.ts';
import type { LineQuantity, Shipment } from '../parcels/shipment.ts';
import { countUnits } from '../units.ts';
import type { CancelWord, MarketplaceTerms, MarketplaceWord } from './marketplace-terms.ts';

/**
 * Tells the marketplace of an order that it is taken on, once stock is claimed for it; of whatever is called off; and of
 * each parcel that leaves. What it is told goes in this order, each thing once.
 */
export function tellMarketplace(order: Order, command: OrderCommand): Order {
  const { marketplace } = order;
  if (!marketplace) return order;
  const known = withReason(order, marketplace, command);
  // It does not want to hear of an order that is not paid for: what there is to say is said when it is.
  if (marketplace.isUnpaid) return known;
  return tellShipments(tellCancellations(acknowledge(known)));
}

/** A cancellation may take effect long after it was asked for. */
function withReason(order: Order, marketplace: MarketplaceTerms, command: OrderCommand): Order {
  const cancelReason = reasonOf(command);
  return cancelReason ? { ...order, marketplace: { ...marketplace, cancelReason } } : order;
}

const WORDS: Readonly<Record<CancelReason, CancelWord>> = {
  CUSTOMER: 'BUYER',
  MARKETPLACE: 'BUYER',
  OUT_OF_STOCK: 'OUT_OF_STOCK',
  FRAUD: 'FRAUD',
  DUPLICATE: 'OTHER',
  PRICE_ERROR: 'PRICE',
  ADDRESS: 'ADDRESS',
  PAYMENT_FAILED: 'OTHER',
  PAYMENT_EXPIRED: 'OTHER',
  ABANDONED: 'OTHER',
};

function reasonOf(command: OrderCommand): CancelWord | undefined {
  if (command.type === 'CancelOrder') return WORDS[command.reason];
  // Units that no location has are called off where the rules of the channel say so.
  if (command.type === 'PlanAllocation') return 'OUT_OF_STOCK';
  return command.type === 'RecordMarketplaceCancellation' ? 'BUYER' : undefined;
}

function acknowledge(order: Order): Order {
  const { marketplace } = order;
  const isTold = marketplace?.words.some(({ about }) => about === 'ACKNOWLEDGEMENT') ?? true;
  if (!marketplace || isTold || !isAccepted(order)) return order;
  const { system } = marketplace;
  const asked = enqueue(order, (id) => ({ id, name: 'acknowledge-order', system }));
  return withWord(asked, { about: 'ACKNOWLEDGEMENT' });
}

function tellCancellations(order: Order): Order {
  const { marketplace } = order;
  if (!marketplace) return order;
  const { system, lineIds, calledOff, cancelReason: reason = 'OTHER' } = marketplace;
  const dead = order.lines
    .slice(0, lineIds.length)
    .map(({ id, units }) => ({ line: id, quantity: countUnits(units, { states: DEAD_STATES }) }));
  const lines = dead.flatMap(({ line, quantity }, index): LineQuantity[] => {
    const left = quantity - (calledOff[index] ?? 0);
    return left > 0 ? [{ line, quantity: left }] : [];
  });
  if (lines.length === 0) return order;
  const asked = enqueue(order, (id) => ({ id, name: 'tell-cancellation', system, lines, reason }));
  const known = dead.map(({ quantity }, index) => Math.max(quantity, calledOff[index] ?? 0));
  return withWord({ ...asked, marketplace: { ...marketplace, calledOff: known } }, { about: 'CANCELLATION' });
}

function tellShipments(order: Order): Order {
  const { marketplace } = order;
  if (!marketplace) return order;
  const told = new Set(marketplace.words.map(({ shipment }) => shipment));
  return order.shipments
    .filter((shipment) => !told.has(shipment.id) && linesTold(order, shipment).length > 0)
    .reduce((state, { id: shipment }) => {
      const asked = enqueue(state, (id) => ({ id, name: 'tell-shipment', system: marketplace.system, shipment }));
      return withWord(asked, { about: 'SHIPMENT', shipment });
    }, order);
}

/** What of a parcel the marketplace has sold, by its own ids of the lines. */
export function linesTold(
  { lines, marketplace }: Pick<Order, 'lines' | 'marketplace'>,
  { lines: inside }: Pick<Shipment, 'lines'>,
): readonly (LineQuantity & { readonly lineId: string })[] {
  return inside.flatMap((each) => {
    const index = lines.findIndex(({ id }) => id === each.line);
    const lineId = marketplace?.lineIds[index];
    return lineId === undefined ? [] : [{ ...each, lineId }];
  });
}

/** Notes the newest command as something that the marketplace is told. */
function withWord(order: Order, word: Pick<MarketplaceWord, 'about' | 'shipment'>): Order {
  const { marketplace, pending } = order;
  const id = pending.at(-1)?.id;
  if (!marketplace || id === undefined) return order;
  return { ...order, marketplace: { ...marketplace, words: [...marketplace.words, { id, ...word, state: 'ASKED' }] } };
}
