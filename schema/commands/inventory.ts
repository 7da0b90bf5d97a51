import { Type } from '@sinclair/typebox';
import {
  closed,
  Code,
  Disposition,
  Id,
  Instant,
  oneOf,
  QuantityText,
  SafeInteger,
  Text,
  trackedUnits,
  UnitCode,
} from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

const CommandId = Id;
/** How much of a SKU, in any of its units; absent: the base unit. */
const measured = { sku: Code, quantity: QuantityText, unit: Type.Optional(UnitCode) };
const ReservationKind = oneOf('CART', 'CHECKOUT', 'MARKETPLACE_UNPAID', 'PICKUP', 'ORDER', 'TRANSFER', 'MANUAL');

const Reservation = closed({
  id: Id,
  /** The sender's own name for the line. */
  lineRef: Id,
  sku: Code,
  quantity: QuantityText,
  /** Of `quantity`, what is sold beyond stock and still owed; absent: none. */
  backordered: Type.Optional(QuantityText),
  /** It is sold ahead, and does not leave before; absent: it leaves as soon as it is there. */
  shipsAt: Type.Optional(Instant),
  expiresAt: Type.Union([Instant, Type.Null()]),
});

/** Refused with INSUFFICIENT_STOCK, whose details hold `lines: [{ lineRef, sku, asked, available }]`. */
export const reserveStock = defineCommand({
  context: 'inventory',
  name: 'reserve-stock',
  version: 1,
  meaning: 'Claim stock for all lines or for none.',
  request: closed({
    commandId: CommandId,
    kind: ReservationKind,
    channel: Code,
    /** Bind this location; absent: the channel's network has to serve it. */
    location: Type.Optional(Code),
    /** What the claim is for, such as an order id. */
    owner: Type.Optional(Id),
    /** Absent: by the kind; orders never expire. */
    ttlMs: Type.Optional(SafeInteger),
    /** Who is covered first of those that wait, and gives way last when less is left than is promised; absent: by the kind. */
    priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
    /** The demand was accepted elsewhere: what of it is not there is owed, and not refused. Kits are never owed. */
    isAccepted: Type.Optional(Type.Literal(true)),
    /**
     * Claims of the same channel on its network that this one takes the place of: it is judged as if they were gone, they
     * end in the step in which it is made, and stay as they are when it is refused.
     */
    replaces: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
    lines: Type.Array(closed({ lineRef: Id, ...measured }), { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ reservations: Type.Array(Reservation), changeCursor: Text }),
});

export const cancelReservations = defineCommand({
  context: 'inventory',
  name: 'cancel-reservations',
  version: 1,
  meaning: 'Give claims up, whole or in part. Those that are no longer active are left as they are.',
  request: closed({
    commandId: CommandId,
    reservations: Type.Array(Id, { maxItems: 500 }),
    /** Claims of which only this much is given up, what is owed first. In the same batch the rest is claimed anew. */
    parts: Type.Optional(
      Type.Array(closed({ reservation: Id, quantity: QuantityText }), { minItems: 1, maxItems: 500 }),
    ),
  }),
  reply: closed({
    cancelled: Type.Array(Id),
    /** What is left of the parts; absent: nothing is. */
    reservations: Type.Optional(Type.Array(Reservation)),
    changeCursor: Text,
  }),
});

/** Refused with RESERVATION_NOT_ACTIVE when the claim is gone, LIMIT_EXCEEDED beyond the lifetime of its kind. */
export const extendReservation = defineCommand({
  context: 'inventory',
  name: 'extend-reservation',
  version: 1,
  meaning: 'Let a claim last for longer, counted from now; never shorter than before.',
  request: closed({
    commandId: CommandId,
    reservation: Id,
    /** Absent: by the kind. */
    ttlMs: Type.Optional(SafeInteger),
  }),
  reply: closed({ reservation: Reservation, changeCursor: Text }),
});

export const prioritiseReservations = defineCommand({
  context: 'inventory',
  name: 'prioritise-reservations',
  version: 1,
  meaning: 'Say anew who of those that wait is covered first, and who gives way last. Claims that have ended stay so.',
  request: closed({
    commandId: CommandId,
    priority: Type.Integer({ minimum: 0, maximum: 9 }),
    reservations: Type.Array(Id, { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ changeCursor: Text }),
});

/** Refused with INSUFFICIENT_STOCK when the location cannot serve it, RESERVATION_NOT_ACTIVE when the claim is gone. */
export const allocateStock = defineCommand({
  context: 'inventory',
  name: 'allocate-stock',
  version: 1,
  meaning: 'Convert reservations into allocations at locations: atomic, once, all or none.',
  request: closed({
    commandId: CommandId,
    order: Id,
    lines: Type.Array(closed({ orderLine: Id, reservation: Id, location: Code, ...measured }), {
      minItems: 1,
      maxItems: 500,
    }),
  }),
  reply: closed({ changeCursor: Text }),
});

export const deallocateStock = defineCommand({
  context: 'inventory',
  name: 'deallocate-stock',
  version: 1,
  meaning: 'Take allocations back: to nothing, or to a new NETWORK reservation of kind ORDER in the same batch.',
  request: closed({
    commandId: CommandId,
    order: Id,
    channel: Code,
    lines: Type.Array(closed({ orderLine: Id, location: Code, ...measured }), {
      minItems: 1,
      maxItems: 500,
    }),
    afterwards: oneOf('NOTHING', 'RESERVE'),
  }),
  /** One reservation per line when `afterwards` is RESERVE; `lineRef` is the order line. */
  reply: closed({ reservations: Type.Array(Reservation), changeCursor: Text }),
});

/**
 * The command id under which a short pick takes its allocations back. Inventory uses it for the `deallocate-stock` that it
 * does by itself on hearing the fact, and orders sends the very same command (the lines of the fact in their order, `then`
 * RESERVE, the order's channel) to learn the new reservations: whoever is first does it, the other gets the same answer.
 */
export function shortPickCommandId(source: { readonly system: string; readonly eventId: string }): string {
  return `short-pick/${source.system}/${source.eventId}`;
}

/**
 * Refused like `allocate-stock`. What has become of it is told by `order-transfer-changed`; the transfer and its lines are
 * named by the order and its lines.
 */
export const bringStock = defineCommand({
  context: 'inventory',
  name: 'bring-stock',
  version: 1,
  meaning: 'Convert reservations into a transfer whose goods are bound to the order where they arrive: all or none.',
  request: closed({
    commandId: CommandId,
    order: Id,
    channel: Code,
    transfer: Id,
    from: Code,
    to: Code,
    lines: Type.Array(closed({ orderLine: Id, reservation: Id, sku: Code, quantity: QuantityText }), {
      minItems: 1,
      maxItems: 500,
    }),
  }),
  reply: closed({ changeCursor: Text }),
});

export const giveUpTransfer = defineCommand({
  context: 'inventory',
  name: 'give-up-transfer',
  version: 1,
  meaning: 'An order wants less of a transfer: what has not left stays, the rest arrives as stock of the location.',
  request: closed({
    commandId: CommandId,
    transfer: Id,
    lines: Type.Array(closed({ orderLine: Id, sku: Code, quantity: QuantityText }), { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ changeCursor: Text }),
});

/** A question. Locations come in the order of the network's preference. */
export const findNodes = defineCommand({
  context: 'inventory',
  name: 'find-nodes',
  version: 1,
  meaning:
    'What could each location of the network serve for a channel, the caller’s own claims not counted against it.',
  request: closed({
    channel: Code,
    lines: Type.Array(closed({ lineRef: Id, ...measured, reservation: Type.Optional(Id) }), {
      minItems: 1,
      maxItems: 500,
    }),
    /** Tell also what is to come. */
    withSupply: Type.Optional(Type.Boolean()),
  }),
  reply: closed({
    lines: Type.Array(
      closed({
        lineRef: Id,
        /** Those that can serve any. */
        nodes: Type.Array(closed({ location: Code, available: QuantityText })),
        /** How many locations the network has. */
        examined: Type.Optional(Type.Integer({ minimum: 0 })),
        /** What the channel sells ahead does not leave before, also when that has passed; absent: as soon as it is there. */
        shipsAt: Type.Optional(Instant),
        /** When asked for: the earliest first, those without a date last; at most 100. */
        supply: Type.Optional(
          Type.Array(
            closed({
              kind: oneOf('IN_TRANSIT', 'ON_ORDER'),
              location: Code,
              quantity: QuantityText,
              expectedAt: Type.Union([Instant, Type.Null()]),
            }),
          ),
        ),
      }),
    ),
  }),
});

/** Moves what returns decided, from RETURN_PENDING at the location. */
export const disposeReturn = defineCommand({
  context: 'inventory',
  name: 'dispose-return',
  version: 1,
  meaning: 'Move returned goods from RETURN_PENDING to where the disposition says.',
  request: closed({
    commandId: CommandId,
    return: Id,
    location: Code,
    lines: Type.Array(
      closed({
        returnLine: Id,
        ...measured,
        /** Of a tracked SKU; absent: what is known of the goods, when all that wait are the same. */
        ...trackedUnits,
        disposition: Disposition,
        /** What was decided before and no longer holds: the goods go back first, sold in the meantime or not. */
        revises: Type.Optional(Disposition),
      }),
      {
        minItems: 1,
        maxItems: 500,
      },
    ),
  }),
  reply: closed({ changeCursor: Text }),
});

/** Never refused for lack of stock: what was sold in the meantime is short then, and told. */
export const changeCondition = defineCommand({
  context: 'inventory',
  name: 'change-condition',
  version: 1,
  meaning: 'Move goods of a return between being for sale and being held, because of what the books say.',
  request: closed({
    commandId: CommandId,
    return: Id,
    location: Code,
    from: oneOf('SELLABLE', 'QC_HOLD'),
    to: oneOf('SELLABLE', 'QC_HOLD'),
    lines: Type.Array(closed({ lineId: Id, ...measured }), { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ changeCursor: Text }),
});

/** A fact that is told by the hub's own user instead of another system, such as a store that receives a return. */
export const recordMovement = defineCommand({
  context: 'inventory',
  name: 'record-movement',
  version: 1,
  meaning: 'Record a physical movement that a person told the hub.',
  request: closed({
    commandId: CommandId,
    /** SHORT_PICK: goods that were to be picked are missing; whoever holds their allocation takes it back by itself. */
    kind: oneOf('RETURN_RECEIPT', 'PICK', 'SHIP', 'SHORT_PICK'),
    location: Code,
    occurredAt: Instant,
    /** The order or return that it belongs to. */
    document: Id,
    lines: Type.Array(closed({ documentLine: Id, ...measured, ...trackedUnits }), { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ changeCursor: Text }),
});

/** A question. What it says of a fact is durable. */
export const factOutcomes = defineCommand({
  context: 'inventory',
  name: 'fact-outcomes',
  version: 1,
  meaning: 'What became of facts that a system told: in the order asked.',
  request: closed({ system: Id, eventIds: Type.Array(Id, { minItems: 1, maxItems: 1_000 }) }),
  reply: closed({
    outcomes: Type.Array(
      closed({
        eventId: Id,
        /**
         * RECORDED: every line is in the ledger, applied, or compared where another system owns it. PARTLY_RECORDED: some
         * lines wait. PARKED: all of them wait. PENDING: it has not come to the ledger yet.
         */
        state: oneOf('RECORDED', 'PARTLY_RECORDED', 'PARKED', 'PENDING'),
        /** Why they wait. */
        parkedLines: Type.Array(closed({ lineId: Id, code: Text, message: Text })),
      }),
    ),
  }),
});

export const INVENTORY_COMMANDS = [
  reserveStock,
  cancelReservations,
  extendReservation,
  prioritiseReservations,
  allocateStock,
  deallocateStock,
  bringStock,
  giveUpTransfer,
  findNodes,
  disposeReturn,
  changeCondition,
  recordMovement,
  factOutcomes,
] as const;

export type ReserveStock = RequestOf<typeof reserveStock>;
export type ReserveStockReply = ReplyOf<typeof reserveStock>;
export type CancelReservations = RequestOf<typeof cancelReservations>;
export type CancelReservationsReply = ReplyOf<typeof cancelReservations>;
export type ExtendReservation = RequestOf<typeof extendReservation>;
export type ExtendReservationReply = ReplyOf<typeof extendReservation>;
export type PrioritiseReservations = RequestOf<typeof prioritiseReservations>;
export type AllocateStock = RequestOf<typeof allocateStock>;
export type AllocateStockReply = ReplyOf<typeof allocateStock>;
export type DeallocateStock = RequestOf<typeof deallocateStock>;
export type DeallocateStockReply = ReplyOf<typeof deallocateStock>;
export type BringStock = RequestOf<typeof bringStock>;
export type GiveUpTransfer = RequestOf<typeof giveUpTransfer>;
export type FindNodes = RequestOf<typeof findNodes>;
export type FindNodesReply = ReplyOf<typeof findNodes>;
export type DisposeReturn = RequestOf<typeof disposeReturn>;
export type DisposeReturnReply = ReplyOf<typeof disposeReturn>;
export type ChangeCondition = RequestOf<typeof changeCondition>;
export type RecordMovement = RequestOf<typeof recordMovement>;
export type RecordMovementReply = ReplyOf<typeof recordMovement>;
export type FactOutcomes = RequestOf<typeof factOutcomes>;
export type FactOutcomesReply = ReplyOf<typeof factOutcomes>;
