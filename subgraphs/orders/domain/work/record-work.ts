import type { LineState } from '../../../../schema/events/fields.ts';
import { addHandOver } from '../pickup/hand-over.ts';
import { blockedBy, type Hold } from '../holds/hold.ts';
import { PICKUP_LINE } from '../line-state.ts';
import { findLine, withLine, type Order } from '../order.ts';
import { shipmentIdOf, type LineQuantity } from '../parcels/shipment.ts';
import type { Told } from '../told.ts';
import { openPickup } from '../pickup/pickup-deadline.ts';
import { deliver } from '../parcels/record-delivery.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { withoutEchoes } from '../calling-off/stop-echo.ts';
import { note, noteInferred, noteRegression, type NewEntry } from '../timeline.ts';
import { addCell, advanceUnits, countUnits, type Units } from '../units.ts';

export type WorkStep = 'PICKED' | 'PACKED' | 'SHIPPED' | 'READY_FOR_PICKUP' | 'DELIVERED';

export interface ParcelTold {
  /** The name that its system gave it. */
  readonly externalId: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
}

/** The states from which a told step takes units, the furthest first. A shipment proves that stopping was too late. */
const FROM: Readonly<Record<WorkStep, readonly LineState[]>> = {
  PICKED: ['RELEASED', 'ALLOCATED'],
  PACKED: ['PICKED', 'RELEASED', 'ALLOCATED'],
  SHIPPED: ['PACKED', 'PICKED', 'RELEASED', 'ALLOCATED', 'CANCEL_REQUESTED'],
  READY_FOR_PICKUP: ['PACKED', 'PICKED', 'RELEASED', 'ALLOCATED'],
  DELIVERED: ['READY_FOR_PICKUP', 'PACKED', 'PICKED', 'RELEASED', 'ALLOCATED', 'CANCEL_REQUESTED'],
};

const ENTRIES = {
  PICKED: { type: 'PICK_RECORDED', summary: 'taken from the shelf', visibility: 'AGENT' },
  PACKED: { type: 'PACK_RECORDED', summary: 'put in a parcel', visibility: 'AGENT' },
  SHIPPED: { type: 'SHIPMENT_RECORDED', summary: 'sent', visibility: 'CUSTOMER' },
  READY_FOR_PICKUP: { type: 'PICKUP_READY_RECORDED', summary: 'put ready to be collected', visibility: 'CUSTOMER' },
  DELIVERED: { type: 'COLLECTION_RECORDED', summary: 'collected by the customer', visibility: 'CUSTOMER' },
} as const;

/** A location tells that it has done a step of the work. Steps that it left out are inferred. */
export function recordWork(order: Order, command: CommandOf<'RecordWork'>): Transition {
  const { step, location, told, parcel, misfits } = command;
  const work = advanceLines(order, command);
  const about = { told, lineNos: work.lineNos };
  let { state } = work;
  if (work.moved > 0) {
    const { type, summary, visibility } = ENTRIES[step];
    state = note(state, { ...about, type, summary: `${location}: units were ${summary}.`, visibility });
  }
  const left = LEAVING.includes(step) ? work.movedLines : [];
  const [hold] = left.flatMap(({ line }) => blockedBy(order, 'SHIP', line) ?? []);
  if (hold) state = noteBreach(state, hold, about);
  state = noteInferred(state, work.inferred, about);
  if (work.unmoved > 0 || misfits.length > 0) {
    state = noteRegression(state, [`${step} at ${location}`, ...misfits].join('; '), about);
  }
  if (work.moved > 0) state = withoutEchoes(state, location);
  if (parcel && work.moved > 0) state = addShipment(state, { location, told, parcel, lines: work.movedLines });
  return { state: work.moved > 0 ? withPickup(state, command, work.movedLines) : state, events: [] };
}

const LEAVING: readonly WorkStep[] = ['SHIPPED', 'DELIVERED'];

function withPickup(order: Order, command: CommandOf<'RecordWork'>, lines: readonly LineQuantity[]): Order {
  const { step, location, told, terms, handOver } = command;
  if (step === 'READY_FOR_PICKUP') return terms ? openPickup(order, { location, terms, told }) : order;
  return step === 'DELIVERED' ? addHandOver(order, { location, told, lines, ...(handOver && { handOver }) }) : order;
}

/** What has left has left; who held the order has to hear of it. */
function noteBreach(order: Order, { type, reason }: Hold, about: Pick<NewEntry, 'told' | 'lineNos'>): Order {
  const summary = `Goods left although a hold kept them: ${type}: ${reason}`;
  return note(order, { ...about, type: 'HOLD_BREACHED', summary, visibility: 'AGENT' });
}

interface Work {
  readonly state: Order;
  readonly moved: number;
  /** Told, but pointing backwards. */
  readonly unmoved: number;
  readonly movedLines: readonly LineQuantity[];
  readonly inferred: Units;
  readonly lineNos: readonly number[];
}

function advanceLines(order: Order, { step, location, lines }: CommandOf<'RecordWork'>): Work {
  let work: Work = { state: order, moved: 0, unmoved: 0, movedLines: [], inferred: [], lineNos: [] };
  for (const { line: lineId, quantity } of lines) {
    const line = findLine(work.state, lineId);
    if (!line) continue;
    // Units that were seen further on already went through this step: it is being told late for them.
    const late = Math.min(quantity, countUnits(line.inferred, { states: [step], location }));
    const told = addCell(line.inferred, { state: step, location, quantity: -late });
    const way = step === 'READY_FOR_PICKUP' || step === 'DELIVERED' ? PICKUP_LINE : undefined;
    const moving = { from: FROM[step], location, to: step, quantity: quantity - late, ...(way && { way }) };
    // Nobody waits at a counter for what is sent.
    const isCounterless = step === 'READY_FOR_PICKUP' && line.pickupAt !== location;
    const advanced = advanceUnits(line.units, isCounterless ? { ...moving, quantity: 0 } : moving);
    const inferred = advanced.inferred.reduce(addCell, told);
    work = {
      state: withLine(work.state, { ...line, units: advanced.units, inferred }),
      moved: work.moved + advanced.moved,
      unmoved: work.unmoved + quantity - advanced.moved,
      movedLines:
        advanced.moved > 0 ? [...work.movedLines, { line: lineId, quantity: advanced.moved }] : work.movedLines,
      inferred: advanced.inferred.reduce(addCell, work.inferred),
      lineNos: [...work.lineNos, line.lineNo],
    };
  }
  return work;
}

export interface NewShipment {
  readonly location: string;
  readonly told: Told;
  readonly parcel: ParcelTold;
  readonly lines: readonly LineQuantity[];
}

/** Adds a parcel; when its delivery was told before, it arrives at once. */
export function addShipment(order: Order, { location, told, parcel, lines }: NewShipment): Order {
  const shipment = {
    id: shipmentIdOf(order.id, order.shipments.length + 1),
    ...parcel,
    source: told.source,
    location,
    shippedAtMs: told.occurredAtMs,
    recordedAtMs: told.recordedAtMs,
    deliveredAtMs: null,
    lines,
  };
  const state = { ...order, shipments: [...order.shipments, shipment] };
  const early = state.earlyDeliveries.find(
    (delivery) => delivery.shipment === parcel.externalId && delivery.told.source === told.source,
  );
  if (!early) return state;
  const earlyDeliveries = state.earlyDeliveries.filter((delivery) => delivery !== early);
  return deliver({ ...state, earlyDeliveries }, shipment, early.told);
}
